# shellcheck shell=bash
# Verb run: the smoke test, in the container of the edge node.
# shellcheck disable=SC2154  # SERVICE, COMMAND and LIMIT are set in front of it

container() { docker ps --quiet --filter "label=com.docker.swarm.service.name=$SERVICE" --filter health=healthy | head -n 1; }

is_there() { [ -n "$(container)" ]; }

# Standard error holds Spark's usual warnings, so it is shown only when the test fails.
run() {
  local log
  await 60 "the edge node runs on this machine" is_there
  log=$(mktemp)
  if ! timeout "$LIMIT" docker exec "$(container)" "${COMMAND[@]}" 2>"$log"; then
    tail -n 30 "$log" >&2
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
}
