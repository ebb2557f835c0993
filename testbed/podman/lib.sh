# shellcheck shell=bash
# Sourced by the scripts of this folder: names and folders of the Podman test bed, and commands for it. A machine has only one, so nothing here
# depends on the checkout. All of Podman's folders are below STATE: /etc/containers and the user's stores are never touched.
# shellcheck disable=SC2034  # read by the files that source this one

STATE=/var/lib/spark-cluster-podman
RUN=$STATE/run
LOG=$STATE/service.log
SOCKET=$STATE/podman.sock
PID_FILE=$STATE/service.pid
SUBNET=10.98.0.0/16

# Podman with the test bed's configuration, without the user's.
PODMAN=(env -u CONTAINER_HOST CONTAINERS_CONF="$STATE/containers.conf" CONTAINERS_STORAGE_CONF="$STATE/storage.conf" TMPDIR="$STATE/tmp" podman)

# The pid of the service, if it still runs. The system may have reused the pid: only a podman is ours.
service_pid() {
  local pid
  [ -s "$PID_FILE" ] || return 1
  pid=$(cat "$PID_FILE")
  [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = podman ] || return 1
  printf '%s' "$pid"
}

# Through the Docker Engine's API, as the cluster does it.
answers() { curl --silent --fail --max-time 5 --unix-socket "$SOCKET" http://podman/_ping >/dev/null; }

# Two parallel runs would start two services.
lock_testbed() {
  exec 8>/run/lock/spark-cluster-podman.lock
  flock --wait 120 8 || die "another run of the Podman test bed holds its lock for 2 minutes already: see what it does, then repeat"
}
