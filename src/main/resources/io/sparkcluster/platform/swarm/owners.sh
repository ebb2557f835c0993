# shellcheck shell=bash
# Who owns a machine, and the volumes on it. A machine is part of one cluster at a time. The cluster's notes name the owner, by an identifier and a readable
# name.
# shellcheck disable=SC2154  # SWARM, OWNER and OWNER_NAME are set in front of it; notes is common.sh's

# Notes about volumes that an earlier release made without a label for the owner, one file a volume: the owner's identifier, the owner's name, and the volume's
# creation time.
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

# Claims the machine for the owner, or ends with an error that names its present owner.
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

# The owner's notes are about one Swarm (is_noted_swarm). A Swarm that an administrator made later is left alone; one that was interrupted while it was made
# counts as noted.
is_owned() { [ "$(noted_owner "$notes")" = "$OWNER" ]; }

is_noted_swarm() {
  local id
  id=$(cat "$notes/swarm" 2>/dev/null || true)
  [ -z "$id" ] || [ "$id" = "$(docker info --format '{{.Swarm.NodeID}}')" ]
}

is_ours() { noted swarm && is_owned && is_noted_swarm; }

volume_is_there() { docker volume inspect "$VOLUME" >/dev/null 2>&1; }

volume_field() { docker volume inspect --format "$1" "$VOLUME"; }

# Prints the identifier and the name of a volume's owner, a line each; nothing if no owner is noted.
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
