# shellcheck shell=bash
# Whether a worker belongs to its master. A master that starts calls the workers that it knew, at their addresses (MasterChanged). A worker that was started at the
# same time, as after a restart of the machine, takes the call for the answer to its own registration: it stops trying, and the master does not know it
# (org.apache.spark.deploy.worker.Worker and Master, 3.5 to 4.3). Its page looks like that of any other worker.

# The answer of the master's reverse proxy for a worker that it does not know.
readonly proxy_refuses=403

# reaches HOST PORT: bounded, since the kernel waits minutes for an answer that a firewall drops.
# shellcheck disable=SC2016 # for the other shell
reaches() { timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null; }

# master_state HOST PORT: prints STANDBY, RECOVERING, COMPLETING_RECOVERY or ALIVE.
master_state() {
  local page
  reaches "$1" "$2" && page=$(http_get "$1" "$2" /json/status) || return 1
  [[ $page =~ \"status\"[[:space:]]*:[[:space:]]*\"([A-Z_]+)\" ]] && printf '%s' "${BASH_REMATCH[1]}"
}

# is_unknown_to_master PORT: whether the worker whose page is on that port has a master, and the master is at work and does not know it.
is_unknown_to_master() {
  local page id host port state
  page=$(http_get 127.0.0.1 "$1" /json/) || return 1
  [[ $page =~ \"masterwebuiurl\"[[:space:]]*:[[:space:]]*\"http://([^:/\"]+):([0-9]+) ]] || return 1
  host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]}
  [[ $page =~ \"id\"[[:space:]]*:[[:space:]]*\"(worker-[^\"]+)\" ]] || return 1
  id=${BASH_REMATCH[1]}
  state=$(master_state "$host" "$port") && [ "$state" = ALIVE ] && [ "$(http_status "$host" "$port" "/proxy/$id/json/")" = "$proxy_refuses" ]
}

# watch_registration PID PORT: ends the worker process, which the platform starts again, when three looks in a row say that its master does not know it.
watch_registration() {
  local pid=$1 seconds=0 unknown=0
  while sleep 1 && kill -0 "$pid" 2>/dev/null; do
    seconds=$((seconds + 1))
    if ((seconds < ${SPARK_REGISTRATION_CHECK:-15})); then continue; fi
    seconds=0
    # A worker that hands over its blocks leaves by itself.
    if [ -e "$SPARK_CONF_DIR/handing-over" ]; then return; fi
    if is_unknown_to_master "$2"; then unknown=$((unknown + 1)); else unknown=0; fi
    if ((unknown == 3)); then
      say 'the master does not know this worker, although the worker believes that it is registered: ending, so that it is started and registered anew'
      kill -TERM "$pid" 2>/dev/null || true
      return
    fi
  done
}
