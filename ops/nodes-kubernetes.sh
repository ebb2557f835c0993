# shellcheck shell=bash
# Sourced by ops/stack.sh: the nodes of a stack as pods. ops/nodes-docker.sh has the same functions for containers.
# shellcheck disable=SC2154 # project and stack are stack.sh's

# The kinds of a cluster's objects, except the workspace's claim and the namespace, which outlive it.
readonly owned_kinds=statefulsets,services,configmaps,secrets,networkpolicies,poddisruptionbudgets,horizontalpodautoscalers,serviceaccounts,roles,rolebindings

# Sets the context in which the stack's objects are, whichever is current; before there are objects, the configured one.
find_context() {
  kube_file=$(config_or kubernetes.kubeconfig '') || exit 1
  kube_context=$(pulumi stack output kubernetesContext --stack "$stack" 2>/dev/null) || kube_context=$(stack_tag sparkcluster:context) || exit 1
  if [ -z "$kube_context" ]; then kube_context=$(config_or kubernetes.context '') || exit 1; fi
  if [ "$kube_context" = current ]; then kube_context=$(kubectl ${kube_file:+--kubeconfig "$kube_file"} config current-context) || exit 1; fi
}
find_context

# kube ARGUMENT...: runs kubectl in that context. Without a name kubectl would use the current context.
kube() {
  [ -n "$kube_context" ] || die "stack $stack names no context of kubectl: pulumi config set --path kubernetes.context NAME --stack $stack"
  kubectl ${kube_file:+--kubeconfig "$kube_file"} --context "$kube_context" "$@"
}

namespace() {
  local name
  name=$(cluster_name) || exit 1
  config_or kubernetes.namespace "$name"
}

# in_namespace ARGUMENT...: runs kubectl in the cluster's namespace. Without a name kubectl would use the context's default namespace. Callers that discard
# kubectl's errors must look up the namespace first, so that an error of that look-up is not discarded too.
in_namespace() {
  local namespace
  namespace=$(namespace) || exit 1
  [ -n "$namespace" ] || die "the namespace of stack $stack has no name: pulumi config set --path kubernetes.namespace NAME --stack $stack"
  kube --namespace "$namespace" "$@"
}

# label: prints the selector of what belongs to the stack's owner. Without an owner nothing was made: no object has the label value none.
label() {
  if [ -z "${owner_id:-}" ]; then owner_id=$(owner) || exit 1; fi
  printf 'io.sparkcluster.owner=%s' "${owner_id:-none}"
}

# pods [ROLE]: prints the names of the stack's pods.
pods() {
  local label
  label=$(label) || exit 1
  in_namespace get pods --selector "$label${1:+,io.sparkcluster.role=$1}" --output name
}

# Callers must check the exit code: inside $(...), die ends only the subshell.
edge() {
  local pod
  pod=$(pods edge) || exit 1
  [ -n "$pod" ] || die "stack $stack has no edge node: make up STACK=$stack"
  printf '%s' "$pod"
}

# on_edge COMMAND...: runs the command on the edge node, with this script's standard input.
on_edge() {
  local pod
  pod=$(edge) || exit 1
  in_namespace exec --stdin "$pod" --container node -- "$@"
}

shell_on_edge() {
  local pod
  pod=$(edge) || exit 1
  in_namespace exec --stdin --tty "$pod" --container node -- bash
}

# node_logs ROLE LINES: prints the last lines of each node; of all roles if ROLE is empty.
node_logs() {
  local names pod
  names=$(pods "$1") || exit 1
  for pod in $names; do
    printf '==> %s <==\n' "${pod#pod/}"
    in_namespace logs "$pod" --tail "$2" 2>&1 || true
  done
}

# node_states OUTPUTS: prints NAME, MACHINE and STATE of every pod that the stack should have, separated by tabs. STATE begins with ready if the pod is well.
node_states() {
  local found name label namespace
  find_context
  namespace=$(namespace) || exit 1
  label=$(label) || exit 1
  if ! found=$(kube --namespace "$namespace" --request-timeout=15s get pods --selector "$label,io.sparkcluster.role in (master,worker,edge,history)" \
    --output 'jsonpath={range .items[*]}{.metadata.name}|{.spec.nodeName}|{.status.phase}|{.status.containerStatuses[0].ready}|{.status.containerStatuses[0].restartCount}|{.status.containerStatuses[0].state.waiting.reason}|{.metadata.deletionTimestamp}|{.status.conditions[?(@.type=="PodScheduled")].message}{"\n"}{end}' 2>/dev/null); then
    for name in $(expected_nodes "$1"); do printf '%s\t%s\t%s\n' "$name" - "unknown: the Kubernetes cluster of context $kube_context does not answer"; done
    return
  fi
  awk -F '|' '
    NF < 8 { next }
    $7 != "" { state = "is being removed" }
    $7 == "" && $6 != "" { state = $6 }
    $7 == "" && $6 == "" && $3 == "Pending" { state = "waits: " ($8 == "" ? "Pending" : $8) }
    $7 == "" && $6 == "" && $3 == "Running" { state = ($4 == "true" ? "ready" : "does not answer its health check, or is still starting") }
    $7 == "" && $6 == "" && $3 != "Pending" && $3 != "Running" { state = $3 }
    { printf "%s\t%s\t%s%s\n", $1, ($2 == "" ? "-" : $2), state, ($5 > 0 ? " (" $5 " restarts)" : "") }' <<<"$found"
  for name in $(expected_nodes "$1"); do
    if ! grep -q "^$name|" <<<"$found"; then printf '%s\t-\tgone\n' "$name"; fi
  done
}

# expected_nodes OUTPUTS: prints the pods of the master, if there is one, the workers, the edge node and the history server, if there is one, from the stack's
# outputs.
expected_nodes() {
  local name
  sed -nE 's|.*"masterUrl": "spark://([^.:"]*)[.:].*|\1|p' <<<"$1"
  sed -nE 's/.*"name": "([^".]*)[."].*/\1/p' <<<"$1"
  name=$(cluster_name) || exit 1
  printf '%s-edge-0\n' "$name"
  case $1 in *'"historyUrl": "'*) printf '%s-history-0\n' "$name" ;; esac
}

# state_objects STATE: prints kind and identifier of the Kubernetes objects in the state. In an exported state a resource's id comes before its type.
state_objects() {
  awk -F '"' '$2 == "id" { id = $4 } $2 == "type" { if ($4 ~ /^kubernetes:/) { n = split($4, parts, ":"); print parts[n], id } id = "" }' <<<"$1"
}

# list_owned OWNER: prints kind and identifier of the objects with the owner's label. If the Kubernetes cluster does not answer, up and down report it later.
list_owned() {
  local namespace
  namespace=$(namespace) || exit 1
  kube --namespace "$namespace" --request-timeout=15s get "$owned_kinds" --selector "io.sparkcluster.owner=$1" \
    --output 'jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name}{"\n"}{end}' 2>/dev/null || true
}

# Removes what an interrupted run of this owner made but did not write to the state.
remove_unknown() { # STATE LISTED
  local known kind id
  known=$(state_objects "$1")
  while read -r kind id; do
    if [ -z "$id" ] || grep -qxF "$kind $id" <<<"$known"; then continue; fi
    say "removing a $kind that an interrupted run left: $id"
    kube --namespace "${id%/*}" delete "$kind" "${id#*/}" --ignore-not-found --timeout=180s >/dev/null </dev/null
  done <<<"$2"
}

# The state knows objects by name only: an object of that name that another owner has made since must not be changed or removed.
refuse_foreign() { # OWNER STATE
  local known found kind id who namespace
  namespace=$(namespace) || exit 1
  known=$(state_objects "$2")
  [ -n "$known" ] || return 0
  found=$(kube --namespace "$namespace" --request-timeout=15s get "$owned_kinds,persistentvolumeclaims" --selector "io.sparkcluster.owner,io.sparkcluster.owner!=$1" \
    --output 'jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name} {.metadata.annotations.io\.sparkcluster\.owner\.name}{"\n"}{end}' 2>/dev/null) || return 0
  while read -r kind id who; do
    if [ -z "$id" ] || ! grep -qxF "$kind $id" <<<"$known"; then continue; fi
    die "the $kind $id is in the state of stack $stack, and somebody else has made one of this name since: ${who:-unknown}. Take it out of the state: pulumi state delete, with the urn that pulumi stack --show-urns --stack $stack shows for it"
  done <<<"$found"
}

# Reports the stack's claims that somebody removed.
tell_lost() { # STATE
  local kind id found
  while read -r kind id; do
    if [ "$kind" != PersistentVolumeClaim ]; then continue; fi
    found=$(kube --namespace "${id%/*}" --request-timeout=15s get persistentvolumeclaims "${id#*/}" --ignore-not-found --output name 2>/dev/null </dev/null) || return 0
    if [ -z "$found" ]; then say "the claim $id is gone, and what was in its volume is lost; up makes a new, empty one"; fi
  done < <(state_objects "$1")
}

# Removes what down keeps on purpose: the workspace's claim, and its namespace if the stack made it.
remove_kept() {
  local label name others
  label=$(label) || exit 1
  in_namespace delete persistentvolumeclaims --selector "$label" --ignore-not-found >&2
  for name in $(kube get namespaces --selector "$label" --output name); do
    name=${name#*/}
    others=$(strangers "$name") || die "the namespace $name stays, since it is not known whether it has objects of others; the reason is above"
    if [ -n "$others" ]; then
      stays "the namespace $name stays, since it has objects that are not of stack $stack:"
      say "$others"
    else
      kube delete namespace "$name" --ignore-not-found >&2
    fi
  done
}

# strangers NAMESPACE: prints the objects of others in it, one per line; leaves out what Kubernetes puts into every namespace and what other objects own.
strangers() {
  local kinds owner
  owner=$(owner) || return 1
  kinds=$(kube api-resources --verbs=list --namespaced --output name) || return 1
  kinds=$(grep -vE '^(events|endpoints|bindings)(\.|$)|^endpointslices\.|^leases\.|\.metrics\.k8s\.io$' <<<"$kinds" | tr '\n' ',')
  kube --namespace "$1" get "${kinds%,}" --ignore-not-found \
    --output 'jsonpath={range .items[*]}{.kind}|{.metadata.name}|{.metadata.labels.io\.sparkcluster\.owner}|{.metadata.ownerReferences[0].kind}{"\n"}{end}' |
    awk -F '|' -v owner="$owner" '
      $3 == owner || $4 != "" { next }
      $1 == "ConfigMap" && $2 ~ /^(kube-root-ca|openshift-service-ca)\.crt$/ || $1 == "ServiceAccount" && $2 == "default" || $1 == "Secret" && $2 ~ /^default-token-/ { next }
      NF == 4 { print "  " $1 " " $2 }'
}
