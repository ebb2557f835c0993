# shellcheck shell=bash
# Stands in front of every script that runs as root on a machine: say, die, await, the notes about the machine, and the engine's API.
# shellcheck disable=SC2034,SC2153  # SWARM and others are set in front of it

# Notes of what this project changed on the machine, so that exactly this is changed back.
notes=/var/lib/sparkcluster/$SWARM

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

# await SECONDS WHAT COMMAND...: repeats COMMAND until it succeeds; after SECONDS, ends with an error that names WHAT.
await() {
  local end=$((SECONDS + $1)) limit=$1 what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS >= end)); then die "$what: not within $limit s"; fi
    sleep 0.3
  done
}

note() { # NAME [TEXT]
  mkdir -p "$notes"
  printf '%s\n' "${2:-}" >"$notes/$1.new"
  # Without sync, a power cut could leave an empty file: renamed, but not yet written.
  sync "$notes/$1.new"
  mv "$notes/$1.new" "$notes/$1"
}

noted() { [ -e "$notes/$1" ]; }

# The note of the owner is removed with the last of the other notes.
forget() { # NAME
  rm -f "${notes:?}/$1"
  if [ "$(ls "$notes" 2>/dev/null)" = owner ]; then rm -f "$notes/owner"; fi
  rmdir "$notes" "${notes%/*}" 2>/dev/null || true
}

# engine METHOD PATH [JSON]: asks the engine's API and prints its answer. The request appears in no argument of a process.
engine() {
  local version
  version=$(api_version)
  request "$1" "/v$version$2" "${3:-}"
}

# The version of the API to ask for: 1.41, the newest of Docker 20.10, or the engine's oldest version if that is newer, as with Docker 29.
api_version() {
  local wanted=1.41 oldest
  oldest=$(request GET /version | sed -n 's/.*"MinAPIVersion":"\([0-9.]*\)".*/\1/p' | head -n 1)
  printf '%s\n' "$wanted" "$oldest" | sort -V | tail -n 1
}

request() { # METHOD PATH [JSON]
  local answer status body=${3:-}
  answer=$(printf '%s %s HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "$1" "$2" "${#body}" "$body" | timeout 120 docker system dial-stdio)
  status=${answer%%$'\r'*}
  answer=${answer#*$'\r\n\r\n'}
  case $status in
    HTTP/*' 200 '*) printf '%s\n' "$answer" ;;
    *)
      say "the engine refused: ${answer:-$status}"
      return 1
      ;;
  esac
}

swarm_state() { docker info --format '{{.Swarm.LocalNodeState}}'; }

swarm_is() { [ "$(swarm_state)" = "$1" ]; }
