# shellcheck shell=bash
# Sourced by toolchain/stack.sh: the nodes of a stack as containers. toolchain/nodes-kubernetes.sh has the same functions for pods.
# shellcheck disable=SC2154 # project and stack are stack.sh's

# ours KIND...: a listing command of docker, limited to what belongs to the stack.
ours() { docker "$@" --filter "label=io.sparkcluster.stack=$project/$stack"; }

edge() {
  local container
  container=$(ours ps --quiet --filter label=io.sparkcluster.role=edge)
  [ -n "$container" ] || die "stack $stack has no running edge node: make up STACK=$stack"
  printf '%s' "$container"
}

# on_edge COMMAND...: with standard input.
on_edge() { docker exec --interactive "$(edge)" "$@"; }

shell_on_edge() { exec docker exec --interactive --tty "$(edge)" bash; }

# node_logs ROLE LINES: of all roles if there is none given.
node_logs() {
  local filter=() container
  if [ -n "$1" ]; then filter=(--filter "label=io.sparkcluster.role=$1"); fi
  for container in $(ours ps --all --format '{{.Names}}' "${filter[@]}"); do
    printf '==> %s <==\n' "$container"
    docker logs --tail "$2" "$container" 2>&1
  done
}

# remove_all COMMAND... -- ID...: nothing to do without identifiers.
remove_all() {
  if [ "${!#}" != -- ]; then docker "$@" >/dev/null; fi
}

# What an interrupted run made and did not write down. STATE is the stack's exported state.
remove_unknown() { # STATE
  local unknown=() id
  for id in $(ours ps --all --quiet --no-trunc); do
    if ! grep -q "$id" <<<"$1"; then unknown+=("$id"); fi
  done
  if [ "${#unknown[@]}" -gt 0 ]; then
    say "removing ${#unknown[@]} containers that an interrupted run left"
    docker rm --force "${unknown[@]}" >/dev/null
  fi
  for id in $(ours network ls --quiet --no-trunc); do
    if ! grep -q "$id" <<<"$1"; then docker network rm "$id" >/dev/null; fi
  done
}

# What down leaves on purpose.
remove_kept() {
  # shellcheck disable=SC2046 # one identifier a word
  remove_all container rm --force -- $(ours ps --all --quiet)
  # shellcheck disable=SC2046
  remove_all volume rm -- $(ours volume ls --quiet)
  # shellcheck disable=SC2046
  remove_all network rm -- $(ours network ls --quiet)
}
