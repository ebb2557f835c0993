# shellcheck shell=bash
# Sourced by toolchain/stack.sh: the nodes of a stack as pods. toolchain/nodes-docker.sh has the same functions for containers.
# shellcheck disable=SC2154 # project and stack are stack.sh's

# A label's value may hold no slash.
label=io.sparkcluster.stack=$project.$stack

# kube ARGUMENT...: kubectl in the stack's context; never in the one that happens to be current, unless the stack says so.
kube() {
  local context file
  context=$(config_or kubernetes.context '') || exit 1
  file=$(config_or kubernetes.kubeconfig '') || exit 1
  if [ "$context" = current ]; then context=$(kubectl ${file:+--kubeconfig "$file"} config current-context); fi
  kubectl ${file:+--kubeconfig "$file"} --context "$context" "$@"
}

namespace() {
  local name
  name=$(config_or name "spark-$stack") || exit 1
  config_or kubernetes.namespace "$name"
}

# pods [ROLE]: their names.
pods() {
  local namespace
  namespace=$(namespace) || exit 1
  kube --namespace "$namespace" get pods --selector "$label${1:+,io.sparkcluster.role=$1}" --output name
}

# Its caller assigns the answer and ends with it: inside of $(...) die ends no more than that.
edge() {
  local pod
  pod=$(pods edge) || exit 1
  [ -n "$pod" ] || die "stack $stack has no edge node: make up STACK=$stack"
  printf '%s' "$pod"
}

# on_edge COMMAND...: with standard input.
on_edge() {
  local namespace pod
  namespace=$(namespace) || exit 1
  pod=$(edge) || exit 1
  kube --namespace "$namespace" exec --stdin "$pod" --container node -- "$@"
}

shell_on_edge() {
  local namespace pod
  namespace=$(namespace) || exit 1
  pod=$(edge) || exit 1
  kube --namespace "$namespace" exec --stdin --tty "$pod" --container node -- bash
}

# node_logs ROLE LINES: of all roles if there is none given.
node_logs() {
  local namespace names pod
  namespace=$(namespace)
  names=$(pods "$1")
  for pod in $names; do
    printf '==> %s <==\n' "${pod#pod/}"
    kube --namespace "$namespace" logs "$pod" --tail "$2" 2>&1 || true
  done
}

# An interrupted run leaves objects that the next one finds by their names and goes on with. But a Kubernetes cluster that was made anew, as
# after minikube delete, has nothing of what the state says.
remove_unknown() { # STATE
  grep -q '"kubernetes:' <<<"$1" || return 0
  if kube version >/dev/null 2>&1 && [ -z "$(kube get namespace "$(namespace)" --ignore-not-found --output name)" ]; then
    say "the namespace $(namespace) is gone; reading what is there"
    pulumi refresh --yes --skip-preview --stack "$stack" >/dev/null
  fi
}

# What down leaves on purpose: the workspace's claim and the namespace that it lies in, if the stack made that.
remove_kept() {
  kube --namespace "$(namespace)" delete persistentvolumeclaims --selector "$label" --ignore-not-found >&2
  kube delete namespaces --selector "$label" --ignore-not-found >&2
}
