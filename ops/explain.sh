# shellcheck shell=bash
# Sourced by ops/cluster: shows the state and logs of failed nodes, since Pulumi's error names a node but no reason.
# shellcheck disable=SC2154 # project and stack belong to stack.sh

lines_of_a_node=15

# explain_failure: after an up that did not complete, prints the state and last log lines of every node that does not run or is not ready, to standard error.
# Prints nothing if all nodes are ready or none exists. Never fails, so that it does not hide the error that it explains.
explain_failure() {
  case $(config_or platform docker) in
    kubernetes) explain_kubernetes ;;
    swarm) explain_swarm ;;
    *) explain_docker ;;
  esac >&2 || true
}

# explain_node NAME STATE ROLE MEMORY [GROUP]: MEMORY is yes if the node was killed for lack of memory. GROUP is the group of a worker in a cluster with groups.
# Standard input has the node's log lines.
explain_node() {
  local lines
  lines=$(sed 's/^/    /')
  printf '\nnode %s %s' "$1" "$2"
  if [ -n "$lines" ]; then printf '; its last lines:\n%s\n' "$lines"; else printf '; it logged nothing\n'; fi
  if [ "$4" = yes ]; then printf '  The node was killed because its memory was used up: raise %s\n' "$(memory_key "$3" "${5:-}")"; fi
}

memory_key() { # ROLE GROUP
  case $1 in
    master) printf master.memory ;;
    edge) printf edge.memory ;;
    history) printf history.memory ;;
    *) printf 'workers%s.memory' "${2:+.groups.$2}" ;;
  esac
}

# Of a failed build, Podman's service gives the provider only an exit code. The program left a script that repeats the build (BuildRepetition.java): finished
# steps are still in the engine's store, and the step that failed prints the reason (images/step).
explain_builds() {
  local program image said
  for program in .sparkcluster/build/*.sh; do
    if [ ! -e "$program" ]; then continue; fi
    image=${program##*/}
    printf '\nimage %s: asking the step that failed for its reason\n' "${image%-*}"
    said=$(bounded 600 sh "$program" 2>&1 </dev/null | sed -nE 's/^(.* )?build-step: ?(.*)/  \2/p; s/^(.* )?build-step[|] ?(.*)/    \2/p') || true
    printf '%s\n' "${said:-  it did not fail this time: make up goes on from here}"
    rm -f "$program"
  done
}

explain_docker() {
  explain_builds
  local container name role status code killed restarts health group state
  for container in $(ours ps --all --quiet --filter label=io.sparkcluster.role); do
    IFS='|' read -r name role status code killed restarts health group < <(docker inspect --format \
      '{{.Name}}|{{index .Config.Labels "io.sparkcluster.role"}}|{{.State.Status}}|{{.State.ExitCode}}|{{.State.OOMKilled}}|{{.RestartCount}}|{{if .State.Health}}{{.State.Health.Status}}{{end}}|{{index .Config.Labels "io.sparkcluster.group"}}' "$container") || continue
    case $role in master | worker | edge | history) ;; *) continue ;; esac
    case $status/$restarts/$health in running/0/healthy | running/0/) continue ;; esac
    case $status in
      running) state="runs and is ${health:-not healthy}" ;;
      created) state='was never started' ;;
      *) state="is $status, exit code $code" ;;
    esac
    if [ "${restarts:-0}" != 0 ]; then state="$state, started again $restarts times"; fi
    if [ "$killed" = true ]; then killed=yes; fi
    docker logs --tail "$lines_of_a_node" "$container" 2>&1 | explain_node "${name#/}" "$state" "$role" "$killed" "$group"
  done
}

explain_kubernetes() {
  local pod role phase ready restarts waiting reason code last group state killed
  while IFS='|' read -r pod role phase ready restarts waiting reason code last group; do
    if [ -z "$pod" ] || [ "$phase/$ready/${restarts:-0}" = Running/true/0 ]; then continue; fi
    state="is $phase"
    if [ "$phase/$ready" = Running/false ]; then state='runs and is not ready'; fi
    if [ "$phase/$ready" = Running/true ]; then state='is ready now'; fi
    if [ -n "$waiting" ]; then state="$state ($waiting)"; fi
    if [ "${restarts:-0}" != 0 ]; then state="$state, started again $restarts times, the last time after ${reason:-$last} (exit code $code)"; fi
    killed=no
    case $reason in OOMKilled) killed=yes ;; esac
    pod_lines "$pod" "$phase" "${restarts:-0}" | explain_node "$pod" "$state" "$role" "$killed" "$group"
  done < <(in_namespace get pods --selector "$(label)" --output jsonpath='{range .items[*]}{.metadata.name}|{.metadata.labels.io\.sparkcluster\.role}|{.status.phase}|{.status.containerStatuses[0].ready}|{.status.containerStatuses[0].restartCount}|{.status.containerStatuses[0].state.waiting.reason}|{.status.containerStatuses[0].lastState.terminated.reason}|{.status.containerStatuses[0].lastState.terminated.exitCode}|Error|{.metadata.labels.io\.sparkcluster\.group}{"\n"}{end}')
}

# pod_lines POD PHASE RESTARTS: prints the log of the pod's last container, or, if the pod never ran, its events.
pod_lines() {
  local previous=''
  if [ "$3" != 0 ]; then previous=--previous; fi
  # shellcheck disable=SC2086 # nothing, or one option
  if [ "$2" = Pending ] || ! in_namespace logs "$1" --container node --tail "$lines_of_a_node" $previous 2>/dev/null; then
    in_namespace get events --field-selector "involvedObject.name=$1" --sort-by .lastTimestamp \
      --output jsonpath='{range .items[*]}{.reason}: {.message}{"\n"}{end}' | tail -n 5
  fi
}

explain_swarm() {
  local manager listed role service failed killed group
  if [ ! -r "$(ssh_config)" ]; then return 0; fi
  # If the configuration names no manager, the first machine is the manager.
  manager=$(config_or swarm.manager "$(machines | sort | head -n 1)")
  listed=$(services "$manager" 2>/dev/null) || return 0
  while read -r role service; do
    if [ -z "$role" ]; then continue; fi
    failed=$(on_machine "$manager" docker service ps --no-trunc --format '{{.Name}} on {{.Node}}: {{.CurrentState}} {{.Error}}' "$service" </dev/null 2>/dev/null |
      grep -E ': (Failed|Rejected|Pending|Preparing|Starting|Orphaned)' | head -n 5) || continue
    killed=no group=''
    case $failed in *'(137)'* | *'OOM'*)
      killed=yes
      group=$(on_machine "$manager" docker service inspect --format '{{index .Spec.Labels "io.sparkcluster.group"}}' "$service" </dev/null 2>/dev/null) || true
      ;;
    esac
    # Logs are on the machines where the tasks ran; without the limit, a machine that does not answer would block the manager.
    on_machine "$manager" timeout 30 docker service logs --raw --tail "$lines_of_a_node" "$service" </dev/null 2>&1 |
      tail -n "$lines_of_a_node" | explain_node "$service" "has tasks that do not run:
$(printf '%s' "$failed" | sed 's/^/    /')
  " "$role" "$killed" "$group"
  done <<<"$listed"
}
