# shellcheck shell=bash
# Sourced by ops/stack.sh: the nodes of a stack as services of a Swarm. ops/nodes-docker.sh has the same functions for containers.
# shellcheck disable=SC2154 # project and stack are stack.sh's

cluster() { cluster_name; }

ssh_config() {
  local cluster
  cluster=$(cluster) || exit 1
  printf '.sparkcluster/ssh/%s/config' "$cluster"
}

# In a fresh checkout the file is missing: the program writes it before it checks the machines.
write_ssh_config() { # FILE
  local answer
  if [ -r "$1" ]; then return; fi
  answer=$(pulumi preview --stack "$stack" 2>&1) || true
  [ -r "$1" ] || die "pulumi preview did not write $1, by which the machines are reached: $(tail -n 5 <<<"$answer")"
}

# Prints the names of the machines.
machines() {
  local config
  config=$(ssh_config) || exit 1
  write_ssh_config "$config"
  sed -n 's/^Host \([a-z0-9-]*\)$/\1/p' "$config" | grep -vx jump-host
}

# on_machine NAME COMMAND...: runs the command there, its words unchanged, with this script's standard input.
on_machine() {
  local machine=$1 config
  shift
  config=$(ssh_config) || exit 1
  write_ssh_config "$config"
  ssh -F "$config" "$machine" "$(quoted "$@")"
}

# on_terminal NAME COMMAND...: the same, on a terminal.
on_terminal() {
  local machine=$1 config
  shift
  config=$(ssh_config) || exit 1
  ssh -t -F "$config" "$machine" "$(quoted "$@")"
}

manager() { pulumi stack output swarmManager --stack "$stack" 2>/dev/null || die "stack $stack is not up: make up STACK=$stack"; }

edge_machine() { pulumi stack output edgeMachine --stack "$stack" 2>/dev/null || die "stack $stack is not up: make up STACK=$stack"; }

# Callers must check the exit code: inside $(...), die ends only the subshell.
edge() { # MACHINE
  local container cluster
  cluster=$(cluster) || exit 1
  container=$(on_machine "$1" docker ps --quiet --filter "label=com.docker.swarm.service.name=$cluster-edge" </dev/null | head -n 1) || exit 1
  [ -n "$container" ] || die "stack $stack has no running edge node: make up STACK=$stack"
  printf '%s' "$container"
}

# on_edge COMMAND...: runs the command on the edge node, with this script's standard input.
on_edge() {
  local machine container
  machine=$(edge_machine) || exit 1
  container=$(edge "$machine") || exit 1
  on_machine "$machine" docker exec --interactive "$container" "$@"
}

shell_on_edge() {
  local machine container
  machine=$(edge_machine) || exit 1
  container=$(edge "$machine") || exit 1
  on_terminal "$machine" docker exec --interactive --tty "$container" bash
}

# services MANAGER [ROLE]: prints role and name of the owner's services, one per line; workers may have a service for each group.
services() {
  local id role
  id=$(owner) || exit 1
  for role in ${2:-master worker edge history}; do
    on_machine "$1" docker service ls --filter "label=io.sparkcluster.owner=${id:-none}" --filter "label=io.sparkcluster.role=$role" \
      --format "$role {{.Name}}" </dev/null || exit 1
  done
}

# node_logs ROLE LINES: prints tasks and last lines of a role's services; of all roles if ROLE is empty.
node_logs() {
  local listed role service manager
  manager=$(manager) || exit 1
  listed=$(services "$manager" "$1") || exit 1
  while read -r role service; do
    if [ -z "$role" ]; then continue; fi
    printf '==> %s <==\n' "$service"
    on_machine "$manager" docker service ps --no-trunc --format 'table {{.Name}}\t{{.Node}}\t{{.CurrentState}}\t{{.Error}}' "$service" </dev/null
    on_machine "$manager" timeout 30 docker service logs --tail "$2" --timestamps "$service" </dev/null 2>&1 || true
  done <<<"$listed"
}

# Prints the configured manager; if none is named, the first machine is the manager.
configured_manager() {
  local first
  first=$(machines | sort | head -n 1) || exit 1
  config_or swarm.manager "$first"
}

# as_root MACHINE SCRIPT WORD...: runs a script for sh as root, since before up and after down the administrator is not in Docker's group.
as_root() {
  local machine=$1 script=$2
  shift 2
  # shellcheck disable=SC2016 # for the machine's shell
  on_machine "$machine" sh -c 'if [ "$(id -u)" = 0 ]; then exec sh -c "$@"; else exec sudo -n sh -c "$@"; fi' sh "$script" sh "$@" </dev/null
}

# list_owned OWNER: prints kind and identifier of services and gates that carry the owner's label, one per line. If the machine does not answer, up reports it
# later.
list_owned() {
  local manager
  if [ ! -r "$(ssh_config)" ]; then return 0; fi
  manager=$(configured_manager)
  # shellcheck disable=SC2016 # for the machine's shell
  as_root "$manager" '
    command -v docker >/dev/null || exit 0
    docker service ls --quiet --filter "label=$1" | xargs -r docker service inspect --format "service {{.ID}}"
    docker ps --all --quiet --no-trunc --filter "label=$1" --filter label=io.sparkcluster.role=gate | sed "s/^/container /"' \
    "io.sparkcluster.owner=$1" 2>/dev/null || true
}

# Removes what an interrupted run made but did not write to the state; otherwise its name would be taken.
remove_unknown() { # STATE LISTED
  local kind id manager=''
  while read -r kind id; do
    if [ -z "$id" ] || grep -qF "$id" <<<"$1"; then continue; fi
    if [ -z "$manager" ]; then manager=$(configured_manager); fi
    say "removing a $kind that an interrupted run left: $id"
    case $kind in
      service) as_root "$manager" "docker service rm \"\$1\"" "$id" >/dev/null ;;
      container) as_root "$manager" "docker rm --force \"\$1\"" "$id" >/dev/null ;;
    esac
  done <<<"$2"
}

# tell_lost STATE: reports that somebody removed the workspace's volume, if it is on the edge node's machine: the engine would silently make an empty one for
# the next task.
tell_lost() {
  local name machine server
  name=$(value_of workspace "$1")
  machine=$(value_of edgeMachine "$1")
  server=$(config_or swarm.workspace.nfs.server '')
  case $name in '' | /*) return 0 ;; esac
  if [ -z "$machine" ] || [ -n "$server" ]; then return 0; fi
  # shellcheck disable=SC2016 # for the machine's shell
  if [ "$(as_root "$machine" '
    docker version >/dev/null 2>&1 || exit 0
    owner=$(docker volume inspect --format "{{with .Labels}}{{index . \"io.sparkcluster.owner\"}}{{index . \"io.sparkcluster.stack\"}}{{end}}" "$1" 2>/dev/null)
    if [ -z "$owner" ] && [ ! -e "/var/lib/sparkcluster/.volumes/$1" ]; then echo gone; fi' "$name" 2>/dev/null)" = gone ]; then
    say "the volume $name of $machine is gone, and what was in it is lost; up makes a new, empty one"
  fi
}

# value_of NAME STATE: prints the value of an output.
value_of() { sed -nE "s/.*\"$1\": \"([^\"]*)\".*/\1/p" <<<"$2" | head -n 1; }

# Removes what down keeps on purpose: the workspace's volume, and the tags of images on machines that had Docker before.
remove_kept() {
  local id images machine
  id=$(owner)
  images=$(cat ".local/images/$id" 2>/dev/null) || images=''
  for machine in $(machines); do
    # shellcheck disable=SC2086 # one image per word
    as_root "$machine" "$kept" "$id" $images >/dev/null || stays "not everything could be removed on $machine; the reason is above"
  done
}

# Runs on a machine; its arguments are the owner and the images that the stack built. The owner of a volume from an earlier release is in a note, since it has
# no label.
# shellcheck disable=SC2016 # for the machine's shell
kept='
command -v docker >/dev/null || exit 0
owner=$1
shift
docker volume ls --quiet --filter "label=io.sparkcluster.owner=$owner" | xargs -r docker volume rm
for note in /var/lib/sparkcluster/.volumes/*; do
  volume=${note##*/}
  if [ -e "$note" ] && [ "$(sed -n 1p "$note")" = "$owner" ] && [ "$(sed -n 3p "$note")" = "$(docker volume inspect --format "{{.CreatedAt}}" "$volume" 2>/dev/null)" ]; then
    docker volume rm "$volume" && rm "$note"
  fi
done
rmdir /var/lib/sparkcluster/.volumes /var/lib/sparkcluster 2>/dev/null
for image do
  docker image inspect "$image" >/dev/null 2>&1 || continue
  if docker ps --all --filter "ancestor=$image" --format "[{{.Label \"io.sparkcluster.owner\"}}]" | grep -qvxF "[$owner]"; then
    echo "image $image is used by a container that is not of this stack, and stays" >&2
  else
    docker image rm "$image"
  fi
done
'

# node_states OUTPUTS: prints NAME, MACHINE and STATE of every node that the stack should have, separated by tabs. STATE begins with ready or running if the
# node is well.
node_states() {
  local manager cluster listed
  manager=$(printf '%s' "$1" | field swarmManager)
  cluster=$(cluster)
  # shellcheck disable=SC2046 # one service per word
  if ! listed=$(as_root "$manager" "$tasks" $(expected_services "$cluster" "$1")); then
    printf '%s\t%s\tdoes not answer; it manages the Swarm\n' "$cluster" "$manager"
    return
  fi
  awk -F '|' '
    $1 == "node" { machine[$2] = $3; answers[$2] = $4 == "ready" }
    $1 == "gone" { printf "%s\t-\tgone\n", $2 }
    $1 == "task" {
      name = $2
      if ($5 == 1 && index(name, cluster "-worker") != 1) sub(/\.[0-9]+$/, "", name); else sub(/\./, "-", name)
      on = $3 in machine ? machine[$3] : $3 == "" ? "-" : $3
      if ($3 != "" && !answers[$3]) state = "does not answer: its machine is down"
      else if ($4 ~ /^Running/) state = "running (" $4 ")"
      else state = "does not run (" $4 ($6 == "" ? "" : ": " $6) ")"
      printf "%s\t%s\t%s\n", name, on, state
    }
    $1 == "gate" { printf "%s\t%s\t%s\n", $2, manager, $3 ~ /^Up/ ? "running (" $3 ")" : "does not run (" $3 ")" }
  ' manager="$manager" cluster="$cluster" <<<"$listed"
}

# expected_services CLUSTER OUTPUTS: prints the names of the services that the stack should have, from its outputs.
expected_services() {
  printf '%s-master\n' "$1"
  # Workers are numbered.
  sed -nE 's/.*"name": "([^"]*)-[0-9]+".*/\1/p' <<<"$2" | sort -u
  printf '%s-edge\n' "$1"
  case $2 in *'"historyUrl": "'*) printf '%s-history\n' "$1" ;; esac
}

# Runs on the manager: prints the Swarm's nodes, the tasks that services should have, and the gates.
# shellcheck disable=SC2016
tasks='
docker node ls --quiet | xargs docker node inspect --format "node|{{.Description.Hostname}}|{{index .Spec.Labels \"io.sparkcluster.machine\"}}|{{.Status.State}}" || exit 1
for service do
  count=$(docker service inspect --format "{{.Spec.Mode.Replicated.Replicas}}" "$service" 2>/dev/null) || { echo "gone|$service"; continue; }
  listed=$(docker service ps --no-trunc --filter desired-state=running --filter desired-state=ready --format "task|{{.Name}}|{{.Node}}|{{.CurrentState}}|$count|{{.Error}}" "$service")
  if [ -n "$listed" ]; then printf "%s\n" "$listed"; fi
  missing=$((count - $(printf "%s\n" "$listed" | grep -c .)))
  if [ "$missing" -gt 0 ]; then echo "gone|$missing of $service"; fi
done
for service do
  docker ps --all --filter "name=^/$service-gate\$" --format "gate|{{.Names}}|{{.Status}}"
done
'
