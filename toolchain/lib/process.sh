# shellcheck shell=bash
# Checks whether a process runs, and limits the time of a command. Works with bash 3.2 and BSD tools.

# bounded is in the library's resources, since the library's own commands need it too.
# shellcheck source=src/main/resources/io/sparkcluster/platform/bounded.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../src/main/resources/io/sparkcluster/platform/bounded.sh"

# is_alive PID: whether the process exists, whoever owns it: kill -0 also fails for a process of another user.
is_alive() { kill -0 "$1" 2>/dev/null || [ -e "/proc/$1" ] || ps -p "$1" >/dev/null 2>&1; }
