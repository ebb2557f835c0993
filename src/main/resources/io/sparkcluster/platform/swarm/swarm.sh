# shellcheck shell=bash
# Verbs init, join and leave: a machine's part in the Swarm that this project makes, and in no other.
# shellcheck disable=SC2154  # ADDRESS, MANAGER, TOKEN and OWNER_NAME are set in front of it

refuse() {
  die "this machine is in a Swarm that $OWNER_NAME did not make for the cluster \"$SWARM\": take it out (docker swarm leave), or name another machine"
}

# An engine that could not tell the others within a second that it leaves goes on with the Swarm's gossip, and holds port 7946, until it ends
# (moby/moby#47859, mended by #50115). It may join a next Swarm, but finds no name of a node on another machine there.
gossips() {
  { cat /proc/net/tcp /proc/net/tcp6 2>/dev/null || true; } | awk '$2 ~ /:1F0A$/ && $4 == "0A" { found = 1 } END { exit !found }'
}

restart_engine() {
  if [ -d /run/systemd/system ]; then systemctl restart docker.service; else service docker restart; fi >/dev/null 2>&1 || true
  await 60 'the Docker engine answers again' docker version
}

# Containers would end with the engine, or start with it though somebody stopped them: only one that has none is restarted.
end_gossip() {
  local limit=$((SECONDS + 5))
  while gossips; do
    if ((SECONDS >= limit)); then break; fi
    sleep 0.3
  done
  if gossips && [ -z "$(docker ps --all --quiet)" ]; then
    say 'the engine still takes part in the Swarm that it left: restarting it, as there is no container on it'
    restart_engine
  fi
  ! gossips
}

enter() { # COMMAND...: inactive before, active afterwards
  if ! end_gossip; then
    die 'port 7946 of this machine is in use: by its engine, since a Swarm that it left, or by another program. Restart the engine (systemctl restart docker), or end that program, then repeat'
  fi
  if docker network inspect docker_gwbridge >/dev/null 2>&1; then note gateway; fi
  note swarm
  "$@"
  await 60 'the machine is active in the Swarm' swarm_is active
  note swarm "$(docker info --format '{{.Swarm.NodeID}}')"
}

start_swarm() { docker swarm init --advertise-addr "$ADDRESS" --data-path-addr "$ADDRESS" >/dev/null; }

# Prints the token with which others join.
init() {
  claim
  case $(swarm_state) in
    inactive) enter start_swarm ;;
    locked) die 'the Swarm of this machine is locked: docker swarm unlock on it, then repeat' ;;
    *) is_ours || refuse ;;
  esac
  [ "$(docker info --format '{{.Swarm.ControlAvailable}}')" = true ] || die 'the machine is in the Swarm, but does not manage it'
  docker swarm join-token --quiet worker
}

# By the engine's API, since the command line takes the token as an argument only, where every user of the machine sees it.
join_swarm() {
  engine POST /swarm/join "{\"ListenAddr\":\"0.0.0.0:2377\",\"AdvertiseAddr\":\"$ADDRESS\",\"DataPathAddr\":\"$ADDRESS\",\"RemoteAddrs\":[\"$MANAGER:2377\"],\"JoinToken\":\"$TOKEN\"}" >/dev/null ||
    die "the machine could not join the Swarm at $MANAGER: is port 2377 of it reachable from here?"
}

# Prints the machine's identifier in the Swarm.
join() {
  claim
  case $(swarm_state) in
    inactive) enter join_swarm ;;
    locked) die 'the Swarm of this machine is locked: docker swarm unlock on it, then repeat' ;;
    active) is_ours || refuse ;;
    *)
      is_ours || refuse
      # Half-way in, as after a cut: out, and in again.
      docker swarm leave --force >/dev/null
      enter join_swarm
      ;;
  esac
  docker info --format '{{.Swarm.NodeID}}'
}

# Containers of tasks that a power cut ended stay, with their volumes, when the machine leaves: they belonged to this Swarm, as it was in no other. Volumes in memory have
# no name and go with their task, but the engine keeps an entry of each in its list.
sweep() {
  docker ps --all --quiet --filter label=com.docker.swarm.task | xargs -r docker rm --force --volumes >/dev/null 2>&1 || true
  docker volume ls --quiet --filter dangling=true --filter "label=io.sparkcluster.memory=$SWARM" | xargs -r docker volume rm >/dev/null 2>&1 || true
}

leave() {
  command -v docker >/dev/null || return 0
  if ! noted swarm; then return; fi
  if ! is_owned; then
    say "the Swarm stays: it is that of $(whose "$notes")"
    return
  fi
  # An administrator may have taken the machine to another one since.
  if ! swarm_is inactive && ! is_noted_swarm; then
    say 'the machine stays in its Swarm, which is another one than this cluster made'
    forget gateway
    forget swarm
    return
  fi
  if ! swarm_is inactive; then docker swarm leave --force >/dev/null; fi
  await 60 'the machine has left the Swarm' swarm_is inactive
  sweep
  if ! end_gossip; then
    say 'port 7946 of this machine is still in use by its engine, with which its containers would end: restart it (systemctl restart docker) before the machine joins another Swarm'
  fi
  # Made by the engine when it joined, and left behind by it.
  if ! noted gateway; then docker network rm docker_gwbridge >/dev/null 2>&1 || true; fi
  forget gateway
  forget swarm
}
