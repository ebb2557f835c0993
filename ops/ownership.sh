# shellcheck shell=bash
# Sourced by ops/stack.sh: whose a stack's things are, and what an interrupted run of the same owner left.
# shellcheck disable=SC2154 # stack is stack.sh's

# The owner's identifier, which every thing of the stack has as a label; empty before the first update. The program makes it and keeps it as a tag of the stack, and the state
# has it too. A backend of files gives the tags of a stack that was renamed to the next one of the old name: a stack without any update has no owner (OwnershipStore.java).
owner() {
  local state id history
  state=$(pulumi stack export --stack "$stack") || exit 1
  id=$(sed -nE '/"owner": "[a-z0-9]{8,40}"/ { s/.*"owner": "([a-z0-9]*)".*/\1/p; q; }' <<<"$state")
  if [ -z "$id" ]; then
    history=$(pulumi stack history --json --page-size 1 --stack "$stack") || exit 1
    case $state$history in
      *'"urn"'* | *'"kind"'*) id=$(pulumi stack tag get sparkcluster:owner --stack "$stack" 2>/dev/null) || id='' ;;
    esac
  fi
  printf '%s' "$id"
}

# Before the state is emptied: a stack that was renamed since its last up has its owner there only.
keep_owner() {
  local id
  id=$(owner)
  if [ -n "$id" ] && ! pulumi stack tag get sparkcluster:owner --stack "$stack" >/dev/null 2>&1; then
    pulumi stack tag set sparkcluster:owner "$id" --stack "$stack"
    pulumi stack tag set sparkcluster:cluster "$(pulumi stack export --stack "$stack" | field cluster)" --stack "$stack"
  fi
}

# The cluster's name: the stack's own choice, else the one that it got when it was first made.
cluster_name() {
  local pinned
  pinned=$(pulumi stack tag get sparkcluster:cluster --stack "$stack" 2>/dev/null) || pinned=''
  config_or name "${pinned:-spark-$stack}"
}

# After a run that was interrupted or killed, the state may name operations that never ended, hold its lock, and know nothing of what was just being made.
# Put right here, so that the next run completes. Only what carries the owner's label is looked at.
repair() {
  local state id before
  unlock
  end_orphans
  id=$(owner)
  # Listed before the state is read: what another run of the same owner makes in between is not taken for a leftover.
  before=$(if [ -n "$id" ]; then list_owned "$id"; fi)
  state=$(pulumi stack export --stack "$stack")
  if grep -q '"pending_operations"' <<<"$state"; then
    say "the last run was interrupted; reading what is there"
    # Takes the stack's lock, and so fails while another run holds it.
    pulumi refresh --yes --skip-preview --clear-pending-creates --stack "$stack" >/dev/null ||
      die "the state of stack $stack could not be read again; the reason is above"
    state=$(pulumi stack export --stack "$stack")
  fi
  if [ -n "$id" ]; then refuse_foreign "$id" "$state"; fi
  tell_lost "$state"
  remove_unknown "$state" "$before"
}

# Plugins outlive a pulumi that was killed, for minutes, and may still be making something. Those of this checkout whose pulumi is gone are ended, so that what they made
# is there when it is looked for.
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

# What a platform may know better, in the file of its nodes:
# list_owned OWNER: what carries the owner's label and might be unknown to the state, one thing a line.
list_owned() { :; }
# refuse_foreign OWNER STATE: ends the run where the state names what is somebody else's by now.
refuse_foreign() { :; }
# tell_lost STATE: says what of the stack's files is gone.
tell_lost() { :; }
# node_states OUTPUTS: NAME, MACHINE and STATE of every node, with tabs between; a state begins with ready or running if all is well.
node_states() { :; }

# The images that this stack's state says were built here, noted for purge: after down the state is empty.
note_images() {
  local id file
  id=$(owner)
  [ -n "$id" ] || return 0
  file=.local/images/$id
  mkdir -p .local/images
  {
    cat "$file" 2>/dev/null || true
    pulumi stack export --stack "$stack" | built_images
  } | sort -u >"$file.new"
  mv "$file.new" "$file"
}

# built_images: their names, from an exported state on standard input. What is built here is called so; in Podman's store localhost/ stands in front.
built_images() { sed -nE 's/.*"id": "sha256:[0-9a-f]{64}((localhost\/)?sparkcluster\/[^"]*)".*/\1/p'; }

# stays WORDS: says what purge leaves, and why.
stays() {
  say "$*"
  # shellcheck disable=SC2034 # read by ops/cluster
  something_stays=yes
}

# Images may be run by every owner, and are named by the hash of what they are built from. Those that this stack built lose their names, unless a container that is not
# the stack's uses them.
purge_images() {
  local id=$1 image file
  file=.local/images/$id
  [ -s "$file" ] || return 0
  while IFS= read -r image; do
    if ! docker image inspect "$image" >/dev/null 2>&1; then continue; fi
    if used_by_others "$image" "$id"; then
      stays "image $image is used by a container, or by another image of one, that is not of stack $stack, and stays"
    elif ! docker image rm "$image" >/dev/null; then
      stays "image $image stays; the reason is above"
    fi
  done <"$file"
  rm -f "$file"
}

# BuildKit does not note which image is built on which. An image is built on another one if its layers begin with the other one's.
used_by_others() { # IMAGE OWNER
  local layers above containers owner used
  # An engine that does not answer is no reason to think that nobody uses it.
  layers=$(layers_of "$1") || return 0
  containers=$(docker ps --all --no-trunc --format '{{.ID}} {{.Label "io.sparkcluster.owner"}}') || return 0
  while read -r container owner; do
    if [ -z "$container" ] || [ "$owner" = "$2" ]; then continue; fi
    # A container that is gone by now uses nothing.
    used=$(docker inspect --format '{{.Image}}' "$container" 2>/dev/null) || continue
    above=$(layers_of "$used") || return 0
    case $above in "$layers"*) return 0 ;; esac
  done <<<"$containers"
  return 1
}

layers_of() { docker image inspect --format '{{range .RootFS.Layers}}{{.}} {{end}}' "$1"; }
