# shellcheck shell=bash
# Sourced by Spark's commands before every driver starts, with their arguments. What a user sets (--conf, SparkConf) goes before this.

# A standalone cluster gives the first application all cores unless it is told otherwise, and the second one waits for ever.
if [ -n "${SPARK_MASTER_UI_URL:-}" ] && cores=$(/opt/sparkcluster/bin/application-cores); then
  export SPARK_SUBMIT_OPTS="-Dspark.cores.max=$cores ${SPARK_SUBMIT_OPTS:-}"
fi

# Where executors find a driver of this node, which would be wrong for one that runs elsewhere: Spark refuses a job in cluster mode that brings it.
if [ -n "${SPARK_CLIENT_OPTIONS:-}" ] && ! [[ " $* " =~ ' --deploy-mode'[\ =]'cluster ' || " $* " == *' spark.submit.deployMode=cluster '* ]]; then
  export SPARK_SUBMIT_OPTS="$SPARK_CLIENT_OPTIONS ${SPARK_SUBMIT_OPTS:-}"
fi
