# shellcheck shell=bash
# Verbs prepare and restore: a machine with a Docker engine that its administrator may use, and back to what it was.
# shellcheck disable=SC2154  # ADMINISTRATOR is set in front of it; notes is common.sh's

oldest_engine=20.10

packages() { dpkg-query --show --showformat '${Package}\n' | sort -u; }

apt() { DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 "$@"; }

quietly() { # WHAT COMMAND...
  local what=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    die "$what failed; the end of what it said is above"
  fi
  rm -f "$log"
}

install_docker() {
  local wanted=(docker.io)
  command -v apt-get >/dev/null || die 'no Docker, and this machine has no apt-get: install Docker 20.10 or newer on it'
  say 'no Docker on this machine: installing docker.io with apt-get'
  # Noted before, so that an installation that was cut off is still known as ours.
  if ! noted packages; then note packages "$(packages)"; fi
  # An installation that was cut off earlier blocks every later one until it is completed.
  quietly 'dpkg --configure' dpkg --configure -a
  quietly 'apt-get update' apt update
  # Newer releases hold the client in a package of its own.
  if apt-cache show docker-cli >/dev/null 2>&1; then wanted+=(docker-cli); fi
  quietly 'apt-get install' apt install -y --no-install-recommends "${wanted[@]}"
}

engine_answers() { docker version --format '{{.Server.Version}}'; }

start_docker() {
  if engine_answers >/dev/null 2>&1; then return; fi
  say 'starting the Docker engine'
  if [ -d /run/systemd/system ]; then
    systemctl enable --now docker.service >/dev/null 2>&1 || true
  else
    service docker start >/dev/null 2>&1 || true
  fi
  await 60 'the Docker engine answers' engine_answers
}

not_too_old() {
  local version
  version=$(engine_answers)
  if [ "$(printf '%s\n' "$oldest_engine" "$version" | sort -V | head -n 1)" != "$oldest_engine" ]; then
    die "the Docker engine is version $version, and $oldest_engine or newer is needed: upgrade it"
  fi
}

# Whoever may use sudo may use the engine: no right is added that was not there.
admit_administrator() {
  if [ "$ADMINISTRATOR" = root ] || id -nG "$ADMINISTRATOR" | grep -qw docker; then return; fi
  note group
  usermod --append --groups docker "$ADMINISTRATOR"
}

prepare() {
  if ! command -v dockerd >/dev/null || ! command -v docker >/dev/null; then install_docker; fi
  start_docker
  not_too_old
  admit_administrator
  say "Docker $(engine_answers) is ready"
}

# What a user keeps on the engine, such as a workspace, is worth more than a machine that is as it was.
is_in_use() { [ -n "$(docker ps --all --quiet)$(docker volume ls --quiet)" ]; }

remove_docker() {
  local added
  mapfile -t added < <(comm -13 "$notes/packages" <(packages))
  if [ -d /run/systemd/system ]; then systemctl stop docker.service docker.socket >/dev/null 2>&1 || true; else service docker stop >/dev/null 2>&1 || true; fi
  if [ "${#added[@]}" -gt 0 ]; then quietly 'apt-get purge' apt purge -y "${added[@]}"; fi
  # The folder itself may be a disk of its own.
  rm -rf /var/lib/docker/* /var/lib/docker /var/lib/containerd /etc/docker /run/docker 2>/dev/null || true
  ip link delete docker0 2>/dev/null || true
  if getent group docker >/dev/null; then groupdel docker; fi
  say 'Docker, which came with the cluster, is gone again'
}

restore() {
  if noted packages; then
    if command -v docker >/dev/null && engine_answers >/dev/null 2>&1 && is_in_use; then
      # The note stays too, for the next time.
      say 'Docker stays: there are containers or volumes left on it'
    else
      remove_docker
      forget packages
    fi
  fi
  if noted group && getent group docker >/dev/null; then gpasswd --delete "$ADMINISTRATOR" docker >/dev/null || true; fi
  forget group
}
