# shellcheck shell=bash
# Long-running programs without systemd: started in a session of their own, recorded by pid and start time, ended by that record only.

# What `up` changed, for its last line.
CHANGED=()

# Prints when a process started, in ticks since boot: pid and start identify a process for good. Prints nothing for a zombie.
start_time() { # PID
	local stat fields
	stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
	# The fields after the program's name, which may have blanks and parentheses.
	read -r -a fields <<<"${stat##*) }"
	if [ "${fields[0]}" != Z ]; then echo "${fields[19]}"; fi
}

recorded_pid() { # NAME
	local pid started
	[ -s "$RUN/$1.pid" ] || return 1
	read -r pid started <"$RUN/$1.pid"
	[ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] || return 1
	echo "$pid"
}

is_running() { recorded_pid "$1" >/dev/null; }

# Prints a hash of a command line and of the files that it names.
command_hash() { # COMMAND...
	local word
	{
		printf '%s\n' "$@"
		for word in "$@"; do
			if [ -f "${word#*=}" ] && [[ ${word#*=} = "$STATE"/* ]]; then cat "${word#*=}"; fi
		done
	} | short_hash
}

# Starts a program; restarts it if its command line or a file that it names has changed.
start() { # NAME COMMAND...
	local name=$1 hash pid
	shift
	hash=$(command_hash "$@")
	if is_running "$name"; then
		if [ "$(cat "$RUN/$name.started" 2>/dev/null)" = "$hash" ]; then return 0; fi
		stop "$name"
	fi
	# Closes the lock, which the program would hold as long as it runs. Starts in a folder that stays when the checkout is removed.
	(cd / && exec setsid "$@" >>"$LOG/$name.log" 2>&1 </dev/null 8>&-) &
	pid=$!
	printf '%s %s\n' "$pid" "$(start_time "$pid")" >"$RUN/$name.pid"
	echo "$hash" >"$RUN/$name.started"
	CHANGED+=("$name")
}

was_started() { [[ " ${CHANGED[*]} " = *" $1 "* ]]; }

stop() { # NAME [SECONDS]
	local pid limit=$((SECONDS + ${2:-10}))
	if pid=$(recorded_pid "$1"); then
		kill "$pid" 2>/dev/null || true
		while is_running "$1"; do
			if ((SECONDS >= limit)); then
				kill -KILL "$pid" 2>/dev/null || true
				limit=$((SECONDS + 5))
			fi
			sleep 0.05
		done
	fi
	rm -f "$RUN/$1.pid" "$RUN/$1.started"
}

# Like await: runs COMMAND until it succeeds. Also gives up when PROGRAM has ended.
await_program() { # SECONDS WHAT PROGRAM COMMAND...
	local seconds=$1 what=$2 name=$3 limit=$((SECONDS + $1))
	shift 3
	until "$@" >/dev/null 2>&1; do
		if ! is_running "$name"; then fail "$name ended, before $what" "$name"; fi
		if ((SECONDS >= limit)); then fail "$what: not within $seconds s" "$name"; fi
		sleep 0.1
	done
}

fail() { # MESSAGE PROGRAM
	tail -n 15 "$LOG/$2.log" | cut -c1-400 | sed 's/^/    /' >&2
	die "$1" "the last lines of $LOG/$2.log are above; what is running stays so, to be looked at" \
		"testbed/kubernetes/down takes everything away"
}

# Writes standard input to a file atomically, and only if its content changes: kube-proxy ends when its file is written.
put() { # FILE
	local new=$1.new
	(umask 077 && cat >"$new")
	if cmp -s "$new" "$1"; then rm "$new"; else mv "$new" "$1"; fi
}
