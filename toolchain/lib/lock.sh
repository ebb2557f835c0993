# shellcheck shell=bash
# One set-up at a time may write into the cache.

# shellcheck source=toolchain/lib/process.sh
source "$(dirname "${BASH_SOURCE[0]}")/process.sh"

LOCK=$CACHE/lock
LOCK_HELD=

# The lock is a symbolic link whose target names its owner: creating it is atomic,
# also on shared folders, and the lock never exists without an owner.
take_lock() {
	local limit=${SPARK_CLUSTER_LOCK_WAIT:-2400} started=$SECONDS said='' me owner refused nobody=0
	me=$(hostname):$$
	mkdir -p "$CACHE" || die "the folder $CACHE cannot be made; the reason is above" \
		"SPARK_CLUSTER_CACHE names another folder for what is built and downloaded"
	until refused=$(ln -sn "$me" "$LOCK" 2>&1); do
		owner=$(readlink "$LOCK" || true)
		# The lock may have been released between the two calls, but not several times in a row.
		if [ -n "$owner" ]; then nobody=0; else nobody=$((nobody + 1)); fi
		if [ "$nobody" -ge 5 ]; then
			die "nothing can be written into $CACHE: ${refused#ln: }" \
				"make $(id -un) its owner, or name another folder with SPARK_CLUSTER_CACHE"
		fi
		if owner_is_gone "$owner"; then
			drop_stale_lock "$owner"
			continue
		fi
		if [ -z "$said" ] && [ -n "$owner" ]; then
			say "waiting for another set-up (process ${owner##*:} on ${owner%:*}) to finish"
			said=1
		fi
		if [ $((SECONDS - started)) -ge "$limit" ]; then
			die "another set-up holds $LOCK for more than $limit s" \
				"if no other set-up runs, remove $LOCK; SPARK_CLUSTER_LOCK_WAIT sets the limit in seconds"
		fi
		sleep 1
	done
	LOCK_HELD=1
}

owner_is_gone() { # HOST:PID
	[ -n "$1" ] && [ "${1%:*}" = "$(hostname)" ] && ! is_alive "${1##*:}"
}

# Two set-ups may find the same stale lock: only the one that renamed it removes
# it. A live lock that was renamed by mistake is put back.
drop_stale_lock() { # OWNER
	local moved=$CACHE/lock.stale.$$
	mv "$LOCK" "$moved" 2>/dev/null || return 0
	if [ "$(readlink "$moved")" != "$1" ]; then
		ln -sn "$(readlink "$moved")" "$LOCK" 2>/dev/null || true
	fi
	rm -f "$moved"
}

# At exit: ends the running step, removes incomplete files and releases the lock.
clean_up() {
	if [ -n "$STEP_PID" ]; then kill -- "-$STEP_PID" 2>/dev/null || true; fi
	rm -rf "$WORK"
	if [ -n "$LOCK_HELD" ]; then rm -f "$LOCK"; fi
}
