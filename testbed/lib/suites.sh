# shellcheck shell=bash
# Sourced by testbed/test: runs suites one after the other, each with a limit, notes how each one ended, and sums up.
# shellcheck disable=SC2154 # root is testbed/test's

# The folder that all calls of one run share, with results and the test beds that the run started. Continuous integration makes several calls and sets it.
run_folder=${SPARK_CLUSTER_TEST_RUN:-}
own_run=''
if [ -z "$run_folder" ]; then
  run_folder=$(mktemp -d "${TMPDIR:-/tmp}/spark-cluster-tests.XXXXXX")
  own_run=yes
fi
readonly run_folder own_run
mkdir -p "$run_folder"
# The processes of suites read it.
export SPARK_CLUSTER_TEST_RUN=$run_folder
readonly results=$run_folder/results.tsv
readonly logs=$root/target/test-logs
readonly last_times=$root/.local/test-seconds

# The exit code of a suite that this machine cannot run; the suite prints the reason.
readonly cannot_run=69
# The exit codes of timeout and bounded after the limit: after SIGTERM, and after SIGKILL.
readonly out_of_time=124 killed=137

suite_child=''
lane_children=()

# cannot WHY: ends a suite that this machine cannot run.
cannot() {
  printf 'CANNOT RUN: %s\n' "$*" >&2
  exit "$cannot_run"
}

# note SUITE STATE PASSED FAILED SKIPPED SECONDS REASON
note() { (IFS=$'\t' && printf '%s\n' "$*") >>"$results"; }

# Prints the seconds until SPARK_CLUSTER_TEST_END (in seconds since 1970), which continuous integration sets; nothing if it is not set.
seconds_left() {
  if [ -n "${SPARK_CLUSTER_TEST_END:-}" ]; then echo $((SPARK_CLUSTER_TEST_END - $(date +%s))); fi
}

# run_suite SUITE LIMIT LEAST: LIMIT and LEAST are the minutes from limits. Never fails: the summary does.
run_suite() {
  local suite=$1 limit=$(($2 * 60)) least=$(($3 * 60)) cut='' left code=0 begun=$SECONDS log=$logs/$1.log
  mkdir -p "$logs"
  # An earlier call of this run has already set up the tools.
  if [ "$suite" = tools ] && grep -q $'^tools\tpassed\t' "$results" 2>/dev/null; then return; fi
  if has_failed && [ -z "${CI:-}" ]; then
    note "$suite" 'not run' 0 0 0 0 'a suite before it failed'
    return
  fi
  left=$(seconds_left)
  if [ -n "$left" ] && [ "$left" -lt "$limit" ]; then
    limit=$left cut=yes
    if [ "$left" -lt "$least" ]; then
      printf '\n=== %s: no time left\n' "$suite"
      note_without_time "$suite" 0 0 0 0 'it did not begin'
      return
    fi
  fi
  printf '\n=== %s (at most %d min)\n' "$suite" "$((limit / 60))"
  : >"$run_folder/begun-$suite"
  run_limited "$limit" "$log" "$suite" || code=$?
  note_end "$suite" "$code" "$cut" "$((SECONDS - begun))" "$limit" "$log"
}

# The lines of two suites are mixed, so each begins with its suite's name. In bash, since not every awk and sed prints lines at once.
named() { # SUITE
  local line
  while IFS= read -r line || [ -n "$line" ]; do printf '%s: %s\n' "$1" "$line"; done
}

# lanes 'SUITE...'...: runs the suites of a lane one after the other, and the lanes in parallel, so that one computes while another waits for a download.
lanes() {
  local lane number=0 child
  for lane in "$@"; do
    number=$((number + 1))
    set -m
    (
      set +m
      trap interrupted INT TERM
      trap - EXIT
      lane_children=()
      export SPARK_CLUSTER_TEST_LANE=$number
      # shellcheck disable=SC2086 # one suite a word
      run $lane
    ) &
    lane_children+=($!)
    set +m
  done
  for child in "${lane_children[@]}"; do wait "$child" || true; done
  lane_children=()
}

# In the background, so that an interrupt is forwarded at once, and in a separate process group, since bash makes background jobs ignore interrupts otherwise.
run_limited() { # SECONDS LOG SUITE
  local code=0 end pipe=$run_folder/pipe-$3 writer
  rm -f "$pipe"
  mkfifo "$pipe"
  if [ -n "${SPARK_CLUSTER_TEST_LANE:-}" ]; then tee "$2" <"$pipe" | named "$3" & else tee "$2" <"$pipe" & fi
  writer=$!
  set -m
  if command -v timeout >/dev/null; then
    timeout -k 60 "$1" "$root/testbed/test" --suite "$3" >"$pipe" 2>&1 </dev/null &
  else
    bounded "$1" "$root/testbed/test" --suite "$3" >"$pipe" 2>&1 </dev/null &
  fi
  suite_child=$!
  set +m
  wait "$suite_child" || code=$?
  suite_child=''
  # A process that the suite left running may keep the pipe open.
  end=$((SECONDS + 5))
  while is_alive "$writer" && ((SECONDS < end)); do sleep 0.1; done
  kill "$writer" 2>/dev/null || true
  wait "$writer" 2>/dev/null || true
  rm -f "$pipe"
  return "$code"
}

# note_end SUITE CODE CUT SECONDS LIMIT LOG
note_end() {
  local suite=$1 code=$2 cut=$3 seconds=$4 limit=$5 log=$6 reports=$root/target/surefire-reports passed failed skipped reasons
  # The library suite may write its reports at the same time.
  case $suite in scripts | images | notebooks | plugins | smoke-*) reports=$run_folder/none ;; esac
  IFS=$'\t' read -r passed failed skipped reasons < <("$root/testbed/tally" "$log" "$reports" "$run_folder/begun-$suite") || true
  printf '=== %s: ended after %d s\n' "$suite" "$seconds"
  # In reports, the interruption looks like failed tests: only failures before it count.
  case $code in
    0)
      if [ "$passed" = 0 ] && [ "$skipped" -gt 0 ]; then
        note "$suite" SKIPPED 0 0 "$skipped" "$seconds" "$reasons"
      elif [ "$failed" != 0 ]; then
        note "$suite" FAILED "$passed" "$failed" "$skipped" "$seconds" "its exit code is 0, but see $(relative "$log")"
      else
        # A suite without counts is one check.
        note "$suite" passed "$((passed + skipped == 0 ? 1 : passed))" 0 "$skipped" "$seconds" "$reasons"
        remember "$suite" "$seconds"
      fi
      ;;
    "$cannot_run") note "$suite" 'CANNOT RUN' 0 0 1 "$seconds" "$(sed -n 's/^CANNOT RUN: //p' "$log" | tail -n 1)" ;;
    "$out_of_time" | "$killed")
      if [ -n "$cut" ]; then
        note_without_time "$suite" "$passed" "$failed" "$skipped" "$seconds" 'it was ended'
      else
        note "$suite" FAILED "$passed" "$((failed + 1))" "$skipped" "$seconds" "it was ended after its limit of $((limit / 60)) min; $(relative "$log")"
      fi
      ;;
    *) note "$suite" FAILED "$passed" "$((failed == 0 ? 1 : failed))" "$skipped" "$seconds" "exit code $code; $(relative "$log")" ;;
  esac
}

# With a cold cache there may be no time for all suites. With a warm cache there must be, except for suites that only fill the remaining time.
note_without_time() { # SUITE PASSED FAILED SKIPPED SECONDS HOW
  if [ -n "${SPARK_CLUSTER_TEST_COLD:-}" ] && [ "$3" = 0 ]; then
    note "$1" INCOMPLETE "$2" "$3" "$4" "$5" "the cache was cold and the time is over: $6; the next run has a warm cache"
  elif [ -n "${SPARK_CLUSTER_TEST_FILL:-}" ] && [ "$3" = 0 ]; then
    note "$1" INCOMPLETE "$2" "$3" "$4" "$5" "the other suites took the time: $6; the nightly part $SPARK_CLUSTER_TEST_FILL runs all of it"
  else
    note "$1" FAILED "$2" "$(($3 + 1))" "$4" "$5" "the time of the whole run is over: $6"
  fi
}

relative() { printf '%s' "${1#"$root/"}"; }

remember() { # SUITE SECONDS
  mkdir -p "${last_times%/*}"
  {
    grep -v "^$1 " "$last_times" 2>/dev/null || true
    printf '%s %s\n' "$1" "$2"
  } >"$last_times.$1"
  mv "$last_times.$1" "$last_times"
}

# Continuous integration does not accept a suite that could run but skipped everything.
has_failed() {
  [ -e "$results" ] || return 1
  awk -F '\t' -v ci="${CI:-}" '$2 == "FAILED" || $2 == "not run" || ($2 == "SKIPPED" && ci != "") { bad = 1 } END { exit !bad }' "$results"
}

# Prints one line for each suite, then the sum alone on the last line.
summary() {
  printf '\n'
  if [ ! -e "$results" ]; then : >"$results"; fi
  awk -F '\t' '{
      counts = $3 " passed, " $4 " failed, " $5 " skipped"
      state = $2 == "passed" ? "" : " " $2
      printf "%-20s %-36s %4d min%s%s\n", $1, counts, ($6 + 30) / 60, state, $7 == "" ? "" : ": " $7
    }' "$results"
  awk -F '\t' '{ passed += $3; failed += $4; skipped += $5 } END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$results"
}

# Printed after an interrupt too.
interrupted() {
  local child
  for child in ${lane_children[@]+"${lane_children[@]}"}; do kill -TERM "$child" 2>/dev/null || true; done
  for child in ${lane_children[@]+"${lane_children[@]}"}; do wait "$child" || true; done
  if [ -n "$suite_child" ]; then
    kill -TERM -- "-$suite_child" 2>/dev/null || true
    wait "$suite_child" 2>/dev/null || true
  fi
  exit 130
}

# minutes SUITE LIMIT: prints how long the suite took here last time, else its limit.
minutes() {
  local seconds
  seconds=$(sed -n "s/^$1 //p" "$last_times" 2>/dev/null) || true
  if [ -n "$seconds" ]; then printf 'last time %d min' "$(((seconds + 59) / 60))"; else printf 'at most %d min' "$2"; fi
}
