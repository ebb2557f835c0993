# shellcheck shell=bash
# Verbs create, remove and keep: a volume on one machine.
# shellcheck disable=SC2154  # VOLUME and OPTIONS are set in front of it

create() {
  if docker volume inspect "$VOLUME" >/dev/null 2>&1; then return; fi
  docker volume create "${OPTIONS[@]}" "$VOLUME" >/dev/null
}

is_gone() { docker volume rm --force "$VOLUME"; }

# Containers that have it mounted may still be on their way out.
remove() { await 90 "the volume $VOLUME is free" is_gone; }
