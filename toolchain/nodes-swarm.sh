# shellcheck shell=bash
# Sourced by toolchain/stack.sh: the nodes of a stack as services of a Swarm. toolchain/nodes-docker.sh has the same functions for containers.
# shellcheck disable=SC2154 # project and stack are stack.sh's

cluster() { cluster_name; }

ssh_config() {
  local cluster
  cluster=$(cluster) || exit 1
  printf '.sparkcluster/ssh/%s/config' "$cluster"
}

# The machines by their names, of the configuration that the last preview wrote.
machines() {
  local config
  config=$(ssh_config) || exit 1
  if [ ! -r "$config" ]; then return 0; fi
  sed -n 's/^Host \([a-z0-9-]*\)$/\1/p' "$config" | grep -vx jump-host
}

# on_machine NAME COMMAND...: the words of the command as they are, with standard input.
on_machine() {
  local machine=$1 config
  shift
  config=$(ssh_config) || exit 1
  [ -r "$config" ] || die "$config is not there: pulumi preview, or make preview STACK=$stack, writes it"
  ssh -F "$config" "$machine" "$(printf '%q ' "$@")"
}

# on_terminal NAME COMMAND...: the same on a terminal.
on_terminal() {
  local machine=$1 config
  shift
  config=$(ssh_config) || exit 1
  ssh -t -F "$config" "$machine" "$(printf '%q ' "$@")"
}

manager() { pulumi stack output swarmManager --stack "$stack" 2>/dev/null || die "stack $stack is not up: make up STACK=$stack"; }

edge_machine() { pulumi stack output edgeMachine --stack "$stack" 2>/dev/null || die "stack $stack is not up: make up STACK=$stack"; }

# Its caller assigns the answer and ends with it: inside of $(...) die ends no more than that.
edge() { # MACHINE
  local container cluster
  cluster=$(cluster) || exit 1
  container=$(on_machine "$1" docker ps --quiet --filter "label=com.docker.swarm.service.name=$cluster-edge" </dev/null | head -n 1) || exit 1
  [ -n "$container" ] || die "stack $stack has no running edge node: make up STACK=$stack"
  printf '%s' "$container"
}

# on_edge COMMAND...: with standard input.
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

# node_logs ROLE LINES: of all roles if there is none given.
node_logs() {
  local role cluster manager
  cluster=$(cluster)
  manager=$(manager)
  for role in ${1:-master worker edge}; do
    printf '==> %s-%s <==\n' "$cluster" "$role"
    on_machine "$manager" docker service ps --no-trunc --format 'table {{.Name}}\t{{.Node}}\t{{.CurrentState}}\t{{.Error}}' "$cluster-$role" </dev/null
    on_machine "$manager" timeout 30 docker service logs --tail "$2" --timestamps "$cluster-$role" </dev/null 2>&1 || true
  done
}

# An interrupted run may have made a service and not written that down; its name would then be taken.
remove_unknown() { # STATE
  local id
  if [ ! -r "$(ssh_config)" ]; then return 0; fi
  local machine
  # Without a name the first one manages.
  machine=$(config_or swarm.manager "$(machines | sort | head -n 1)")
  for id in $(on_machine "$machine" sh -c "docker service ls --quiet --filter label=io.sparkcluster.stack=$project/$stack | xargs -r docker service inspect --format '{{.ID}}'" </dev/null 2>/dev/null); do
    if ! grep -q "$id" <<<"$1"; then
      say 'removing a service that an interrupted run left'
      on_machine "$machine" docker service rm "$id" </dev/null >/dev/null
    fi
  done
  for id in $(on_machine "$machine" docker ps --all --quiet --no-trunc --filter "label=io.sparkcluster.stack=$project/$stack" --filter label=io.sparkcluster.role=gate </dev/null 2>/dev/null); do
    if ! grep -q "$id" <<<"$1"; then on_machine "$machine" docker rm --force "$id" </dev/null >/dev/null; fi
  done
}

# What down leaves on purpose: the workspace's volume, where it is one of a machine, and images on machines that had Docker before.
# As root, since down took the administrator out of Docker's group again.
remove_kept() {
  local machine
  while read -r machine; do
    # shellcheck disable=SC2016 # for the machine's shell
    on_machine "$machine" sh -c 'if [ "$(id -u)" = 0 ]; then exec sh -c "$1"; else exec sudo -n sh -c "$1"; fi' sh \
      "command -v docker >/dev/null || exit 0; $(kept_there)" </dev/null >/dev/null || say "not everything could be removed on $machine; the reason is above"
  done < <(machines)
}

kept_there() {
  local filter
  filter="--filter label=io.sparkcluster.cluster=$(cluster)"
  printf 'docker volume ls --quiet %s | xargs -r docker volume rm; docker image ls --quiet --filter label=io.sparkcluster.image | sort -u | xargs -r docker image rm --force' "$filter"
}
