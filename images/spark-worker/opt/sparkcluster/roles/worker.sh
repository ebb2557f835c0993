# shellcheck shell=bash
# shellcheck disable=SC2154 # image_home comes from lib/common.sh, which sources this
# Role: a worker. On TERM it is decommissioned: its executors hand over their blocks and end before the worker does.

# shellcheck source=images/spark-worker/opt/sparkcluster/lib/memory.sh
source "$image_home/lib/memory.sh"
# shellcheck source=images/spark-worker/opt/sparkcluster/lib/registration.sh
source "$image_home/lib/registration.sh"

# The first registration of a worker that starts before its master fails, and the next one comes 5 to 15 seconds later.
wait_for_master() {
  local address=${SPARK_MASTER_URL#spark://} first limit=${SPARK_MASTER_WAIT:-60}
  first=${address%%,*}
  local end=$((SECONDS + limit))
  until port_answers "${first%:*}" "${first##*:}"; do
    if ((SECONDS >= end)); then
      say "no answer from $SPARK_MASTER_URL in $limit seconds: starting all the same, the worker keeps trying"
      return
    fi
    sleep 0.1
  done
  # Until it leads, a master takes no registration, and its call for the workers that it knew would mislead this one.
  local state
  end=$((SECONDS + (limit < 20 ? limit : 20)))
  until state=$(master_state "${first%:*}" "${SPARK_MASTER_WEBUI_PORT:-8080}") && [ "$state" != STANDBY ]; do
    if ((SECONDS >= end)); then
      say "the page of the master does not say that it is at work (${state:-no answer}): starting all the same"
      return
    fi
    sleep 0.2
  done
}

# Spark handles PWR only if decommissioning is on; otherwise the signal would kill the worker.
decommissions() {
  [[ "${SPARK_DAEMON_JAVA_OPTS:-} ${SPARK_WORKER_OPTS:-}" == *-Dspark.decommission.enabled=true* ]] ||
    grep -Eq '^[[:space:]]*spark\.decommission\.enabled[[:space:]=]+true[[:space:]]*$' "$SPARK_CONF_DIR/spark-defaults.conf"
}

# Executors (and drivers in cluster mode) are children of the worker.
has_executors() { pgrep -P "$1" >/dev/null; }

# hand_over PID: decommissions the worker process, only once: some platforms run this before they send TERM.
hand_over() {
  local pid=$1 limit=${SPARK_DECOMMISSION_TIMEOUT:-60} mark=$SPARK_CONF_DIR/handed-over
  if [ -e "$mark" ] || ((limit <= 0)) || ! decommissions || ! has_executors "$pid"; then return 0; fi
  : >"$SPARK_CONF_DIR/handing-over"
  say "decommissioning, up to $limit seconds for the executors"
  kill -PWR "$pid" 2>/dev/null || true
  local end=$((SECONDS + limit))
  while kill -0 "$pid" 2>/dev/null && has_executors "$pid"; do
    if ((SECONDS >= end)); then
      say "executors still run after $limit seconds: stopping all the same"
      break
    fi
    sleep 0.2
  done
  : >"$mark"
}

stop_worker() {
  local pid=$1
  trap '' TERM INT
  hand_over "$pid"
  kill -TERM "$pid" 2>/dev/null || true
  wait "$pid" || true
  say 'worker stopped'
  exit 0
}

# The address to which this node's host name resolves: that in the cluster's network.
own_address() { getent ahostsv4 "$(hostname)" | awk 'NR == 1 { print $1 }'; }

run() {
  require SPARK_MASTER_URL spark://spark-master:7077
  # Executors announce this name to the driver. If no name is set that others can resolve, the address must serve.
  : "${SPARK_LOCAL_HOSTNAME:=$(own_address)}"
  if [ -n "$SPARK_LOCAL_HOSTNAME" ]; then export SPARK_LOCAL_HOSTNAME; else unset SPARK_LOCAL_HOSTNAME; fi
  local arguments=(--port "${SPARK_WORKER_PORT:-0}" --webui-port "${SPARK_WORKER_WEBUI_PORT:-8081}" --work-dir "${SPARK_WORKER_DIR:-/scratch/work}") pid status=0
  # Spark reads the rest from the environment: SPARK_WORKER_CORES, SPARK_WORKER_MEMORY, SPARK_LOCAL_HOSTNAME, SPARK_LOCAL_DIRS.
  trap 'exit 0' TERM INT
  rm -f "$SPARK_CONF_DIR/handed-over" "$SPARK_CONF_DIR/handing-over"
  watch_memory "${SPARKCLUSTER_WORKSPACE:-/workspace}/.sparkcluster/killed-for-memory" &
  wait_for_master
  start_daemon "${SPARK_WORKER_OPTS:-}" org.apache.spark.deploy.worker.Worker "${arguments[@]}" "$SPARK_MASTER_URL" "$@" &
  pid=$!
  # shellcheck disable=SC2064 # the pid of now
  trap "stop_worker $pid" TERM INT
  watch_registration "$pid" "${SPARK_WORKER_WEBUI_PORT:-8081}" &
  wait "$pid" || status=$?
  exit "$status"
}

# The worker's page names the master only after the master has accepted the worker.
healthy() {
  local state
  state=$(http_get 127.0.0.1 "${SPARK_WORKER_WEBUI_PORT:-8081}" /json/) && [[ $state =~ \"masterurl\"[[:space:]]*:[[:space:]]*\"spark:// ]]
}
