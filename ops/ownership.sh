# shellcheck shell=bash
# Sourced by ops/stack.sh: finds the owner of a stack, and repairs what an interrupted run of that owner left.
# shellcheck disable=SC2154 # stack is stack.sh's

# Prints the owner's identifier, which is a label of everything that the stack made; nothing before the first update. The program makes it and keeps it as a tag
# of the stack; the state has it too. When a stack is renamed in a file backend, its tags pass to the next stack of the old name: therefore the tag of a stack
# without any update is ignored (OwnershipStore.java).
owner() { # [STATE]
  local state=${1:-} id history
  if [ -z "$state" ]; then state=$(pulumi stack export --stack "$stack") || exit 1; fi
  id=$(sed -nE '/"owner": "[a-z0-9]{8,40}"/ { s/.*"owner": "([a-z0-9]*)".*/\1/p; q; }' <<<"$state")
  if [ -z "$id" ]; then
    history=$(pulumi stack history --json --page-size 1 --stack "$stack") || exit 1
    case $state$history in
      *'"urn"'* | *'"kind"'*) id=$(stack_tag sparkcluster:owner) || exit 1 ;;
    esac
  fi
  printf '%s' "$id"
}

# Called before the state is emptied: if the stack was renamed since its last up, only the state has its owner.
keep_owner() {
  local id noted
  id=$(owner)
  noted=$(stack_tag sparkcluster:owner)
  if [ -n "$id" ] && [ -z "$noted" ]; then
    pulumi stack tag set sparkcluster:owner "$id" --stack "$stack"
    pulumi stack tag set sparkcluster:cluster "$(pulumi stack export --stack "$stack" | field cluster)" --stack "$stack"
  fi
}

# Prints the cluster's name: that of the configuration, else the name from its first up.
cluster_name() {
  local pinned
  pinned=$(stack_tag sparkcluster:cluster) || exit 1
  config_or name "${pinned:-spark-$stack}"
}

# After a run that was interrupted or killed, the state may have pending operations and a lock, and may lack what was just being made. Repairs this, so that the
# next run completes. Looks only at what carries the owner's label.
repair() {
  local state id before
  unlock
  end_orphans
  id=$(owner)
  owner_id=$id
  # Listed before the state is read, so that what another run of the same owner makes in between is not taken for a leftover.
  before=$(if [ -n "$id" ]; then list_owned "$id"; fi)
  state=$(pulumi stack export --stack "$stack")
  if grep -q '"pending_operations"' <<<"$state"; then
    say "the last run was interrupted; reading what is there"
    note_unfinished "$state"
    # Needs the stack's lock, and so fails while another run holds it.
    pulumi refresh --yes --skip-preview --clear-pending-creates --stack "$stack" >/dev/null ||
      die "the state of stack $stack could not be read again; the reason is above"
    state=$(pulumi stack export --stack "$stack")
  fi
  if [ -n "$id" ]; then refuse_foreign "$id" "$state"; fi
  tell_lost "$state"
  remove_unknown "$state" "$before"
}

# Plugins outlive a killed pulumi for minutes and may still be creating resources. Ends the plugins of this checkout whose pulumi is gone, so that everything
# they made exists before leftovers are listed.
end_orphans() {
  local pid parent end
  for pid in $(ps -A -o pid= -o args= | awk -v home="${PULUMI_HOME:-none}/plugins/resource-" 'index($0, home) && $2 !~ /awk/ { print $1 }'); do
    parent=$(ps -p "$pid" -o ppid= | tr -d ' ') || continue
    case $(ps -p "${parent:-0}" -o comm= 2>/dev/null) in *pulumi*) continue ;; esac
    say "ending process $pid, a plugin of a run that was killed"
    kill "$pid" 2>/dev/null || continue
    end=$((SECONDS + 30))
    while is_alive "$pid"; do
      if ((SECONDS >= end)); then
        kill -KILL "$pid" 2>/dev/null || true
        break
      fi
      sleep 0.2
    done
  done
}

# Defaults for functions that the platforms' files may define:
# list_owned OWNER: prints what carries the owner's label and may be missing in the state, one per line.
list_owned() { :; }
# note_unfinished STATE: remembers what the last run was making when it ended and list_owned does not print; remove_unfinished OWNER removes it after the rest.
note_unfinished() { :; }
remove_unfinished() { :; }
# refuse_foreign OWNER STATE: ends the run if the state names something that belongs to another owner by now.
refuse_foreign() { :; }
# tell_lost STATE: reports which volumes of the stack are gone.
tell_lost() { :; }
# node_states OUTPUTS: prints NAME, MACHINE and STATE of every node, separated by tabs; STATE begins with ready or running if the node is well.
node_states() { :; }

# Notes for purge the images that, by the state, this stack built: after down the state is empty.
note_images() {
  local id file state
  state=$(pulumi stack export --stack "$stack")
  id=$(owner "$state")
  [ -n "$id" ] || return 0
  owner_id=$id
  file=.local/images/$id
  mkdir -p .local/images
  {
    cat "$file" 2>/dev/null || true
    built_images <<<"$state"
  } | sort -u >"$file.new"
  mv "$file.new" "$file"
}

# built_images: prints the names of built images in an exported state on standard input. They begin with sparkcluster/, in Podman's store with
# localhost/sparkcluster/.
built_images() { sed -nE 's/.*"id": "sha256:[0-9a-f]{64}((localhost\/)?sparkcluster\/[^"]*)".*/\1/p'; }

# stays WORDS: reports what purge leaves, and why.
stays() {
  say "$*"
  # shellcheck disable=SC2034 # read by ops/cluster
  something_stays=yes
}

# All owners may use an image: its name has the hash of what it is built from. Removes the tags of images that this stack built, unless a container that is not
# of this stack uses them.
purge_images() {
  local id=$1 image file
  file=.local/images/$id
  [ -s "$file" ] || return 0
  while IFS= read -r image; do
    if ! docker image inspect "$image" >/dev/null 2>&1; then continue; fi
    if used_by_others "$image" "$id"; then
      stays "image $image stays: a container that is not of stack $stack uses it, directly or through an image that is built on it"
    elif ! docker image rm "$image" >/dev/null; then
      stays "image $image stays; the reason is above"
    fi
  done <"$file"
  rm -f "$file"
}

# BuildKit does not record which image another one is built on. An image is built on another one if its layers begin with those of the other.
used_by_others() { # IMAGE OWNER
  local layers above containers owner used
  # If the engine does not answer, the image counts as used.
  layers=$(layers_of "$1") || return 0
  containers=$(docker ps --all --no-trunc --format '{{.ID}} {{.Label "io.sparkcluster.owner"}}') || return 0
  while read -r container owner; do
    if [ -z "$container" ] || [ "$owner" = "$2" ]; then continue; fi
    # The container may be gone by now.
    used=$(docker inspect --format '{{.Image}}' "$container" 2>/dev/null) || continue
    above=$(layers_of "$used") || return 0
    case $above in "$layers"*) return 0 ;; esac
  done <<<"$containers"
  return 1
}

layers_of() { docker image inspect --format '{{range .RootFS.Layers}}{{.}} {{end}}' "$1"; }
