# shellcheck shell=bash
# Verbs admit and dismiss, on the manager: adds a machine to the list of the Swarm's nodes, and removes it.
# shellcheck disable=SC2154  # NODE, MACHINE, LABELS and LIMIT are set in front of it

node_field() { docker node inspect --format "$1" "$NODE"; }

is_ready() { [ "$(node_field '{{.Status.State}}')" = ready ]; }

# Replaces all labels of the node, since the Swarm belongs to this project.
set_labels() {
  local change=() label
  # shellcheck disable=SC2016 # Go's template
  for label in $(node_field '{{range $name, $value := .Spec.Labels}}{{$name}} {{end}}'); do change+=(--label-rm "$label"); done
  if [ "${#change[@]}" -gt 0 ]; then docker node update "${change[@]}" "$NODE" >/dev/null; fi
  change=()
  for label in "${LABELS[@]}"; do change+=(--label-add "$label"); done
  docker node update --availability active "${change[@]}" "$NODE" >/dev/null
}

admit() {
  is_ours || die "the Swarm of this machine is not that of the cluster \"$SWARM\""
  if [ "$NODE" = self ]; then NODE=$(docker info --format '{{.Swarm.NodeID}}'); fi
  await 60 "$MACHINE is in the list of the Swarm" docker node inspect "$NODE"
  set_labels
  await 60 "$MACHINE is ready" is_ready
}

has_no_tasks() { ! docker node ps --format '{{.CurrentState}}' "$NODE" | grep -Eq '^(Running|Starting|Preparing)'; }

# Moves the tasks of the machine to others before it removes the machine.
dismiss() {
  if ! is_ours; then
    say "$MACHINE stays in the list of a Swarm that is not that of the cluster \"$SWARM\""
    return
  fi
  if ! docker node inspect "$NODE" >/dev/null 2>&1; then return; fi
  if is_ready; then
    docker node update --availability drain "$NODE" >/dev/null
    await "$LIMIT" "$MACHINE has no tasks any more" has_no_tasks
  else
    say "$MACHINE does not answer; it is taken from the list as it is"
  fi
  docker node rm --force "$NODE" >/dev/null
}
