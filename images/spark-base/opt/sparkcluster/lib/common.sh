# shellcheck shell=bash
# Functions of the entry point, the health check and the roles.

: "${SPARK_HOME:=/opt/spark}" "${SPARK_CONF_DIR:=/opt/spark/conf/node}" "${JAVA_HOME:=/opt/java}"
# Spark names this folder to the pods of executors, since it would mount its configuration there. The node's own folder is below it.
if [ "$SPARK_CONF_DIR" = "$SPARK_HOME/conf" ]; then SPARK_CONF_DIR=$SPARK_HOME/conf/node; fi
export SPARK_HOME SPARK_CONF_DIR JAVA_HOME
# The folder with the roles' scripts; tests use another one.
image_home=${SPARKCLUSTER_HOME:-/opt/sparkcluster}

readonly exit_usage=64
# The options by which a JVM uses the archive of classes. Mapped at the address for which it was made, its pages are shared by all JVMs of the machine. By default,
# Java 21 maps an archive elsewhere and changes all of its pages.
readonly archive_options="-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:SharedArchiveFile=$SPARK_HOME/classes.jsa"
# Exists when the role has been ready since the start of its node.
# shellcheck disable=SC2034 # for bin/healthy
readonly was_ready=$SPARK_CONF_DIR/was-ready

say() { printf 'entrypoint: %s\n' "$*" >&2; }

# die CODE MESSAGE
die() {
  say "$2"
  exit "$1"
}

# require VARIABLE EXAMPLE: stops when an environment variable is missing.
require() { [ -n "${!1:-}" ] || die "$exit_usage" "$1 is not set; set it, for example $1=$2"; }

# readable VARIABLE: stops when the secret file that the variable names cannot be read.
readable() {
  if [ ! -f "${!1}" ] || [ ! -r "${!1}" ]; then
    die "$exit_usage" "$1 is '${!1}', which user $(id -u) cannot read: mount the secret there with read permission for that user, or unset $1"
  fi
}

# read_secret VARIABLE: prints the content of the file that the variable names. Stops if the file is unreadable, empty or has several lines.
read_secret() {
  local file=${!1} secret
  readable "$1"
  secret=$(<"$file")
  [ -n "$secret" ] || die "$exit_usage" "$1 is '$file', which is empty"
  [[ $secret != *$'\n'* ]] || die "$exit_usage" "$1 is '$file', which has more than one line"
  printf '%s' "$secret"
}

# slf4j-api comes first, as in the class path that Spark's own scripts make.
class_path() {
  local slf4j=("$SPARK_HOME"/jars/slf4j-api-*.jar)
  printf '%s' "$SPARK_CONF_DIR/:${slf4j[0]}:$SPARK_HOME/jars/*"
}

# class_archive: prints the options for the archive of classes, if the image was built with one. A JVM uses it only if the jars are those of the build and the
# folder on the class path is empty. A folder that may be entered but not listed counts as empty, while Spark finds its files there by name.
# Tried first, because a JVM that rejects the archive does so silently and starts without Java's default archive too.
class_archive() {
  [ -e "$SPARK_HOME/classes.jsa" ] || return 0
  # shellcheck disable=SC2086 # options are separated by blanks
  if chmod u=wx "$SPARK_CONF_DIR" && "$JAVA_HOME/bin/java" -Xshare:on $archive_options -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$(class_path)" -version >/dev/null 2>&1; then
    printf '%s' "$archive_options"
  else
    say "class-data sharing is off: $SPARK_HOME/classes.jsa does not fit $SPARK_HOME/jars; JVMs start without it, which takes longer"
  fi
}

# Spark lists the folder of its configuration if Kubernetes is the cluster manager, and fails where it may not, so drivers there do without the archive.
lists_configuration() { grep -Eqs '^[[:space:]]*spark\.master[[:space:]=]+k8s:' <<<"${SPARK_DEFAULTS:-}"; }

# Writes SPARK_CONF_DIR anew. Secrets go from their files into one that only this user can read, and are in no argument or variable of a process.
write_configuration() {
  local target=$SPARK_CONF_DIR/spark-defaults.conf secret=''
  if [ -n "${SPARK_AUTH_SECRET_FILE:-}" ]; then secret=$(read_secret SPARK_AUTH_SECRET_FILE) || exit $?; fi
  if [ -n "${SPARK_SECRET_DEFAULTS_FILE:-}" ]; then readable SPARK_SECRET_DEFAULTS_FILE; fi
  # A folder of this user's own: where a platform mounts a tmpfs, it may belong to root.
  if ! (umask 077 && mkdir -p "$SPARK_CONF_DIR") 2>/dev/null || [ ! -w "$SPARK_CONF_DIR" ]; then
    die "$exit_usage" "SPARK_CONF_DIR is '$SPARK_CONF_DIR', where user $(id -u) cannot write: mount a tmpfs that this user may write to at $(dirname "$SPARK_CONF_DIR")"
  fi
  rm -f "$was_ready"
  archive=$(class_archive)
  local roles=(driver executor)
  if lists_configuration; then
    chmod u+r "$SPARK_CONF_DIR"
    roles=(executor)
  fi
  (
    umask 077
    {
      if [ -n "$archive" ]; then printf "spark.%s.defaultJavaOptions $archive\\n" "${roles[@]}"; fi
      printf '%s\n' "${SPARK_DEFAULTS:-}"
      if [ -n "${SPARK_SECRET_DEFAULTS_FILE:-}" ]; then cat "$SPARK_SECRET_DEFAULTS_FILE"; fi
      if [ -n "$secret" ]; then printf 'spark.authenticate.secret %s\n' "$secret"; fi
    } >"$target.new"
    mv -f "$target.new" "$target"
  )
  local file
  for file in log4j2.properties spark-env.sh; do
    if [ -e "$image_home/conf/$file" ]; then cat "$image_home/conf/$file" >"$SPARK_CONF_DIR/$file"; fi
  done
}

# start_daemon ROLE_OPTIONS CLASS ARGUMENT...: replaces this process. With the C1 compiler and the serial collector a daemon starts in half the time, and
# daemons do little work.
start_daemon() {
  local role_options=$1 class=$2
  shift 2
  # shellcheck disable=SC2086 # options are separated by blanks
  exec "$JAVA_HOME/bin/java" -cp "$(class_path)" \
    -XX:TieredStopAtLevel=1 -XX:+UseSerialGC $archive "-Xmx${SPARK_DAEMON_MEMORY:-512m}" "@$image_home/conf/java-options" \
    ${SPARK_DAEMON_JAVA_OPTS:-} $role_options "$class" --properties-file "$SPARK_CONF_DIR/spark-defaults.conf" "$@"
}

# make_event_log_folder: drivers and the history server fail if the folder of event logs is missing, so the first to start makes it.
make_event_log_folder() {
  local folder=${SPARK_EVENT_LOG_FOLDER:-}
  [ -n "$folder" ] || return 0
  mkdir -p "$folder" || die "$exit_usage" "SPARK_EVENT_LOG_FOLDER is '$folder', which user $(id -u) cannot make: mount a volume there that this user may write to, or unset it"
}

port_answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

# http_get HOST PORT PATH: prints the body; succeeds if the status is 200. Waits five seconds at most for the status, and for the body.
http_get() {
  local fd status
  { exec {fd}<>"/dev/tcp/$1/$2"; } 2>/dev/null || return 1
  http_ask "$fd" "$@"
  if ! read -r -t 5 -u "$fd" status || [[ $status != HTTP/*' 200'* ]]; then
    exec {fd}>&-
    return 1
  fi
  timeout 5 cat <&"$fd"
  exec {fd}>&-
}

# http_status HOST PORT PATH: prints the status.
http_status() {
  local fd status=''
  { exec {fd}<>"/dev/tcp/$1/$2"; } 2>/dev/null || return 1
  http_ask "$fd" "$@"
  read -r -t 5 -u "$fd" _ status _ || true
  exec {fd}>&-
  printf '%s' "${status%$'\r'}"
}

http_ask() { # DESCRIPTOR HOST PORT PATH
  printf 'GET %s HTTP/1.0\r\nHost: %s:%s\r\nConnection: close\r\n\r\n' "$4" "$2" "$3" >&"$1"
}

# load_role NAME: defines the role's functions run and healthy.
load_role() {
  # shellcheck disable=SC1090 # which one is known only now
  source "$image_home/roles/$1.sh"
}

is_role() { [[ $1 =~ ^[a-z]+$ ]] && [ -f "$image_home/roles/$1.sh" ]; }
