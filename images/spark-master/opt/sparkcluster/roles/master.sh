# shellcheck shell=bash
# Role: the master of a standalone cluster.

run() {
  start_daemon "${SPARK_MASTER_OPTS:-}" org.apache.spark.deploy.master.Master \
    --host "${SPARK_MASTER_HOST:-$(hostname)}" --port "${SPARK_MASTER_PORT:-7077}" --webui-port "${SPARK_MASTER_WEBUI_PORT:-8080}" "$@"
}

healthy() { http_get 127.0.0.1 "${SPARK_MASTER_WEBUI_PORT:-8080}" /json/ >/dev/null; }
