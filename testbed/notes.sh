# shellcheck shell=bash
# Sourced by `up` and `down` of each test bed: the note that this checkout started it. toolchain/env exports the addresses of those that are noted, so that no
# other checkout and no other user of the machine gets them.

notes=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)/.local/testbeds

# note_testbed NAME. A run of testbed/test gives its suites these addresses itself, and leaves no note.
note_testbed() {
  if [ -n "${SPARK_CLUSTER_TEST_RUN:-}" ]; then return; fi
  mkdir -p "$notes"
  : >"$notes/$1"
}

forget_testbed() { rm -f "$notes/$1"; } # NAME
