# shellcheck shell=bash
# Verbs create and remove: makes and removes a volume on one machine.
# shellcheck disable=SC2154  # VOLUME, OPTIONS and OWNER are set in front of it

create() {
  if volume_is_there; then
    if volume_is_ours; then return; fi
    die "this machine has a volume $VOLUME already, which $(whose_volume). Choose another name for the cluster, for example $SWARM-2, or, if the volume is yours and no longer needed, remove it on the machine: docker volume rm $VOLUME"
  fi
  docker volume create "${OPTIONS[@]}" "$VOLUME" >/dev/null
}

is_gone() { docker volume rm --force "$VOLUME"; }

# Waits, since containers that mount the volume may still be stopping.
remove() {
  if ! volume_is_there; then return; fi
  if ! volume_is_ours; then
    say "the volume $VOLUME stays: it $(whose_volume)"
    return
  fi
  await 90 "the volume $VOLUME is free" is_gone
  rm -f "${volume_notes:?}/$VOLUME"
  rmdir "$volume_notes" "${volume_notes%/*}" 2>/dev/null || true
}
