# shellcheck shell=bash
# For the roles that run tasks: reports processes of this container that the kernel killed for lack of memory, since Spark does not learn why a process ended.

cgroups=${SPARKCLUSTER_CGROUPS:-/sys/fs/cgroup}

# killed_for_memory: prints how many processes of this container the kernel has killed so far. Fails if the kernel does not report it.
killed_for_memory() {
  local file name value
  for file in "$cgroups/memory.events" "$cgroups/memory/memory.oom_control"; do
    [ -r "$file" ] || continue
    while read -r name value; do
      if [ "$name" = oom_kill ]; then printf '%s' "$value" && return; fi
    done <"$file"
  done
  return 1
}

# memory_limit: prints this container's limit in bytes, or 0 if it has none.
memory_limit() {
  local file value=0
  for file in "$cgroups/memory.max" "$cgroups/memory/memory.limit_in_bytes"; do
    if [ -r "$file" ]; then read -r value <"$file" && break; fi
  done
  # Without a limit, cgroups have "max" or an impossibly large number.
  if [[ $value =~ ^[0-9]{1,15}$ ]]; then printf '%s' "$value"; else printf 0; fi
}

# watch_memory FOLDER: as long as the calling process lives, reports when the kernel has killed a process for lack of memory, and writes the time and this
# node's limit into FOLDER, for the errors in notebooks (sparkcluster_memory.py). Reads the kernel's count every second, since a shell cannot wait for it.
watch_memory() {
  local folder=$1 before now limit node=${SPARK_LOCAL_HOSTNAME:-$(hostname)}
  before=$(killed_for_memory) || return 0
  limit=$(memory_limit)
  # In a background job, $$ is still the process that started it, also after an exec.
  while sleep 1 && kill -0 "$$" 2>/dev/null; do
    now=$(killed_for_memory) || return 0
    if [ "$now" != "$before" ]; then
      say "the kernel killed $((now - before)) of this node's processes for memory; the limit is $((limit / 1048576)) MiB: raise workers.memory, or give tasks less to hold"
      before=$now
      # Renamed into place, so that nobody reads a half-written note.
      if mkdir -p "$folder" 2>/dev/null && find "$folder" -maxdepth 1 -type f -mmin +1440 -delete 2>/dev/null && printf '%s %s\n' "$(date +%s)" "$limit" >"$folder/.$node.new" 2>/dev/null; then mv -f "$folder/.$node.new" "$folder/$node" || true; fi
    fi
  done
}
