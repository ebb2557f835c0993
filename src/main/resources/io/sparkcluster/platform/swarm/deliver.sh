# shellcheck shell=bash
# Sends images of this machine's engine to the machines that lack them, by SSH and at the same time. Images that several machines lack are read and
# compressed once. Each line on standard input names a machine and the images that it needs: MACHINE IMAGE...
#   deliver.sh SSH_CONFIG SUDO
# It runs on the user's machine, which may have bash 3.2 and no GNU tools. The text of bounded.sh is put in front of it.
set -euo pipefail

config=$1
sudo=${2:-}
limit=3600
step=$((128 * 1048576))
attempts=3
compress=$(command -v pigz || command -v gzip)
folder=$(mktemp -d)
# shellcheck disable=SC2046 # one identifier a word
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT

say() { printf '%s\n' "$*" >&2; }

on() { # MACHINE COMMAND...
  local machine=$1
  shift
  # shellcheck disable=SC2086 # split into words; empty for root
  bounded "$limit" ssh -F "$config" "$machine" $sudo "$@"
}

# Writes the images that a machine has to a file. Fails if the machine cannot be asked, since this does not mean that it has none.
ask() { # MACHINE
  local attempt code
  for ((attempt = 1; attempt <= attempts; attempt++)); do
    code=0
    on "$1" docker image ls --all --quiet --no-trunc </dev/null >"$folder/present-$1" 2>"$folder/log-$1" || code=$?
    # 255 is an error of ssh: the connection broke, or the machine is busy.
    if [ "$code" != 255 ]; then break; fi
    if [ "$attempt" -lt "$attempts" ]; then sleep "$attempt"; fi
  done
  if [ "$code" != 0 ]; then
    say "$1: cannot be asked which images it has: $(tail -n 3 "$folder/log-$1")"
    touch "$folder/failed"
    return 1
  fi
}

# lacking MACHINE IMAGE...: prints the images that the machine does not have.
lacking() {
  local machine=$1 image
  shift
  for image in "$@"; do
    if ! grep -Fqx "$image" "$folder/present-$machine"; then printf '%s ' "$image"; fi
  done
}

load() { # MACHINE PIPE
  # Keeps the pipe open to the end, so that sending to the other machines goes on when this one breaks off.
  exec 3<"$2"
  if on "$1" docker load --quiet <&3 >"$folder/log-$1" 2>&1; then
    say "$1: has them"
  else
    say "$1: $(tail -n 3 "$folder/log-$1")"
    touch "$folder/failed"
    cat <&3 >/dev/null
  fi
}

# Prints the names of images. They are sent along for people who look at the machine; services use the digest.
names() {
  docker image inspect --format '{{range .RepoTags}}{{.}} {{end}}' "$@" | tr ' ' '\n' | sed '/^$/d'
}

# counted WHO: prints the number of bytes on standard input, and reports progress on standard error.
counted() {
  local sum=0 part
  while part=$(head -c "$step" | wc -c | tr -d ' ') && [ "$part" -gt 0 ]; do
    sum=$((sum + part))
    if [ "$part" -ge "$step" ]; then say "$1: $((sum / 1048576)) MiB so far"; fi
  done
  printf '%s' "$sum"
}

send() { # IMAGES MACHINE...
  local images=$1 pipes=() loads=() machine start=$SECONDS size
  shift
  say "$*: lacking $(wc -w <<<"$images" | tr -d ' ') images, sending them"
  for machine in "$@"; do
    mkfifo "$folder/pipe-$machine"
    pipes+=("$folder/pipe-$machine")
    load "$machine" "$folder/pipe-$machine" &
    loads+=($!)
  done
  # shellcheck disable=SC2046,SC2086 # one image a word
  size=$(bounded "$limit" docker save $(names $images) | "$compress" -1 | tee "${pipes[@]}" | counted "$*")
  wait "${loads[@]}"
  say "$*: $((size / 1048576)) MiB sent to each in $((SECONDS - start)) s"
}

# One line for each machine that lacks something: the images, a tab, the machine.
missing() {
  local machine images lacks
  while read -r machine images; do
    # shellcheck disable=SC2086 # one image a word
    if ask "$machine" && lacks=$(lacking "$machine" $images) && [ -n "$lacks" ]; then printf '%s\t%s\n' "$lacks" "$machine"; fi
  done
}

missing | sort >"$folder/missing"
cut -f 1 "$folder/missing" | sort -u >"$folder/groups"
while read -r images; do
  # shellcheck disable=SC2046 # one machine a word
  send "$images" $(awk -F '\t' -v wanted="$images" '{ sub(/ +$/, "", $1) } $1 == wanted { print $2 }' "$folder/missing") || touch "$folder/failed" &
done <"$folder/groups"
wait
if [ -e "$folder/failed" ]; then
  say 'error: not every machine got its images; the reasons are above. Repeat when they are mended: what arrived is not sent again.'
  exit 1
fi
