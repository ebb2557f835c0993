# shellcheck shell=bash
# Functions for the scripts of all folders: messages, waiting, hashes, shell quoting, system packages. Works with bash 3.2 and BSD tools, as on macOS.

# Messages begin with this name, by default the script's. A script that sets it to '' first has messages without a name.
SAY_AS=${SAY_AS-${0##*/}}

say() { printf '%s%s\n' "${SAY_AS:+$SAY_AS: }" "$*" >&2; }

# die MESSAGE [REMEDY...]: ends the script; each remedy is printed on its own line.
die() {
  say "error: $1"
  shift
  while [ $# -gt 0 ]; do
    say "  $1"
    shift
  done
  exit 1
}

# await SECONDS WHAT COMMAND...: runs COMMAND until it succeeds; fails with a message after that time.
await() {
  local limit=$1 what=$2
  shift 2
  local end=$((SECONDS + limit))
  until "$@"; do
    if ((SECONDS >= end)); then
      say "$what: not within $limit seconds"
      return 1
    fi
    sleep 0.2
  done
}

# sha256 FILE... | sha256 < text: prints digests in sha256sum's format, on Linux and macOS.
sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# The hash of a file.
sum_of() { sha256 <"$1" | cut -d ' ' -f 1; } # FILE

# The first 12 digits of the hash of standard input.
short_hash() { sha256 | cut -c 1-12; }

# quoted TEXT...: prints each text as one word for any POSIX shell, quoted where needed. The output of printf %q is for bash only.
quoted() {
  local quote="'\\''" blank='' text
  for text in "$@"; do
    case $text in
      '' | *[!A-Za-z0-9_@%+=:,./-]*) printf "%s'%s'" "$blank" "${text//\'/$quote}" ;;
      *) printf '%s%s' "$blank" "$text" ;;
    esac
    blank=' '
  done
}

# Prints a line that exports the variable when it is evaluated.
print_export() { printf 'export %s=%s\n' "$1" "$(quoted "$2")"; } # NAME VALUE

is_root() { [ "$(id -u)" = 0 ]; }

is_debian() { [ -e /etc/debian_version ] && command -v apt-get >/dev/null; }

# Two scripts may install at the same time, and apt-get update does not wait for its lock.
alone() {
  if command -v flock >/dev/null; then flock --wait 900 /run/lock/spark-cluster-apt.lock "$@"; else "$@"; fi
}

# apt_install PACKAGE...: installs without recommended packages and without questions. On a machine without systemd, RUNLEVEL=1 keeps
# packages from starting their services: the scripts that need a service start it and keep its pid.
apt_install() {
  local log
  log=$(mktemp)
  if ! {
    # An interrupted installation blocks all later ones until dpkg completes it.
    # shellcheck disable=SC2016 # it is the inner shell's
    alone sh -c 'dpkg --configure -a && apt-get update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"' apt "$@"
  } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    die "apt-get could not install: $*"
  fi
  rm -f "$log"
}
