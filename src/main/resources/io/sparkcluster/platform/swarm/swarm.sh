# shellcheck shell=bash
# Verbs init, join and leave: makes, joins and leaves the Swarm of this project, and no other Swarm.
# shellcheck disable=SC2154  # ADDRESS, MANAGER, TOKEN and OWNER_NAME are set in front of it

refuse() {
  die "this machine is in a Swarm that $OWNER_NAME did not make for the cluster \"$SWARM\": take it out (docker swarm leave), or name another machine"
}

# Whether the engine still takes part in a Swarm's gossip. An engine that cannot tell the other machines within a second that it leaves goes on with the
# gossip, and holds port 7946, until it ends (moby/moby#47859, fixed by #50115). It can join another Swarm, but there it cannot resolve the names of nodes on
# other machines.
gossips() {
  { cat /proc/net/tcp /proc/net/tcp6 2>/dev/null || true; } | awk '$2 ~ /:1F0A$/ && $4 == "0A" { found = 1 } END { exit !found }'
}

restart_engine() {
  if [ -d /run/systemd/system ]; then systemctl restart docker.service; else service docker restart; fi >/dev/null 2>&1 || true
  await 60 'the Docker engine answers again' docker version
}

# Restarts an engine that keeps up the gossip, but only if it has no containers: a restart would end running ones, and might start ones that somebody stopped.
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

# Makes the Swarm and prints the token with which other machines join.
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

# Uses the engine's API, since the command line takes the token only as an argument, which every user of the machine can see.
join_swarm() {
  engine POST /swarm/join "{\"ListenAddr\":\"0.0.0.0:2377\",\"AdvertiseAddr\":\"$ADDRESS\",\"DataPathAddr\":\"$ADDRESS\",\"RemoteAddrs\":[\"$MANAGER:2377\"],\"JoinToken\":\"$TOKEN\"}" >/dev/null ||
    die "the machine could not join the Swarm at $MANAGER: is port 2377 of it reachable from here?"
}

# Joins the Swarm and prints the machine's identifier there.
join() {
  claim
  case $(swarm_state) in
    inactive) enter join_swarm ;;
    locked) die 'the Swarm of this machine is locked: docker swarm unlock on it, then repeat' ;;
    active) is_ours || refuse ;;
    *)
      is_ours || refuse
      # The machine is half-way in, as after an interruption: it leaves, and joins again.
      docker swarm leave --force >/dev/null
      enter join_swarm
      ;;
  esac
  docker info --format '{{.Swarm.NodeID}}'
}

# Removes what a Swarm leaves behind. Containers of tasks that a power cut ended stay, with their volumes, when the machine leaves; they belong to this
# Swarm, since the machine was in no other. Volumes in memory go with their task, but the engine keeps an entry of each in its list.
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
  # An administrator may have moved the machine to another Swarm since.
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
  # The engine made this network when it joined, and leaves it behind.
  if ! noted gateway; then docker network rm docker_gwbridge >/dev/null 2>&1 || true; fi
  forget gateway
  forget swarm
}
