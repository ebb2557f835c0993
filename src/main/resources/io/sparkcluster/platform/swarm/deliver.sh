#!/usr/bin/env bash
# Sends images of this machine's engine to the machines that lack them, by SSH, all at the same time: what several machines lack is read and compressed once. One
# line on standard input names a machine and the images that it needs: MACHINE IMAGE...
#   deliver.sh SSH_CONFIG SUDO
set -euo pipefail

config=$1
read -r -a sudo <<<"${2:-}"
limit=3600
step=$((128 * 1048576))
compress=$(command -v pigz || command -v gzip)
folder=$(mktemp -d)
# shellcheck disable=SC2046 # one identifier a word
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT

say() { printf '%s\n' "$*" >&2; }

on() { # MACHINE COMMAND...
  local machine=$1
  shift
  timeout "$limit" ssh -F "$config" "$machine" "${sudo[@]}" "$@"
}

# lacking MACHINE IMAGE...: those that it does not have.
lacking() {
  local machine=$1 present image
  shift
  present=$(on "$machine" docker image ls --all --quiet --no-trunc </dev/null)
  for image in "$@"; do
    if ! grep -Fqx "$image" <<<"$present"; then printf '%s ' "$image"; fi
  done
}

load() { # MACHINE PIPE
  if on "$1" docker load --quiet <"$2" >"$folder/log-$1" 2>&1; then
    say "$1: has them"
  else
    say "$1: $(tail -n 3 "$folder/log-$1")"
    touch "$folder/failed"
    # What is still being sent to the others must not stop for it.
    cat <"$2" >/dev/null 2>&1 || true
  fi
}

# A name comes with an image, for people who look at the machine; services know it by its digest.
names() {
  docker image inspect --format '{{range .RepoTags}}{{.}} {{end}}' "$@" | tr ' ' '\n' | sed '/^$/d'
}

# counted WHO: how many bytes came, and on the way how far it is.
counted() {
  local sum=0 part
  while part=$(head -c "$step" | wc -c) && [ "$part" -gt 0 ]; do
    sum=$((sum + part))
    if [ "$part" -ge "$step" ]; then say "$1: $((sum / 1048576)) MiB so far"; fi
  done
  printf '%s' "$sum"
}

send() { # IMAGES MACHINE...
  local images pipes=() loads=() machine start=$SECONDS size
  read -r -a images <<<"$1"
  shift
  say "$*: lacking ${#images[@]} images, sending them"
  for machine in "$@"; do
    mkfifo "$folder/pipe-$machine"
    pipes+=("$folder/pipe-$machine")
    load "$machine" "$folder/pipe-$machine" &
    loads+=($!)
  done
  # One that breaks off must not end the others.
  mapfile -t images < <(names "${images[@]}")
  size=$(timeout "$limit" docker save "${images[@]}" | "$compress" -1 | tee -p "${pipes[@]}" | counted "$*")
  wait "${loads[@]}"
  say "$*: $((size / 1048576)) MiB sent to each in $((SECONDS - start)) s"
}

declare -A groups=()
while read -r machine rest; do
  read -r -a images <<<"$rest"
  missing=$(lacking "$machine" "${images[@]}")
  if [ -n "$missing" ]; then groups[$missing]+="$machine "; fi
done
for missing in "${!groups[@]}"; do
  read -r -a machines <<<"${groups[$missing]}"
  send "$missing" "${machines[@]}" || touch "$folder/failed" &
done
wait
if [ -e "$folder/failed" ]; then
  say 'error: not every machine got its images; the reasons are above. Repeat when they are mended: what arrived is not sent again.'
  exit 1
fi
