# shellcheck shell=bash
# Prints facts about a machine, one NAME=VALUE a line, and changes nothing. Runs as the administrator, not as root.
# shellcheck disable=SC2154  # SUDO, SWARM and what begins with PROBE_ are set in front of it

fact() { printf '%s=%s\n' "$1" "$2"; }

# Unquoted, since SUDO is several words, or empty for root.
# shellcheck disable=SC2086
as_root() { timeout 20 $SUDO "$@" 2>/dev/null </dev/null; }

look_at_docker() {
  if ! command -v dockerd >/dev/null 2>&1 && [ ! -x /usr/sbin/dockerd ] && ! command -v docker >/dev/null 2>&1; then
    fact docker none
    if command -v apt-get >/dev/null 2>&1; then fact installer apt; else fact installer none; fi
    fact architecture "$(dpkg --print-architecture 2>/dev/null || uname -m)"
    fact disk "$(df -Pk /var/lib | awk 'NR == 2 { print int($4 / 1024) }')"
    return
  fi
  fact docker "$(as_root docker version --format '{{.Server.Version}}' | tail -n 1)"
  fact architecture "$(as_root docker version --format '{{.Server.Arch}}' | tail -n 1)"
  fact swarm "$(as_root docker info --format '{{.Swarm.LocalNodeState}}')"
  fact managers "$(as_root docker info --format '{{range .Swarm.RemoteManagers}}{{.Addr}} {{end}}')"
  fact root "$(as_root docker info --format '{{.DockerRootDir}}')"
  fact images "$(as_root docker image ls --quiet --filter label=io.sparkcluster.image | sort -u | wc -l)"
  fact disk "$(as_root df -Pk "$(as_root docker info --format '{{.DockerRootDir}}')" | awk 'NR == 2 { print int($4 / 1024) }')"
}

# Whose notes exist: those of the cluster, and those of another cluster that has the machine in its Swarm.
look_at_notes() {
  # shellcheck disable=SC2016 # for the other shell
  as_root sh -c '
    cd /var/lib/sparkcluster 2>/dev/null || exit 0
    if [ -e "$1/swarm" ]; then echo noted=yes; echo "notedNode=$(cat "$1/swarm")"; fi
    if [ -e "$1/owner" ]; then sed -n "1s/^/owner=/p; 2s/^/ownerName=/p" "$1/owner"; fi
    for folder in *; do
      if [ "$folder" = "$1" ] || [ ! -e "$folder/swarm" ]; then continue; fi
      echo "holder=$folder"
      if [ -e "$folder/owner" ]; then sed -n "1s/^/holderOwner=/p; 2s/^/holderName=/p" "$folder/owner"; fi
      break
    done' sh "$SWARM"
}

# Who owns what has a name that the cluster needs on this machine, and what the Swarm has of the cluster.
look_at_names() {
  local name tab=$'\t' labels
  if ! command -v docker >/dev/null 2>&1; then return; fi
  labels="{{with .Labels}}{{index . \"io.sparkcluster.owner\"}}$tab{{index . \"io.sparkcluster.owner.name\"}}$tab{{index . \"io.sparkcluster.stack\"}}{{end}}"
  for name in $PROBE_VOLUMES; do
    as_root docker volume inspect --format "volume.$name={{.CreatedAt}}$tab$labels" "$name"
    # shellcheck disable=SC2016 # for the other shell
    as_root sh -c 'if [ -e "$2" ]; then printf "volumeNote.%s=%s\n" "$1" "$(paste -s "$2")"; fi' sh "$name" "/var/lib/sparkcluster/.volumes/$name"
  done
  for name in $PROBE_CONTAINERS; do
    as_root docker container inspect --format "container.$name={{.Id}}$tab{{with .Config}}$labels{{end}}" "$name"
  done
  fact node "$(as_root docker info --format '{{.Swarm.NodeID}}')"
  if [ "$(as_root docker info --format '{{.Swarm.ControlAvailable}}')" = true ]; then
    # shellcheck disable=SC2016 # for the other shell
    fact things "$(as_root sh -c '
      docker network ls --quiet --no-trunc --filter "label=$1"
      docker secret ls --quiet --filter "label=$1"
      docker service ls --quiet --filter "label=$1" | xargs -r docker service inspect --format "{{.ID}}"' sh "io.sparkcluster.cluster=$SWARM" | tr '\n' ' ')"
  fi
}

look_at_network() {
  local line device
  fact addresses "$(ip -o -4 address show scope global | awk '$2 !~ /^(docker|br-|veth)/ { sub("/.*", "", $4); printf "%s ", $4 }')"
  line=$(ip -o -4 address show scope global | awk -v wanted="$PROBE_ADDRESS" '{ address = $4; sub("/.*", "", address); if (address == wanted) print $2 }')
  device=${line%%@*}
  if [ -n "$device" ]; then fact mtu "$(cat "/sys/class/net/$device/mtu")"; fi
}

look() {
  fact sudo "$(if as_root true; then echo yes; else echo no; fi)"
  fact key "$(cut -d ' ' -f 2 /etc/ssh/ssh_host_*_key.pub 2>/dev/null | sort | sha256sum | cut -c 1-32)"
  fact clock "$(date +%s)"
  fact cpus "$(nproc)"
  fact memory "$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)"
  look_at_notes
  look_at_docker
  look_at_names
  look_at_network
  if [ -n "$PROBE_FOLDER" ]; then
    if [ ! -d "$PROBE_FOLDER" ]; then
      fact folder missing
    elif as_root setpriv --reuid "$PROBE_USER" --regid "$PROBE_USER" --clear-groups test -w "$PROBE_FOLDER"; then
      fact folder writable
    else
      fact folder readonly
    fi
  fi
}
