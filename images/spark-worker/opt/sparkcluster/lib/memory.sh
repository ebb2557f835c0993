# shellcheck shell=bash
# Functions of the roles that run tasks: what the kernel killed for memory in this container. Spark does not learn why a process of its own ended.

cgroups=${SPARKCLUSTER_CGROUPS:-/sys/fs/cgroup}

# killed_for_memory: how many processes of this container the kernel killed so far. Fails where the kernel does not tell.
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

# memory_limit: of this container, in bytes; 0 where it has none.
memory_limit() {
  local file value=0
  for file in "$cgroups/memory.max" "$cgroups/memory/memory.limit_in_bytes"; do
    if [ -r "$file" ]; then read -r value <"$file" && break; fi
  done
  # Without a limit cgroups say "max", or a number that no machine has.
  if [[ $value =~ ^[0-9]{1,15}$ ]]; then printf '%s' "$value"; else printf 0; fi
}

# watch_memory FOLDER: as long as the process lives that began this, says so whenever the kernel killed one for memory, and writes when, and this node's limit, into FOLDER,
# where the error in a notebook finds it (sparkcluster_memory.py). The kernel's count cannot be waited for by a shell: it is read every second.
watch_memory() {
  local folder=$1 before now limit node=${SPARK_LOCAL_HOSTNAME:-$(hostname)}
  before=$(killed_for_memory) || return 0
  limit=$(memory_limit)
  # In the background $$ still is the shell that began this, and whatever that shell became.
  while sleep 1 && kill -0 "$$" 2>/dev/null; do
    now=$(killed_for_memory) || return 0
    if [ "$now" != "$before" ]; then
      say "the kernel killed $((now - before)) of this node's processes for memory; the limit is $((limit / 1048576)) MiB: raise workers.memory, or give tasks less to hold"
      before=$now
      # Read while it is written it would be taken for half of it.
      if mkdir -p "$folder" 2>/dev/null && find "$folder" -maxdepth 1 -type f -mmin +1440 -delete 2>/dev/null && printf '%s %s\n' "$(date +%s)" "$limit" >"$folder/.$node.new" 2>/dev/null; then mv -f "$folder/.$node.new" "$folder/$node" || true; fi
    fi
  done
}
