# shellcheck shell=bash
# Folders of the toolchain, and long steps with progress. Works with bash 3.2, as on
# macOS.

TOOLCHAIN=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
PROJECT=$(dirname "$TOOLCHAIN")
LOCAL=$PROJECT/.local
CACHE=${SPARK_CLUSTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pulumi-spark-cluster}
LOGS=$CACHE/logs
WORK=$CACHE/tmp/$$
STEP_PID=

# shellcheck source=toolchain/lib/common.sh
source "$TOOLCHAIN/lib/common.sh"

# Like sha256 in common.sh.
sha1() {
	if command -v sha1sum >/dev/null; then sha1sum "$@"; else shasum -a 1 "$@"; fi
}

# Hashes the files below a folder that match a find expression: their names,
# relative to the folder, and their contents.
tree_hash() { # FOLDER FIND-EXPRESSION...
	local folder=$1
	shift
	(
		cd "$folder"
		files=()
		while IFS= read -r file; do files+=("$file"); done < <(find . -type f \( "$@" \) | LC_ALL=C sort)
		sha256 "${files[@]}"
	) | short_hash
}

# Runs a long command with its output in a log. Says how long it took the last time, and
# every 15 seconds how far it is (on a terminal every second, in place). If the command fails, shows the end of the
# log and HINT.
step() { # TITLE LOG HINT COMMAND...
	local title=$1 log=$LOGS/$2 hint=$3 fifo=$WORK/step started=$SECONDS every=15 rc=''
	shift 3
	mkdir -p "$LOGS" "$WORK"
	rm -f "$fifo"
	mkfifo "$fifo"
	say "$title ...$(last_time "$log")"
	if [ -t 2 ]; then every=1; fi
	# A process group of its own, so that an interrupted set-up can end the
	# command with all its children.
	set -m
	(
		# Not "$@" || ..., in which bash would ignore set -e inside the command's functions.
		set -e
		trap 'echo "$?" >"$fifo"' EXIT
		"$@" >"$log" 2>&1 </dev/null
	) &
	STEP_PID=$!
	set +m
	# Opened for reading and writing, so that neither side blocks until the other opens it.
	exec 9<>"$fifo"
	until read -r -t "$every" rc <&9 && [ -n "$rc" ]; do
		if ! kill -0 "$STEP_PID" 2>/dev/null; then
			# Either it has written its result since the read timed out, or it was killed.
			read -r -t 1 rc <&9 || rc=137
			break
		fi
		step_progress "$title" "$(step_state "$log")$((SECONDS - started)) s"
	done
	exec 9>&-
	wait "$STEP_PID" 2>/dev/null || true
	STEP_PID=
	if [ -t 2 ]; then printf '\r\033[K' >&2; fi
	if [ "$rc" -ne 0 ]; then
		say "the last lines of $log:"
		tail -n 15 "$log" | sed 's/^/    /' >&2
		die "$title failed (exit code $rc)" "$hint"
	fi
	if [ $((SECONDS - started)) -ge 2 ]; then
		say "$title: done in $((SECONDS - started)) s"
		mkdir -p "$CACHE/times"
		echo $((SECONDS - started)) >"$CACHE/times/${log##*/}"
	fi
}

# Prints how long the step with that log took when it was last done on this machine.
last_time() { # LOG
	local file=$CACHE/times/${1##*/}
	if [ -s "$file" ]; then printf ' (the last time it took %s s)' "$(cat "$file")"; fi
}

step_progress() { # TITLE STATE
	if [ -t 2 ]; then
		printf '\r\033[K%s%s ... %s' "${SAY_AS:+$SAY_AS: }" "$1" "$2" >&2
	else
		say "$1: still at work, $2"
	fi
}

# Prints how far a build with Go is, from its log: what it has fetched and compiled. Packages of an earlier build are not compiled again, so that it may end
# before all are counted.
step_state() { # LOG
	awk '/^go: downloading / { modules++ }
		/^packages: / { all = $2 }
		NF == 1 && /^[a-z0-9][A-Za-z0-9_.~\/-]*$/ { compiled++ }
		END {
			if (all) printf "%d of at most %d packages, ", compiled, all
			else if (modules) printf "%d modules fetched, ", modules
		}' "$1"
}

# Moves a finished folder to its place in the cache, atomically.
publish() { # FROM TO
	mkdir -p "$(dirname "$2")"
	# Only a folder that somebody put there by hand can be in the way.
	rm -rf "$2"
	mv "$1" "$2"
}
