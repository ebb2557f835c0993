# shellcheck shell=bash
# Whose a machine is, and what lies on it. It is part of one cluster at a time; the notes of that cluster name its owner: an identifier, and what people call it.
# shellcheck disable=SC2154  # SWARM, OWNER and OWNER_NAME are set in front of it; notes is common.sh's

# Volumes that got no label of their owner from the release that made them, by their names: owner, what it is called, and when the volume was made.
volume_notes=${notes%/*}/.volumes

noted_owner() { # NOTES
  sed -n 1p "$1/owner" 2>/dev/null || true
}

whose() { # NOTES
  local name
  name=$(sed -n 2p "$1/owner" 2>/dev/null || true)
  printf 'the cluster "%s", ' "${1##*/}"
  if [ -n "$name" ]; then printf 'which belongs to %s' "$name"; else printf 'which an earlier release made without noting an owner'; fi
}

# Makes the machine the owner's, or ends with the name of whoever has it.
claim() {
  local folder
  for folder in "${notes%/*}"/*; do
    if [ "$folder" != "$notes" ] && [ -e "$folder/swarm" ]; then
      die "this machine is in the Swarm of $(whose "$folder"). Name another machine, or take that cluster down first; if it is gone for good, remove $folder on this machine"
    fi
  done
  case $(noted_owner "$notes") in
    "$OWNER") ;;
    '')
      if noted swarm; then
        die "this machine is in the Swarm of $(whose "$notes"). If it is yours, say so on it as root, then repeat: printf '%s\\n' '$OWNER' >$notes/owner"
      fi
      note owner "$OWNER"$'\n'"$OWNER_NAME"
      ;;
    *) die "this machine has things of $(whose "$notes"). Choose another name for this cluster, for example $SWARM-2, or name another machine" ;;
  esac
}

# What an owner's notes allow is done to the Swarm that they are about, and to no other that an administrator made since. One that was cut off on the way counts.
is_owned() { [ "$(noted_owner "$notes")" = "$OWNER" ]; }

is_noted_swarm() {
  local id
  id=$(cat "$notes/swarm" 2>/dev/null || true)
  [ -z "$id" ] || [ "$id" = "$(docker info --format '{{.Swarm.NodeID}}')" ]
}

is_ours() { noted swarm && is_owned && is_noted_swarm; }

volume_is_there() { docker volume inspect "$VOLUME" >/dev/null 2>&1; }

volume_field() { docker volume inspect --format "$1" "$VOLUME"; }

# Identifier and name of a volume's owner, a line each; nothing where nobody noted one.
volume_owner() {
  local label
  label=$(volume_field '{{with .Labels}}{{with index . "io.sparkcluster.owner"}}{{println .}}{{end}}{{with index . "io.sparkcluster.owner.name"}}{{println .}}{{end}}{{end}}')
  if [ -n "$label" ]; then
    printf '%s\n' "$label"
  elif [ "$(sed -n 3p "$volume_notes/$VOLUME" 2>/dev/null)" = "$(volume_field '{{.CreatedAt}}')" ]; then
    head -n 2 "$volume_notes/$VOLUME"
  fi
}

volume_is_ours() { [ "$(volume_owner | head -n 1)" = "$OWNER" ]; }

whose_volume() {
  local name
  name=$(volume_owner | tail -n 1)
  if [ -n "$name" ]; then printf 'belongs to %s' "$name"; else printf 'notes no owner'; fi
}
