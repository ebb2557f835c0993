# shellcheck shell=bash
# Sourced by the verbs: selects the stack, and sets up pulumi and the engine for it.

# Users run make verbs and do not know the scripts' names, so messages do not begin with them.
SAY_AS=''
# shellcheck source=toolchain/lib/common.sh
source "$root/toolchain/lib/common.sh"
# shellcheck source=toolchain/lib/process.sh
source "$root/toolchain/lib/process.sh"

stack=${STACK:-dev}
project=$(sed -n 's/^name: *//p' Pulumi.yaml)

# shellcheck source=ops/ownership.sh
source "$root/ops/ownership.sh"

# Finds or gets the tools, selects the stack and finds its engine. Fast if everything is there. Installs no system package and starts no engine: only up
# does, with start_engine. With without_nodes, for verbs that need nothing of the platform but its images, the nodes are not looked for.
prepare() {
  if [ -n "${prepared:-}" ]; then return; fi
  toolchain/setup --without-kubernetes
  # The set-up has got every plugin that the stack needs; Pulumi would download one for each SDK on the class path.
  export PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true
  local exports platform
  exports=$(toolchain/env)
  eval "$exports"
  select_stack
  # All keys by one call, since each call of pulumi takes a third of a second.
  configuration=$(pulumi config --json --stack "$stack" 2>/dev/null) || configuration=''
  choose_engine
  platform=$(config_or platform docker)
  if [ -n "${without_nodes:-}" ]; then platform=none; fi
  case $platform in
    none) ;;
    kubernetes)
      toolchain/setup
      # shellcheck source=ops/nodes-kubernetes.sh
      source ops/nodes-kubernetes.sh
      ;;
    swarm)
      # shellcheck source=ops/nodes-swarm.sh
      source ops/nodes-swarm.sh
      ;;
    *)
      # shellcheck source=ops/nodes-docker.sh
      source ops/nodes-docker.sh
      ;;
  esac
  prepared=yes
}

# Only up, preview, images and push create a missing stack; for all other commands an unknown name is a typing error.
select_stack() {
  local answer
  if [ -z "${may_create:-}" ]; then
    if answer=$(pulumi stack select --stack "$stack" 2>&1); then return; fi
    case $answer in
      *'no stack named'*) die "there is no stack $stack: pulumi stack ls lists those that exist, make up STACK=$stack makes it" ;;
    esac
  elif answer=$(pulumi stack select --create --stack "$stack" 2>&1); then
    return
  fi
  die "cannot open stack $stack ($answer); if its passphrase is wrong, PULUMI_CONFIG_PASSPHRASE or the file named by PULUMI_CONFIG_PASSPHRASE_FILE must hold the one that the stack was made with"
}

# Points every later docker command to the engine of the stack's configuration.
choose_engine() {
  local engine host
  engine=$(config_or docker.engine docker)
  host=$(config_or docker.host '')
  if [ "$engine" = podman ] && [ -z "$host" ]; then host=$(podman_socket); fi
  if [ -n "$host" ]; then export DOCKER_HOST=$host; fi
}

# For up: starts a Docker engine if none answers; Podman must already run.
start_engine() {
  local engine
  if ! needs_engine; then return; fi
  engine=$(config_or docker.engine docker)
  if [ "$engine" = podman ]; then require_podman; else ops/engine up; fi
}

# For verbs that need an engine but do not start one.
require_engine() {
  local engine answer
  if ! needs_engine; then return; fi
  engine=$(config_or docker.engine docker)
  if [ "$engine" = podman ]; then
    require_podman
  elif ! answer=$(ops/engine status 2>&1); then
    die "stack $stack needs a Docker engine: ${answer#engine: error: }. Start yours, or run make engine-start, which starts one as root on Debian and Ubuntu and installs it if it is missing"
  fi
}

require_podman() {
  if bounded 30 docker version >/dev/null 2>&1; then return; fi
  check_docker_command
  die "Podman does not answer at $DOCKER_HOST: start its service (systemctl start podman.socket, for a user's own systemctl --user start podman.socket), set docker.host to its socket, or have one made on Debian and Ubuntu as root: make testbed-podman-up"
}

# Whether the stack needs an engine: to run containers, or on the other platforms only to build images.
needs_engine() {
  local platform
  platform=$(config_or platform docker) || exit 1
  case $platform in
    kubernetes | swarm) builds_images ;;
    *) ;;
  esac
}

# Whether an image that nodes run must be built, because the stack names none in a registry.
builds_images() {
  local manager image images='sparkMaster sparkWorker jupyterLab' reference
  manager=$(config_or clusterManager standalone) || exit 1
  # Then there is no master.
  if [ "$manager" = kubernetes ]; then images='sparkWorker jupyterLab'; fi
  if [ "$(config_or history.enabled false)" = true ]; then images="$images sparkHistory"; fi
  for image in $images; do
    reference=$(config_or "images.$image" '') || exit 1
    if [ -z "$reference" ]; then return 0; fi
  done
  return 1
}

# Whether images are built from the Linux image up, and not on a base image that the stack names.
builds_base() {
  local image reference
  for image in base sparkBase; do
    reference=$(config_or "images.$image" '') || exit 1
    if [ -n "$reference" ]; then return 1; fi
  done
}

# The same defaults as in the program (PodmanEngine).
podman_socket() {
  local socket=unix:///run/podman/podman.sock
  if [ "$(id -u)" != 0 ] && [ -n "${XDG_RUNTIME_DIR:-}" ]; then socket=unix://$XDG_RUNTIME_DIR/podman/podman.sock; fi
  printf '%s' "${CONTAINER_HOST:-$socket}"
}

# Prints the Linux image that the stack's images are built on: the one that it names, else the first that has the chosen versions (FoundationRules.java).
linux_image() {
  local from spark java python architecture
  from=$(config_or images.from '') || exit 1
  if [ -n "$from" ]; then
    printf '%s' "$from"
    return
  fi
  spark=$(config_or versions.spark '') || exit 1
  java=$(config_or versions.java '') || exit 1
  python=$(config_or versions.python '') || exit 1
  architecture=$(config_or images.architecture '') || exit 1
  # Where a registry has the images for one architecture alone (Architecture.java).
  case $architecture in
    amd64) printf 'amd64/' ;;
    arm64) printf 'arm64v8/' ;;
  esac
  awk -v spark="$spark" -v java="$java" -v python="$python" '
    function has(list, wanted,   i, count, entries) {
      count = split(list, entries, ",")
      for (i = 1; i <= count; i++) if (wanted == entries[i] || index(wanted, entries[i] ".") == 1) return 1
      return 0
    }
    /^#/ { next }
    # If none has the versions, the program refuses them later.
    !found { found = $1 }
    !fits && (spark == "" || has($4, spark)) && (java == "" || has($3, java)) && (python == "" || $2 == python) { fits = 1; found = $1 }
    END { print found }' "$root/src/main/resources/io/sparkcluster/plan/linux-images.txt"
}

# is_linux_image REFERENCE: whether it means an image of the table, as LinuxImage.java reads it.
is_linux_image() {
  local name=${1##*/}
  awk -v name="${name%%@*}" '!/^#/ && ($1 == name || $1 == name "-slim") { found = 1 } END { exit !found }' \
    "$root/src/main/resources/io/sparkcluster/plan/linux-images.txt"
}

check_docker_command() {
  command -v docker >/dev/null || die "there is no docker command, by which Podman is asked: install Docker's command line, on Debian and Ubuntu apt-get install docker.io"
}

# ask ARGUMENT...: asks pulumi. Sets answer to what it prints or, if it fails, to its errors.
ask() {
  local errors code=0
  errors=$(mktemp)
  answer=$(pulumi "$@" 2>"$errors") || code=$?
  if [ "$code" != 0 ]; then answer=$(cat "$errors"); fi
  rm -f "$errors"
  return "$code"
}

# config_or KEY DEFAULT: prints the key's value from the stack's file, or the default if it is not set. Any other failure ends the run.
config_or() {
  local answer known=2
  if [ -n "${configuration:-}" ]; then
    known=0
    answer=$(configured "$1" <<<"$configuration") || known=$?
  fi
  case $known in
    0)
      printf '%s' "$answer"
      return
      ;;
    1)
      printf '%s' "$2"
      return
      ;;
  esac
  if ask config get --path "$1" --stack "$stack"; then
    printf '%s' "$answer"
    return
  fi
  case $answer in
    *"configuration key '"*"' not found"*) printf '%s' "$2" ;;
    *) die "the configuration of stack $stack cannot be read: $answer" ;;
  esac
}

# stack_tag NAME: prints a tag of the stack, or nothing if the stack has no such tag. Any other failure ends the run: a tag may say whose the stack's things are.
stack_tag() {
  local answer
  if ask stack tag get "$1" --stack "$stack"; then
    printf '%s' "$answer"
    return
  fi
  case $answer in
    *"stack tag '$1' not found"*) ;;
    *) die "the tag $1 of stack $stack cannot be read: ${answer:-pulumi was ended}" ;;
  esac
}

# configured KEY: prints the key's value from what pulumi config --json printed. Exits with 1 if the key is not set, and with 2 if only pulumi can tell, as for
# secrets, objects and texts with escapes.
configured() {
  awk -v key="$1" -v project="$project" '
    function scalar(value) {
      sub(/,$/, "", value)
      if (value ~ /\\/ || value ~ /^[{[]/ || value == "null") { status = 2; return }
      gsub(/^"|"$/, "", value)
      found = value
      status = 0
    }
    BEGIN { parts = split(key, part, "."); status = 1 }
    /^ *"[^"]*": / {
      match($0, /^ */)
      depth = RLENGTH / 2
      name = substr($0, RLENGTH + 2)
      value = name
      sub(/".*/, "", name)
      value = substr(value, length(name) + 4)
      path[depth] = name
      if (path[1] != project ":" part[1]) next
      if (depth == 1) { there = 1; next }
      if (depth == 2 && name == "secret" && value ~ /^true/) secret = 1
      if (depth == 2 && name == "objectValue") object = 1
      if (depth == 2 && name == "value" && parts == 1) scalar(value)
      if (depth != parts + 1 || parts == 1 || path[2] != "objectValue") next
      for (i = 2; i <= parts; i++) if (path[i + 1] != part[i]) next
      scalar(value)
    }
    END {
      if (secret || there && (parts == 1) == (object + 0)) status = 2
      if (status == 0) print found
      exit status
    }'
}

# field NAME: prints the string field of that name from a JSON object on standard input.
field() { sed -nE "s/.*\"$1\": \"([^\"]*)\".*/\1/p" | head -n 1; }

# Whether a running process on this machine holds the stack's lock. Only for state in a folder.
is_locked() {
  local folder lock pid
  folder=$(state_folder) || return 1
  for lock in "$folder/.pulumi/locks/organization/$project/$stack"/*.json; do
    if [ ! -e "$lock" ] || ! grep -qF "\"$(uname -n)\"" "$lock"; then continue; fi
    pid=$(sed -nE 's/.*"pid": *([0-9]+).*/\1/p' "$lock")
    if [ -n "$pid" ] && is_alive "$pid"; then return 0; fi
  done
  return 1
}

# is_locked_out FILE: whether pulumi, whose errors are in the file, found the stack locked by a run on this machine that took the lock after this run had looked
# for one. Then waits for the end of that run: both must complete, one after the other. Only once.
is_locked_out() {
  if [ -n "${repeated:-}" ] || ! state_folder >/dev/null; then return 1; fi
  if ! is_locked && ! grep -q 'is currently locked by' "$1"; then return 1; fi
  say "another run of stack $stack was faster; repeating when it has ended"
  repeated=yes
  unlock
}

# Whether the make that started this script still runs. A script whose make was killed goes on, and would make again what a later make down has taken away.
is_wanted() { [ -z "${MAKELEVEL:-}" ] || is_alive "$PPID"; }

# Sets scratch to a folder of this run alone, which is gone when the run ends.
make_scratch() {
  if [ -n "${scratch:-}" ]; then return; fi
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
}

# noting_errors FILE COMMAND...: runs the command and keeps a copy of its errors. A pipe, since the shell waits for all of it.
noting_errors() {
  local file=$1
  shift
  { "$@" 2>&1 >&3 3>&- | (trap '' INT TERM HUP && exec tee "$file" >&2); } 3>&1
}

# Prints the backend's folder, if the backend is one. In the URL, blanks and other characters are written like %20.
state_folder() {
  local folder=${PULUMI_BACKEND_URL:-}
  case $folder in file://*) ;; *) return 1 ;; esac
  folder=${folder#file://}
  folder=${folder%%\?*}
  printf '%b' "${folder//%/\\x}"
}

# Waits for a run on this machine that still holds the stack's lock, and removes the lock if its process has ended without doing so. Only
# for state in a folder: a lock elsewhere may belong to another machine.
unlock() {
  local folder lock pid answer
  folder=$(state_folder) || return 0
  for lock in "$folder/.pulumi/locks/organization/$project/$stack"/*.json; do
    if [ ! -e "$lock" ] || ! grep -qF "\"$(uname -n)\"" "$lock"; then continue; fi
    pid=$(sed -nE 's/.*"pid": *([0-9]+).*/\1/p' "$lock")
    if [ -n "$pid" ]; then await_end "$pid"; fi
    if [ -e "$lock" ]; then
      say "the last run was killed; taking its lock away"
      if ! answer=$(pulumi cancel --yes --stack "$stack" 2>&1); then
        die "pulumi could not take the lock of stack $stack away: $answer"
      fi
    fi
  done
}

# A run that was told to stop first finishes its current step, such as the start of a node or the build of an image.
await_end() {
  local pid=$1 end=$((SECONDS + 600))
  if is_alive "$pid"; then say "another run (process $pid) is at work on stack $stack; waiting for it to end, at most 10 minutes"; fi
  while is_alive "$pid"; do
    if ((SECONDS >= end)); then die "process $pid still works on stack $stack: end it, then repeat"; fi
    sleep 0.5
  done
}
