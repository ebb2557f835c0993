# shellcheck shell=bash
# Sourced by toolchain/cluster: the chosen stack, ready for pulumi and for what runs its nodes.

stack=${STACK:-dev}
project=$(sed -n 's/^name: *//p' Pulumi.yaml)

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

# shellcheck source=toolchain/ownership.sh
source "$root/toolchain/ownership.sh"

# Finds or gets tools and engine, and selects the stack. Cheap when all is there.
prepare() {
  if [ -n "${prepared:-}" ]; then return; fi
  toolchain/setup
  local exports
  exports=$(toolchain/env)
  eval "$exports"
  if ! pulumi stack select --create --stack "$stack" >/dev/null; then
    die "cannot open stack $stack; if its passphrase is wrong, PULUMI_CONFIG_PASSPHRASE or the file named by PULUMI_CONFIG_PASSPHRASE_FILE must hold the one that the stack was made with"
  fi
  choose_engine
  case $(config_or platform docker) in
    kubernetes)
      # shellcheck source=toolchain/nodes-kubernetes.sh
      source toolchain/nodes-kubernetes.sh
      ;;
    swarm)
      # shellcheck source=toolchain/nodes-swarm.sh
      source toolchain/nodes-swarm.sh
      ;;
    *)
      # shellcheck source=toolchain/nodes-docker.sh
      source toolchain/nodes-docker.sh
      ;;
  esac
  prepared=yes
}

# The engine of the stack's configuration, for every docker command from here on. A Docker engine is made where none answers; Podman is the user's.
choose_engine() {
  local engine host
  engine=$(config_or docker.engine docker)
  host=$(config_or docker.host '')
  if [ "$engine" = podman ] && [ -z "$host" ]; then host=$(podman_socket); fi
  if [ -n "$host" ]; then export DOCKER_HOST=$host; fi
  if [ "$engine" != podman ]; then
    testbed/engine up
  elif ! timeout 30 docker version >/dev/null 2>&1; then
    check_docker_command
    die "Podman does not answer at $host: start its service (systemctl start podman.socket, for a user's own systemctl --user start podman.socket), set docker.host to its socket, or have one made on Debian and Ubuntu as root: make testbed-podman-up"
  fi
}

# Where the program looks too (PodmanEngine).
podman_socket() {
  local socket=unix:///run/podman/podman.sock
  if [ "$(id -u)" != 0 ] && [ -n "${XDG_RUNTIME_DIR:-}" ]; then socket=unix://$XDG_RUNTIME_DIR/podman/podman.sock; fi
  printf '%s' "${CONTAINER_HOST:-$socket}"
}

check_docker_command() {
  command -v docker >/dev/null || die "there is no docker command, by which Podman is asked: install Docker's command line, on Debian and Ubuntu apt-get install docker.io"
}

config_or() { pulumi config get --path "$1" --stack "$stack" 2>/dev/null || printf '%s' "$2"; }

# field NAME: a text of that name in a JSON object on standard input.
field() { sed -nE "s/.*\"$1\": \"([^\"]*)\".*/\1/p" | head -n 1; }

# Waits for a run on this machine that still holds the stack's lock, and takes the lock away when its owner ended without doing so. Only
# for state in a folder: a lock elsewhere may be held by another machine.
unlock() {
  local folder=${PULUMI_BACKEND_URL:-} lock pid
  case $folder in file://*) ;; *) return ;; esac
  # A URL writes blanks and other letters as %20.
  folder=${folder#file://}
  folder=${folder%%\?*}
  folder=$(printf '%b' "${folder//%/\\x}")
  for lock in "$folder/.pulumi/locks/organization/$project/$stack"/*.json; do
    if [ ! -e "$lock" ] || ! grep -qF "\"$(uname -n)\"" "$lock"; then continue; fi
    pid=$(sed -nE 's/.*"pid": *([0-9]+).*/\1/p' "$lock")
    await_end "$pid"
    if [ -e "$lock" ]; then
      say "the last run was killed; taking its lock away"
      pulumi cancel --yes --stack "$stack" >/dev/null 2>&1
    fi
  done
}

# A run that was told to stop first ends what it is at: the start of a node, the build of an image.
await_end() {
  local pid=$1 end=$((SECONDS + 600))
  if kill -0 "$pid" 2>/dev/null; then say "another run (process $pid) is at work on stack $stack; waiting for it to end, at most 10 minutes"; fi
  while kill -0 "$pid" 2>/dev/null; do
    if ((SECONDS >= end)); then die "process $pid still works on stack $stack: end it, then repeat"; fi
    sleep 0.5
  done
}
