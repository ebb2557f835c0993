# shellcheck shell=bash
# Comes before every script for a machine, which runs as root: say, die, await, and what was noted about the machine.
# shellcheck disable=SC2034,SC2153  # SWARM and others are set in front of it

# What this project changed on the machine, so that exactly that is changed back.
notes=/var/lib/sparkcluster/$SWARM

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

# await SECONDS WHAT COMMAND...: runs COMMAND until it succeeds, or says what did not come in time.
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
  # A power cut may leave a file empty that was renamed before it was written.
  sync "$notes/$1.new"
  mv "$notes/$1.new" "$notes/$1"
}

noted() { [ -e "$notes/$1" ]; }

# With the last note goes the one that says whose they are.
forget() { # NAME
  rm -f "${notes:?}/$1"
  if [ "$(ls "$notes" 2>/dev/null)" = owner ]; then rm -f "$notes/owner"; fi
  rmdir "$notes" "${notes%/*}" 2>/dev/null || true
}

# engine METHOD PATH [JSON]: asks the engine's API and prints its answer; what is sent stands in no argument of any process.
engine() {
  local version
  version=$(api_version)
  request "$1" "/v$version$2" "${3:-}"
}

# Engines of 20.10 speak 1.41 and nothing newer; Docker 29 and later refuse it, and speak their oldest version as they always did.
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
