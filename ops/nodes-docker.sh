# shellcheck shell=bash
# Sourced by ops/stack.sh: the nodes of a stack as containers. ops/nodes-kubernetes.sh has the same functions for pods.
# shellcheck disable=SC2154 # project and stack are stack.sh's

# ours COMMAND...: runs a listing command of docker, limited to what belongs to the stack's owner.
ours() {
  if [ -z "${owner_id:-}" ]; then owner_id=$(owner) || exit 1; fi
  # Without an owner nothing was made: no object has the label value none.
  docker "$@" --filter "label=io.sparkcluster.owner=${owner_id:-none}"
}

# Callers must check the exit code: inside $(...), die ends only the subshell.
edge() {
  local container
  require_engine
  container=$(ours ps --quiet --filter label=io.sparkcluster.role=edge)
  [ -n "$container" ] || die "stack $stack has no running edge node: make up STACK=$stack"
  printf '%s' "$container"
}

# on_edge COMMAND...: runs the command on the edge node, with this script's standard input.
on_edge() {
  local container
  container=$(edge) || exit 1
  docker exec --interactive "$container" "$@"
}

shell_on_edge() {
  local container
  container=$(edge) || exit 1
  exec docker exec --interactive --tty "$container" bash
}

# node_logs ROLE LINES: prints the last lines of each node; of all roles if ROLE is empty.
node_logs() {
  local containers container
  require_engine
  containers=$(ours ps --all --format '{{.Names}}' ${1:+--filter "label=io.sparkcluster.role=$1"})
  for container in $containers; do
    printf '==> %s <==\n' "$container"
    docker logs --tail "$2" "$container" 2>&1
  done
}

# node_states OUTPUTS: prints NAME, MACHINE and STATE of every node that the stack should have, separated by tabs. STATE begins with ready or running if the
# node is well.
node_states() {
  local machine found name
  require_engine
  machine=$(docker info --format '{{.Name}}')
  found=$(ours ps --all --filter label=io.sparkcluster.role --format '{{.Names}}|{{.Status}}')
  for name in $(expected_nodes "$1"); do
    printf '%s\t%s\t%s\n' "$name" "$machine" "$(state_of "$name" "$found")"
  done
}

state_of() { # NAME LISTED
  local status
  status=$(awk -F '|' -v name="$1" '$1 == name { print $2 }' <<<"$2")
  case $status in
    '') printf 'gone' ;;
    *'(unhealthy)'*) printf 'does not answer its health check (%s)' "$status" ;;
    *'starting'*) printf 'still starting (%s)' "$status" ;;
    *'(Paused)'*) printf 'paused (%s)' "$status" ;;
    Up*'(healthy)'*) printf 'ready (%s)' "$status" ;;
    Up*) printf 'running (%s)' "$status" ;;
    *) printf 'does not run (%s)' "$status" ;;
  esac
}

# expected_nodes OUTPUTS: prints the names of the master, the workers, the edge node and the history server, if there is one, from the stack's outputs.
expected_nodes() {
  local master
  master=$(sed -nE 's|.*"masterUrl": "spark://([^:"]*):.*|\1|p' <<<"$1")
  printf '%s\n' "$master"
  sed -nE 's/.*"name": "([^"]*)".*/\1/p' <<<"$1"
  printf '%s\n' "${master%-master}-edge"
  case $1 in *'"historyUrl": "'*) printf '%s\n' "${master%-master}-history" ;; esac
}

# remove_all COMMAND... -- ID...: does nothing without identifiers.
remove_all() {
  if [ "${!#}" != -- ]; then docker "$@" >/dev/null; fi
}

# list_owned OWNER: prints kind and identifier of the containers and networks that carry the owner's label, one per line.
list_owned() {
  ours ps --all --quiet --no-trunc | sed 's/^/container /'
  ours network ls --quiet --no-trunc | sed 's/^/network /'
}

# Removes what an interrupted run of this owner made but did not write to the state.
remove_unknown() { # STATE LISTED
  local kind id
  while read -r kind id; do
    if [ -z "$id" ] || grep -qF "$id" <<<"$1"; then continue; fi
    say "removing a $kind that an interrupted run left: $(docker inspect --format '{{.Name}}' "$id" 2>/dev/null || echo "$id")"
    case $kind in
      container) docker rm --force "$id" >/dev/null ;;
      network) docker network rm "$id" >/dev/null ;;
    esac
  done <<<"$2"
}

# The volumes of single nodes and of secrets that an interrupted run was making. The state forgets them when it is read again, so down would leave them; up takes
# them by their names. A workspace and other shared volumes are not among them: they may be older than that run, and have files.
unfinished=''
note_unfinished() { # STATE
  unfinished=$(awk -F '"' '$2 == "pending_operations" { pending = 1 }
    pending && $2 == "urn" { volume = $4 ~ /\$docker:index\/volume:Volume::/ && $4 !~ /SharedVolume\$/ }
    pending && $2 == "name" && volume { print $4 }' <<<"$1" | sort -u)
}

remove_unfinished() { # OWNER
  local name
  while IFS= read -r name; do
    # Only if it is this owner's.
    if [ -z "$name" ] || [ "$(docker volume inspect --format '{{index .Labels "io.sparkcluster.owner"}}' "$name" 2>/dev/null)" != "$1" ]; then continue; fi
    say "removing the volume $name, which an interrupted run left"
    docker volume rm "$name" >/dev/null
  done <<<"$unfinished"
}

# The state knows volumes by name only: a volume of that name that another owner has made since must not be removed.
refuse_foreign() { # OWNER STATE
  local name other
  while IFS= read -r name; do
    [ -n "$name" ] || continue
    other=$(docker volume inspect --format '{{index .Labels "io.sparkcluster.owner"}}' "$name" 2>/dev/null) || continue
    case $other in
      '' | '<no value>' | "$1") ;;
      *)
        die "the volume $name is in the state of stack $stack, and somebody else has made one of this name since: $(docker volume inspect --format '{{index .Labels "io.sparkcluster.owner.name"}}' "$name"). Take it out of the state: pulumi state delete, with the urn that pulumi stack --show-urns --stack $stack shows for it"
        ;;
    esac
  done < <(volumes_in "$2")
}

# The names of the volumes in a state, which are their ids. In an exported state a resource's id comes before its type.
volumes_in() { # STATE
  awk -F '"' '$2 == "id" { id = $4 } $2 == "type" { if ($4 == "docker:index/volume:Volume") print id; id = "" }' <<<"$1"
}

# Reports the stack's volumes that somebody removed.
tell_lost() { # STATE
  local name
  docker version >/dev/null 2>&1 || return 0
  for name in $(volumes_in "$1"); do
    if ! docker volume inspect "$name" >/dev/null 2>&1; then say "the volume $name is gone, and what was in it is lost; up makes a new, empty one"; fi
  done
}

# Removes what down keeps on purpose: the workspace, found by its owner's label, or by the tag if it comes from a release without labels.
remove_kept() {
  local taken name
  # shellcheck disable=SC2046 # one identifier per word
  remove_all container rm --force -- $(ours ps --all --quiet)
  # shellcheck disable=SC2046
  remove_all volume rm -- $(ours volume ls --quiet)
  # shellcheck disable=SC2046
  remove_all network rm -- $(ours network ls --quiet)
  taken=$(stack_tag sparkcluster:workspace)
  if [ -z "$taken" ]; then return; fi
  name=${taken%% *}
  if [ "$taken" = "$name $(docker volume inspect --format '{{.CreatedAt}}' "$name" 2>/dev/null)" ]; then docker volume rm "$name" >/dev/null; fi
}
