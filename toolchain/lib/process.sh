# shellcheck shell=bash
# Processes: whether one runs, and a bound for a command. For bash 3.2 and BSD tools too.

# The library has it, whose commands run on users' machines as well.
# shellcheck source=src/main/resources/io/sparkcluster/platform/bounded.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../src/main/resources/io/sparkcluster/platform/bounded.sh"

# is_alive PID: whether there is such a process, whoever owns it. kill also fails for a process of another user.
is_alive() { kill -0 "$1" 2>/dev/null || [ -e "/proc/$1" ] || ps -p "$1" >/dev/null 2>&1; }
