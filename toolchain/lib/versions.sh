# shellcheck shell=bash
# The pinned versions, once. README.md says how to raise them.
# shellcheck disable=SC2034  # read by the files that source this one

PULUMI_VERSION=3.259.0
DOCKER_PLUGIN_VERSION=5.2.0
COMMAND_PLUGIN_VERSION=1.2.1
KUBERNETES_PLUGIN_VERSION=4.34.2
PULUMI_JAVA_SDK_VERSION=1.36.1
JSR305_VERSION=3.0.2
GSON_VERSION=2.8.9
JAVA_MINIMUM=17

# Digests of official archives that were verified by hand, one "digest  file
# name" a line. An archive that is not listed is checked against the list of
# digests that its publisher keeps beside it.
PINNED_DIGESTS=""
