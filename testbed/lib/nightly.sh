# shellcheck shell=bash
# Sourced by testbed/test: the parts of the nightly tests, of at most an hour each, and the table of their last results.
# shellcheck disable=SC2154 # results is suites.sh's

readonly parts=testbed/nightly/parts
readonly table=testbed/nightly/README.md

# part NAME: prints the part's minutes, platform and command.
part() {
  local line
  line=$(awk -v name="$1" '!/^#/ && $1 == name { $1 = ""; sub(/^ +/, ""); print; exit }' "$parts")
  [ -n "$line" ] || die "there is no part '$1'; make test-nightly lists them"
  printf '%s\n' "$line"
}

part_minutes() {
  local line
  line=$(part "$1") || exit 1
  printf '%s' "${line%% *}"
}

nightly_parts() {
  local name minutes
  printf 'Parts of the nightly tests; make test-nightly PART=NAME runs one and writes its row into %s:\n' "$table"
  awk '!/^#/ && NF { print $1, $2 }' "$parts" | while read -r name minutes; do
    printf '  %-28s at most %2d min   %s\n' "$name" "$minutes" "$(last_result "$name")"
  done
}

last_result() {
  awk -F ' *[|] *' -v name="$1" '$2 == name { print "last: " $4 " passed, " $5 " failed, " $6 " skipped on " $3; known = 1 } END { if (!known) print "not run yet" }' "$table"
}

nightly() { # PART
  local minutes platform command
  read -r minutes platform command <<<"$(part "$1")"
  say "part $1, at most $minutes min: $command"
  use_tools
  bring_up "$platform"
  # shellcheck disable=SC2086 # the words of a command
  $command
}

# record_part NAME COMMIT: replaces the part's row by its result at that commit. A part that could not be run here changes no row.
record_part() {
  local row
  row=$(awk -F '\t' -v suite="nightly-$1" -v part="$1" -v at="$(date -u +%Y-%m-%d), $2" '
    $1 == suite && $2 != "CANNOT RUN" && $2 != "not run" { row = "| " part " | " at " | " $3 " | " $4 " | " $5 " | " int(($6 + 30) / 60) " |" } END { print row }' "$results")
  if [ -z "$row" ]; then return; fi
  awk -v row="$row" -v part="$1" '
    /^[|]/ { if ($2 == part) { print row; done = 1; next } in_table = 1 }
    in_table && !/^[|]/ { if (!done) print row; done = 1; in_table = 0 }
    { print }
    END { if (in_table && !done) print row }' "$table" >"$table.new"
  mv "$table.new" "$table"
  say "its row is in $table: commit it"
}
