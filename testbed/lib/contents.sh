# shellcheck shell=bash
# Sourced by testbed/test: what each suite runs, and how long it may take. A suite is a separate process, which ends at its first failure.

# Prints two numbers of minutes: the suite's limit, and the least time that must be left for it to begin.
limits() { # SUITE
  case $1 in
    tools) echo '60 1' ;;
    images | notebooks) echo '5 1' ;;
    scripts) echo '15 2' ;;
    library) echo '25 4' ;;
    plugins) echo '30 4' ;;
    smoke-kubernetes) echo '45 5' ;;
    smoke-*) echo '30 4' ;;
    faults) echo '40 8' ;;
    docker | kubernetes | releases) echo '60 8' ;;
    releases-oldest) echo '20 6' ;;
    nightly-*) echo "$(part_minutes "${1#nightly-}") 5" ;;
    podman | swarm) echo '45 6' ;;
    testbed-kubernetes) echo '60 3' ;;
    # From an empty cache the components of Kubernetes are compiled first.
    kubernetes-bed) echo '25 3' ;;
    *) echo '60 5' ;;
  esac
}

suite_tools() { toolchain/setup; }

suite_scripts() {
  # A salt belongs to the passphrase of one machine: on another machine the stack could not be opened.
  if git grep --quiet '^encryptionsalt' HEAD -- '*.yaml' 2>/dev/null; then
    die "a stack file is committed with its encryptionsalt: $(git grep --name-only '^encryptionsalt' HEAD -- '*.yaml' | tr '\n' ' ')remove the line"
  fi
  use_shellcheck
  toolchain/tests/run scripts
}

suite_images() {
  use_shellcheck
  images/tests/run
}

suite_notebooks() { notebooks/tests/run; }

suite_library() {
  use_tools
  ./mvnw --batch-mode --no-transfer-progress spotless:check test
}

suite_plugins() {
  use_tools
  use_sshd
  toolchain/tests/run plugins
  if command -v go >/dev/null || [ -x /usr/local/go/bin/go ]; then testbed/kubernetes/tests/run sources; fi
}

# live PLATFORM [OPTIONS...]
live() {
  local platform=$1
  shift
  ./mvnw --batch-mode --no-transfer-progress test -Dtests.without='nightly | releases' -Dtests.only="$platform" "$@"
}

# A cluster with supported releases of Spark, on Docker; with all of them first whether they are the newest ones.
live_releases() { # all, oldest or foundations; options for Maven
  local outdated=0 image which=$1
  shift
  # Not all releases run on the default one.
  for image in $(awk '!/^#/ { print $1 }' src/main/resources/io/sparkcluster/plan/linux-images.txt); do ops/base-image "$image"; done
  if [ "$which" != oldest ]; then images/spark-releases check || outdated=$?; fi
  ./mvnw --batch-mode --no-transfer-progress test -Dtests.without= -Dtests.only=releases -Dtests.releases="$which" "$@"
  return "$outdated"
}

# The live tests that take too long for every change. Those of faults are run by testbed/faults, the emulated ones by live_arm64.
live_nightly() { # PLATFORM [OPTIONS for Maven]
  local platform=$1
  shift
  ./mvnw --batch-mode --no-transfer-progress test -Dtests.without='faults | emulation' -Dtests.only="$platform & nightly" "$@"
}

# A cluster of arm64, by emulation unless this machine is one.
live_arm64() {
  testbed/emulator arm64
  ops/base-image arm64v8/debian:trixie-slim
  ./mvnw --batch-mode --no-transfer-progress test -Dtests.without= -Dtests.only=emulation
}

# Moves stacks from this project's kubernetes plugin to the official one and back: with objects on an API server alone, and with a whole cluster.
plugin_exchange() {
  local official
  if ! command -v go >/dev/null && [ -x /usr/local/go/bin/go ]; then PATH=$PATH:/usr/local/go/bin; fi
  if ! command -v go >/dev/null; then cannot 'the official plugin is built with Go'; fi
  official=$(testbed/official-plugin/build)
  export OFFICIAL_KUBERNETES_PLUGIN=$official
  (cd toolchain/plugins/kubernetes && CGO_ENABLED=0 GOFLAGS='' go test -count=1 -v -trimpath -run Exchanged ./internal/provider)
  ./mvnw --batch-mode --no-transfer-progress test -Dtests.without= -Dtests.only=exchange
}

suite_docker() {
  use_tools
  engine
  live docker
}

suite_releases() {
  use_tools
  engine
  live_releases all
}

# The second row of the table of releases and Linux images, besides the default one: a cluster of the oldest release, which then becomes one of the default release.
suite_releases_oldest() {
  use_tools
  engine
  live_releases oldest -Dtest='DockerReleasesTest#anUpgrade*'
}

suite_kubernetes_bed() {
  kubernetes_bed
  testbed/kubernetes/tests/run cluster
  # These tests need an API server; without it the plugins suite skipped them.
  if command -v go >/dev/null || [ -x /usr/local/go/bin/go ]; then toolchain/tests/run objects; fi
}

suite_testbed_kubernetes() {
  require_test_bed Kubernetes 'use a Linux machine of that kind'
  testbed/kubernetes/tests/run
}

suite_kubernetes() {
  use_tools
  engine
  kubernetes_bed
  live kubernetes
}

suite_podman() {
  use_tools
  podman_bed
  live podman
}

suite_swarm() {
  use_tools
  engine
  swarm_bed
  live swarm
}

# Two smoke tests that run at the same time must not compile in one folder.
smoke() { testbed/smoke "$1" "$run_folder/a fresh clone${SPARK_CLUSTER_TEST_LANE:+ $SPARK_CLUSTER_TEST_LANE}"; }

suite_smoke_docker() {
  engine
  smoke docker
}

suite_smoke_kubernetes() {
  engine
  if [ -z "${TEST_MINIKUBE:-}" ]; then kubernetes_bed; fi
  smoke kubernetes
}

suite_smoke_podman() {
  # Podman builds the images, but the docker command is needed; installing an engine brings it.
  if ! command -v docker >/dev/null; then engine; fi
  if [ -z "${TEST_PODMAN:-}" ]; then podman_bed; fi
  smoke podman
}

suite_smoke_swarm() {
  engine
  swarm_bed
  smoke swarm
}

# Only test beds, and this machine's engine, on which the tests use their own stack: never a user's own platform.
bring_up() { # PLATFORM...
  local platform
  for platform in "$@"; do
    case $platform in
      docker) engine ;;
      kubernetes)
        engine
        kubernetes_bed
        ;;
      podman) podman_bed ;;
      swarm)
        engine
        swarm_bed
        ;;
      none) ;;
      *) die "unknown platform '$platform': docker, kubernetes, podman, swarm or none" ;;
    esac
  done
}

faults() { # PLATFORM [OPTION...]
  if [ "$(uname -s)" != Linux ]; then cannot 'faults are made on Linux only'; fi
  use_tools
  bring_up "$1"
  testbed/faults "$@"
}

# --no-record: only runs whose results are committed write the table.
suite_faults() { faults docker --ci --no-record; }
suite_faults_docker() { faults docker; }
suite_faults_kubernetes() { faults kubernetes; }
suite_faults_podman() { faults podman; }
suite_faults_swarm() { faults swarm; }
