# shellcheck shell=bash
# Role: the history server.

run() {
  make_event_log_folder
  start_daemon "${SPARK_HISTORY_OPTS:-}" org.apache.spark.deploy.history.HistoryServer "$@"
}

healthy() { http_get 127.0.0.1 "${SPARK_HISTORY_UI_PORT:-18080}" /api/v1/version >/dev/null; }
