# shellcheck shell=bash
# Notes of what tests make, each with the process of the test, so that leftovers of killed tests can be told from everything else on the machine. Live tests in
# Java write the same files (LiveOwners). Works with bash 3.2 and BSD tools.

tested=${SPARK_CLUSTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pulumi-spark-cluster}/live-tests

# start_of PID: prints when the process started, in ticks since boot, or nothing if the system does not tell. Pids are reused; with its start, a pid is unique.
start_of() {
  local stat boot
  { stat=$(cat "/proc/$1/stat") && boot=$(cat /proc/sys/kernel/random/boot_id); } 2>/dev/null || return 0
  # The process name, before the last parenthesis, may have blanks.
  # shellcheck disable=SC2086 # words
  set -- ${stat##*) }
  echo "${20}@$boot"
}

# note_tested NAME WHO: notes that this script's process makes owners whose names contain WHO, until forget_tested NAME.
note_tested() {
  mkdir -p "$tested"
  # Renamed into place, so that nobody reads half a note. The loop over all notes leaves hidden files out.
  printf '%s %s\n%s\n' "$$" "$(start_of $$)" "$2" >"$tested/.$1.new"
  mv -f "$tested/.$1.new" "$tested/$1"
}

forget_tested() { rm -f "$tested/$1"; } # NAME

# Whether the process of a note still runs.
is_at_work() { # PID START
  case $1 in '' | *[!0-9]*) return 1 ;; esac
  is_alive "$1" && { [ -z "$2" ] || [ "$2" = "$(start_of "$1")" ]; }
}
