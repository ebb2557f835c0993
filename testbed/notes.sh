# shellcheck shell=bash
# Sourced by `up` and `down` of each test bed: notes that this checkout started it. toolchain/env exports the addresses of noted test beds only, so that other
# checkouts and other users of the machine do not get them.

notes=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)/.local/testbeds

# note_testbed NAME: does nothing in a run of testbed/test, which gives its suites these addresses itself.
note_testbed() {
  if [ -n "${SPARK_CLUSTER_TEST_RUN:-}" ]; then return; fi
  mkdir -p "$notes"
  : >"$notes/$1"
}

forget_testbed() { rm -f "$notes/$1"; } # NAME
