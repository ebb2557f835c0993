# shellcheck shell=bash
# Verb adopt: takes over what a release made without noting an owner, if the stack's state shows that it belongs to the stack.
# shellcheck disable=SC2153,SC2154  # OWNER, OWNER_NAME and VOLUMES are set in front of it

adopt() {
  local VOLUME
  if noted swarm && [ -z "$(noted_owner "$notes")" ]; then
    note owner "$OWNER"$'\n'"$OWNER_NAME"
    note swarm "$(docker info --format '{{.Swarm.NodeID}}')"
  fi
  for VOLUME in "${VOLUMES[@]}"; do
    if ! volume_is_there || [ -n "$(volume_owner)" ]; then continue; fi
    mkdir -p "$volume_notes"
    printf '%s\n' "$OWNER" "$OWNER_NAME" "$(volume_field '{{.CreatedAt}}')" >"$volume_notes/$VOLUME"
  done
}
