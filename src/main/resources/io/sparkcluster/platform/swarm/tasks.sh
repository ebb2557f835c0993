# shellcheck shell=bash
# Verbs placed and vacated, on the manager: prints where the tasks of a service run, and waits until no task is left.
# shellcheck disable=SC2154  # SERVICE, COUNT, CLUSTER_LABEL and LIMIT are set in front of it

running() {
  local tasks
  tasks=$(docker service ps --quiet --no-trunc --filter desired-state=running "$SERVICE")
  # shellcheck disable=SC2086  # one identifier a word
  if [ -n "$tasks" ]; then docker inspect --format '{{.Status.State}} {{.NodeID}} {{.Slot}}' $tasks | sed -n 's/^running //p' | sort -k 2n; fi
}

all_running() { [ "$(running | wc -l)" = "$COUNT" ]; }

# Prints a line for each task: its number, and the machine that it runs on.
placed() {
  local node slot
  await "$LIMIT" "all tasks of $SERVICE run" all_running
  running | while read -r node slot; do
    printf '%s %s\n' "$slot" "$(docker node inspect --format '{{index .Spec.Labels "io.sparkcluster.machine"}}' "$node")"
  done
}

tasks_are_gone() { [ "$(engine GET "/tasks?filters=%7B%22label%22%3A%5B%22${CLUSTER_LABEL//\//%2F}%22%5D%7D")" = '[]' ]; }

# A network can be removed only when it has no tasks left, and a service's tasks outlive the service.
vacated() {
  if [ "$(swarm_state)" != active ]; then return; fi
  await "$LIMIT" 'the tasks of the cluster have ended' tasks_are_gone
}
