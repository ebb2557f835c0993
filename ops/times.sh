# shellcheck shell=bash
# Sourced by ops/cluster: how long the parts of an up took.

times_of_parts=''
part_began=$SECONDS

# part_took NAME [SECONDS]: notes a part that took a second or more; without SECONDS, the one since the last note.
part_took() {
  local seconds=${2:-$((SECONDS - part_began))}
  part_began=$SECONDS
  if ((seconds > 0)); then times_of_parts="${times_of_parts:+$times_of_parts, }$1 $seconds s"; fi
}

# update_took FILE: notes the parts of an update by its events, which pulumi wrote to that file.
update_took() {
  local whole=$((SECONDS - part_began)) images nodes tested
  if [ ! -s "$1" ]; then
    part_took update
    return
  fi
  read -r images nodes tested < <(awk '
    match($0, /"timestamp":[0-9]+/) {
      now = substr($0, RSTART + 12, RLENGTH - 12)
      end = now
      # What is replaced is deleted at the end.
      if (/"op":"(delete|discard)/) next
      if (!first && /"resourcePreEvent"/ && !/pulumi:pulumi:Stack::/) first = now
      if (/"resOutputsEvent"/ && /:ImageHierarchy\$/) images = now
      if (/"resourcePreEvent"/ && /:SmokeTest\$/) test = now
      if (/"resOutputsEvent"/ && /:SmokeTest\$/) tested = now
    }
    END {
      if (!first) first = end
      if (!images) images = first
      if (!test) test = tested = end
      print images - first, test - images, tested - test
    }' "$1")
  part_took 'start of pulumi and its program' $((whole - images - nodes - tested))
  part_took images "$images"
  part_took nodes "$nodes"
  part_took 'smoke test' "$tested"
}

# Prints one line with all parts.
say_times() { say "make up took $SECONDS s${times_of_parts:+: $times_of_parts}"; }
