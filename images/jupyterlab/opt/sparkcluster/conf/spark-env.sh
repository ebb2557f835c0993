# shellcheck shell=bash
# Sourced by Spark's commands before every driver starts. A standalone cluster gives the first application all cores unless it is told
# otherwise, and the second one waits for ever. What a user sets (spark.cores.max) goes before this.
if cores=$(/opt/sparkcluster/bin/application-cores); then
  export SPARK_SUBMIT_OPTS="-Dspark.cores.max=$cores ${SPARK_SUBMIT_OPTS:-}"
fi
