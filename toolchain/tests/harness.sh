# shellcheck shell=bash
# Sourced by the tests of the scripts: runs every function whose name starts
# with test_, each in a subshell and a scratch folder of its own.

# The folder of the test that sources this.
TESTS_DIR=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd -P)
SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/toolchain test.XXXXXX")
SERVER_PID=
trap 'if [ -n "$SERVER_PID" ]; then kill "$SERVER_PID" 2>/dev/null || true; fi; rm -rf "$SCRATCH"' EXIT

fail() {
	echo "$*" >&2
	exit 1
}

expect() { # WANTED ACTUAL WHAT
	[ "$1" = "$2" ] || fail "$3: expected '$1', got '$2'"
}

expect_text() { # FILE TEXT
	grep -qF -- "$2" "$1" || fail "expected '$2' in: $(cat "$1")"
}

expect_nothing_in() { # FOLDER
	if [ -d "$1" ] && [ -n "$(find "$1" -mindepth 1 | head -n 1)" ]; then
		fail "expected nothing in $1, found $(find "$1" -mindepth 1 | head -n 5)"
	fi
}

# Runs a command that must fail; its messages go to the file "said".
must_fail() { # COMMAND...
	("$@") 2>said &
	if wait $!; then fail "this did not fail: $*"; fi
}

# Waits until a command succeeds, at most 20 seconds.
eventually() { # WHAT COMMAND...
	local what=$1 deadline=$((SECONDS + 20))
	shift
	until "$@"; do
		[ $SECONDS -lt $deadline ] || fail "$what did not happen within 20 s"
		sleep 0.1
	done
}

run_tests() {
	local name passed=0 failed=0
	for name in $(declare -F | awk '$3 ~ /^test_/ { print $3 }'); do
		# In the background, because bash ignores set -e inside of a condition.
		(
			trap - EXIT
			set -e
			mkdir "$SCRATCH/$name"
			cd "$SCRATCH/$name"
			"$name"
		) >"$SCRATCH/$name.log" 2>&1 &
		if wait $!; then
			passed=$((passed + 1))
			echo "ok   $name"
		else
			failed=$((failed + 1))
			echo "FAIL $name"
			sed 's/^/     /' "$SCRATCH/$name.log"
		fi
	done
	echo "$(basename "$0"): $passed passed, $failed failed"
	[ "$failed" -eq 0 ]
}
