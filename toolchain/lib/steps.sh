# shellcheck shell=bash
# Places, and long steps with progress. Works with bash 3.2, which is what macOS
# has.

TOOLCHAIN=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
PROJECT=$(dirname "$TOOLCHAIN")
LOCAL=$PROJECT/.local
CACHE=${SPARK_CLUSTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pulumi-spark-cluster}
LOGS=$CACHE/logs
WORK=$CACHE/tmp/$$
STEP_PID=

# shellcheck source=toolchain/lib/common.sh
source "$TOOLCHAIN/lib/common.sh"

# As sha256 of common.sh.
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

# Runs a long command with its output in a log. Says every 15 seconds that it
# is still at work (every second, in place, on a terminal). When it fails, shows
# the log's end and what HINT says.
step() { # TITLE LOG HINT COMMAND...
	local title=$1 log=$LOGS/$2 hint=$3 fifo=$WORK/step started=$SECONDS every=15 rc=''
	shift 3
	mkdir -p "$LOGS" "$WORK"
	rm -f "$fifo"
	mkfifo "$fifo"
	say "$title ..."
	if [ -t 2 ]; then every=1; fi
	# A process group of its own, so that an interrupted set-up can end the
	# command with all its children.
	set -m
	(
		# Not "$@" || ..., which would make its functions go on after an error.
		set -e
		trap 'echo "$?" >"$fifo"' EXIT
		"$@" >"$log" 2>&1 </dev/null
	) &
	STEP_PID=$!
	set +m
	# Opened for both, so that neither side waits for the other to open.
	exec 9<>"$fifo"
	until read -r -t "$every" rc <&9 && [ -n "$rc" ]; do
		if ! kill -0 "$STEP_PID" 2>/dev/null; then
			# Either it wrote its result since the read gave up, or it was killed.
			read -r -t 1 rc <&9 || rc=137
			break
		fi
		step_progress "$title" $((SECONDS - started))
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
	if [ $((SECONDS - started)) -ge 2 ]; then say "$title: done in $((SECONDS - started)) s"; fi
}

step_progress() { # TITLE SECONDS
	if [ -t 2 ]; then
		printf '\r\033[K%s%s ... %d s' "${SAY_AS:+$SAY_AS: }" "$1" "$2" >&2
	else
		say "$1: still at work after $2 s"
	fi
}

# Puts a finished folder at its place in the cache, at once or not at all.
publish() { # FROM TO
	mkdir -p "$(dirname "$2")"
	# Something half-usable can only be there if a person put it there.
	rm -rf "$2"
	mv "$1" "$2"
}
