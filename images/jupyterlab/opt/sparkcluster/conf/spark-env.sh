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

# Java reads no such variables. Drivers fetch what spark.jars.packages names. A port is the scheme's own where none is named.
proxy_options() { # SCHEME ADDRESS
  local host=${2#*://} port=80
  host=${host%/}
  case $2 in https://*) port=443 ;; esac
  case $host in *:*) port=${host##*:} ;; esac
  printf -- '-D%s.proxyHost=%s -D%s.proxyPort=%s ' "$1" "${host%:*}" "$1" "$port"
}
if [ -n "${http_proxy:-}${https_proxy:-}" ]; then
  direct=${no_proxy:-localhost}
  direct=,${direct//,/|,}
  direct=${direct//,./*.}
  SPARK_SUBMIT_OPTS="${http_proxy:+$(proxy_options http "${http_proxy:-}")}${https_proxy:+$(proxy_options https "${https_proxy:-}")}-Dhttp.nonProxyHosts=${direct//,/} ${SPARK_SUBMIT_OPTS:-}"
  export SPARK_SUBMIT_OPTS
  unset direct
fi
unset -f proxy_options
