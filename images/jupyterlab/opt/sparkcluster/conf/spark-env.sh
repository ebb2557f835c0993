# shellcheck shell=bash
# Spark's commands source this, with their arguments, before a driver starts. What a user sets (--conf, SparkConf) takes precedence.

# Without a limit, a standalone cluster gives all cores to the first application, and the second one waits forever. This also waits until the master is at work. Local drivers and
# questions such as --version need no master.
if [ -n "${SPARK_MASTER_UI_URL:-}" ] && ! [[ " $* " =~ ' --master'[\ =]'local'|' spark.master=local'|' --version '|' --help ' ]] && cores=$(/opt/sparkcluster/bin/application-cores); then
  export SPARK_SUBMIT_OPTS="-Dspark.cores.max=$cores ${SPARK_SUBMIT_OPTS:-}"
fi

# The address of drivers on this node. It would be wrong for drivers that run elsewhere, and Spark refuses jobs in cluster mode that have it.
if [ -n "${SPARK_CLIENT_OPTIONS:-}" ] && ! [[ " $* " =~ ' --deploy-mode'[\ =]'cluster ' || " $* " == *' spark.submit.deployMode=cluster '* ]]; then
  export SPARK_SUBMIT_OPTS="$SPARK_CLIENT_OPTIONS ${SPARK_SUBMIT_OPTS:-}"
fi

# Java ignores the proxy variables, and drivers need the proxy for spark.jars.packages. Without a port, the scheme's default is used.
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
