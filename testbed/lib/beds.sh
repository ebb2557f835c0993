# shellcheck shell=bash
# Sourced by testbed/test: brings up the platforms that a suite needs. A platform that this run started stays for its later suites and is removed at its end;
# one that ran before stays as it is.
# shellcheck disable=SC2154 # run_folder is suites.sh's

# started BED: notes that this run starts it; called before the start, so that an interrupted start is removed too.
started() { : >"$run_folder/started-$1"; }

was_started() { [ -e "$run_folder/started-$1" ]; }

use_tools() {
  local exports
  toolchain/setup
  exports=$(toolchain/env)
  eval "$exports"
}

engine() {
  if ! ops/engine status >/dev/null 2>&1; then
    if ! is_root || ! is_debian; then cannot "no Docker engine answers; start yours (make engine-start installs one as root on Debian and Ubuntu)"; fi
    started engine
  fi
  ops/engine up
  testbed/leftovers
  ops/base-image
}

# require_test_bed WHAT INSTEAD: test beds need root on Debian.
require_test_bed() {
  if is_root && is_debian; then return; fi
  cannot "the test bed of $1 needs root on Debian or Ubuntu; $2"
}

# bed_up BED: brings it up; if the machine cannot have it, the bed's own message says why.
bed_up() {
  local code=0 said=$run_folder/$1.said watcher
  : >"$said"
  tail -n +1 -f "$said" >&2 &
  watcher=$!
  "testbed/$1/up" 2>>"$said" || code=$?
  kill "$watcher" 2>/dev/null || true
  wait "$watcher" 2>/dev/null || true
  # Output that the watcher has not shown yet.
  if [ "$code" != 0 ]; then tail -n 20 "$said" >&2; fi
  if [ "$code" = "$cannot_run" ]; then cannot "$(tail -n 1 "$said" | sed 's/^[a-z-]*: //')"; fi
  return "$code"
}

kubernetes_bed() {
  local exports state
  require_test_bed Kubernetes 'TEST_MINIKUBE=profile runs the smoke test on a Minikube of yours'
  if [ -z "$(env -u KUBECONFIG testbed/kubernetes/env)" ]; then
    # After down --keep or a power cut, the content of the stopped node may be somebody's work.
    state=/var/lib/$(sed -n 's/^CLUSTER=//p' testbed/kubernetes/lib/settings.sh)
    if ! was_started kubernetes && [ -e "$state" ]; then
      say "starting the stopped Kubernetes test bed with the content that it had ($state)"
      : >"$run_folder/kept-kubernetes"
    fi
    started kubernetes
  fi
  bed_up kubernetes
  exports=$(testbed/kubernetes/env)
  eval "$exports"
  testbed/leftovers
}

podman_bed() {
  require_test_bed Podman 'TEST_PODMAN=unix:///path/of/socket runs the smoke test on a Podman of yours'
  if [ -z "$(env -u CONTAINER_HOST testbed/podman/env)" ]; then started podman; fi
  CONTAINER_HOST=$(bed_up podman)
  export CONTAINER_HOST
  DOCKER_HOST=$CONTAINER_HOST testbed/leftovers
  DOCKER_HOST=$CONTAINER_HOST ops/base-image
}

swarm_bed() {
  local exports
  if [ "$(uname -s)" != Linux ]; then cannot 'the machines of the Swarm are containers, whose addresses are reached on Linux only'; fi
  if [ -z "$(testbed/swarm/env)" ]; then started swarm; fi
  bed_up swarm
  exports=$(testbed/swarm/env)
  eval "$exports"
}

# Removes whatever this run started, in reverse order. Images stay for the next run, and so does the earlier content of a Kubernetes test bed.
stop_beds() {
  if was_started swarm; then testbed/swarm/down --keep || true; fi
  if was_started podman; then testbed/podman/down --keep || true; fi
  if was_started kubernetes; then
    if [ -e "$run_folder/kept-kubernetes" ]; then testbed/kubernetes/down --keep || true; else testbed/kubernetes/down || true; fi
  fi
  if was_started engine; then ops/engine stop || true; fi
  rm -f "$run_folder"/started-* "$run_folder"/kept-*
}
