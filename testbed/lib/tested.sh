# shellcheck shell=bash
# Notes of what tests make, each with the process of the test: what is left of one that was killed can be told from everything else on the machine. Live tests in Java
# write the same files (LiveOwners). For bash 3.2 and BSD tools too.

tested=${SPARK_CLUSTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pulumi-spark-cluster}/live-tests

# start_of PID: when it began, in ticks of this boot of the machine; nothing where the system does not tell. Another process may get the number of one that ended.
start_of() {
  local stat boot
  { stat=$(cat "/proc/$1/stat") && boot=$(cat /proc/sys/kernel/random/boot_id); } 2>/dev/null || return 0
  # The name before the last parenthesis may hold blanks.
  # shellcheck disable=SC2086 # words
  set -- ${stat##*) }
  echo "${20}@$boot"
}

# note_tested NAME WHO: this script's process makes owners whose names hold WHO, until it forgets NAME.
note_tested() {
  mkdir -p "$tested"
  printf '%s %s\n%s\n' "$$" "$(start_of $$)" "$2" >"$tested/$1"
}

forget_tested() { rm -f "$tested/$1"; } # NAME

# Whether the process of a note is still at work.
is_at_work() { # PID START
  case $1 in '' | *[!0-9]*) return 1 ;; esac
  is_alive "$1" && { [ -z "$2" ] || [ "$2" = "$(start_of "$1")" ]; }
}
