# shellcheck shell=bash
# shellcheck disable=SC2154 # image_home comes from lib/common.sh, which sources this
# Role: an executor in its own pod, for a driver that asks Kubernetes instead of a master for executors. Spark passes such a pod everything in
# variables (https://spark.apache.org/docs/latest/running-on-kubernetes.html), which the entry point of Spark's own images reads.

# shellcheck source=images/spark-worker/opt/sparkcluster/lib/memory.sh
source "$image_home/lib/memory.sh"

# Each JVM option has its own variable, numbered from 0, since options may have blanks. The archive of classes is that of the driver's image: it is left out if
# it does not fit this image's jars.
java_options() {
  local index=0 name=SPARK_JAVA_OPT_0
  options=()
  while [ -n "${!name:-}" ]; do
    if [[ ${!name} != -XX:SharedArchiveFile=* || -n $archive ]]; then options+=("${!name}"); fi
    index=$((index + 1))
    name=SPARK_JAVA_OPT_$index
  done
}

run() {
  require SPARK_DRIVER_URL spark://CoarseGrainedScheduler@spark-edge:7100
  require SPARK_EXECUTOR_ID 1
  require SPARK_EXECUTOR_CORES 2
  require SPARK_EXECUTOR_MEMORY 1g
  require SPARK_APPLICATION_ID spark-0123456789
  require SPARK_EXECUTOR_POD_IP 10.244.0.7
  require SPARK_EXECUTOR_POD_NAME pi-exec-1
  local options
  java_options
  # An executor gets its application's properties from the driver, but must authenticate first, and Spark reads a secret from a file
  # (spark.authenticate.secret.file) only if the master is Kubernetes.
  options+=(-Dspark.master=k8s://)
  # The watcher becomes a child of the JVM and ends with the pod.
  watch_memory "${SPARKCLUSTER_WORKSPACE:-/workspace}/.sparkcluster/killed-for-memory" &
  # The application's class path (spark.executor.extraClassPath) comes first, as with other cluster managers.
  exec "$JAVA_HOME/bin/java" "${options[@]}" "-Xmx$SPARK_EXECUTOR_MEMORY" -cp "${SPARK_CLASSPATH:+$SPARK_CLASSPATH:}$(class_path)" \
    org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend \
    --driver-url "$SPARK_DRIVER_URL" --executor-id "$SPARK_EXECUTOR_ID" --cores "$SPARK_EXECUTOR_CORES" --app-id "$SPARK_APPLICATION_ID" \
    --hostname "$SPARK_EXECUTOR_POD_IP" --resourceProfileId "${SPARK_RESOURCE_PROFILE_ID:-0}" --podName "$SPARK_EXECUTOR_POD_NAME"
}

healthy() { pgrep -f k8s.KubernetesExecutorBackend >/dev/null; }
