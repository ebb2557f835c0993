# shellcheck shell=bash
# Verbs prepare and restore: gives a machine a Docker engine that its administrator may use, and returns the machine to its earlier state.
# shellcheck disable=SC2154  # ADMINISTRATOR is set in front of it; notes is common.sh's

oldest_engine=20.10

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
  local wanted=(docker.io) failed=''
  command -v apt-get >/dev/null || die 'no Docker, and this machine has no apt-get: install Docker 20.10 or newer on it'
  say 'no Docker on this machine: installing docker.io with apt-get'
  # An interrupted installation blocks every later one until it is completed.
  quietly 'dpkg --configure' dpkg --configure -a
  quietly 'apt-get update' apt update
  # Newer releases of the distribution have a separate package for the client.
  if apt-cache show docker-cli >/dev/null 2>&1; then wanted+=(docker-cli); fi
  settle
  if [ -z "$(ours)" ]; then note_what_is_there; fi
  note planned "$(planned "${wanted[@]}")"
  (quietly 'apt-get install' apt install -y --no-install-recommends "${wanted[@]}") || failed=yes
  settle
  if [ -n "$failed" ]; then exit 1; fi
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

# The administrator may use sudo, and so could use the engine anyway: this adds no right.
admit_administrator() {
  if [ "$ADMINISTRATOR" = root ] || id -nG "$ADMINISTRATOR" | grep -qw docker; then return; fi
  note group
  usermod --append --groups docker "$ADMINISTRATOR"
}

prepare() {
  claim
  if ! command -v dockerd >/dev/null || ! command -v docker >/dev/null; then install_docker; fi
  start_docker
  not_too_old
  admit_administrator
  say "Docker $(engine_answers) is ready"
}

restore() {
  if ! is_owned; then
    if [ -e "$notes" ]; then say "nothing is changed here: this machine has things of $(whose "$notes")"; fi
    return
  fi
  take_docker_away
  if noted group && getent group docker >/dev/null; then gpasswd --delete "$ADMINISTRATOR" docker >/dev/null || true; fi
  forget group
}

# If Docker stays, its notes stay too, for the next attempt.
take_docker_away() {
  local found
  settle
  if ! noted added; then return; fi
  if ! command -v dockerd >/dev/null; then
    say 'Docker, which came with the cluster, was taken away by somebody else'
  elif ! engine_answers >/dev/null 2>&1 || ! found=$(on_engine); then
    say 'Docker stays: its engine does not answer, so that nobody knows what is on it. To have it taken away, start it, then make the cluster once more and take it away'
    return
  elif [ -n "$found" ]; then
    say "Docker stays: there are ${found//$'\n'/, } on it"
    return
  else
    remove_docker || return 0
  fi
  forget added
  forget there
}

# Prints what the engine has besides what came with the cluster. Fails if the engine does not answer.
on_engine() {
  local found state
  state=$(swarm_state) || return 1
  if [ "$state" != inactive ]; then echo 'a Swarm'; fi
  found=$(docker ps --all --quiet) || return 1
  if [ -n "$found" ]; then echo containers; fi
  found=$(docker volume ls --quiet) || return 1
  if [ -n "$found" ]; then echo volumes; fi
  found=$(docker network ls --filter type=custom --format '{{.Name}}') || return 1
  if [ -n "$(grep -vx docker_gwbridge <<<"$found" | sed '/^$/d')" ]; then echo networks; fi
  found=$(docker image ls --quiet --no-trunc) || return 1
  # An image from a registry does not count, since it can be pulled again.
  # shellcheck disable=SC2086 # one identifier a word
  if [ -n "$found" ]; then found=$(docker image inspect --format '{{with .Config.Labels}}{{index . "io.sparkcluster.image"}}{{end}} {{len .RepoDigests}}' $found) || return 1; fi
  if grep -qx ' 0' <<<"$found"; then echo 'images that were built or loaded here'; fi
  if command -v ctr >/dev/null && found=$(ctr namespaces list --quiet 2>/dev/null) && grep -vqx moby <<<"${found:-moby}"; then echo 'containers of containerd'; fi
}

remove_docker() {
  local names others new
  names=$(ours)
  if [ -n "$names" ]; then
    # shellcheck disable=SC2086 # one package a word
    if ! others=$(removals $names); then
      say 'Docker stays: apt-get does not say what would go with it'
      return 1
    fi
    others=$(comm -13 <(printf '%s\n' "$names") <(printf '%s\n' "$others" | sed '/^$/d'))
    if [ -n "$others" ]; then
      say "Docker stays: ${others//$'\n'/, } would go with it"
      return 1
    fi
    if [ -d /run/systemd/system ]; then systemctl stop docker.service docker.socket >/dev/null 2>&1 || true; else service docker stop >/dev/null 2>&1 || true; fi
    # Only new packages are purged: others were installed before, and may still have an administrator's settings.
    new=$(ours new)
    # shellcheck disable=SC2086 # one package a word
    quietly 'apt-get remove' apt remove -y $names
    # Debian's package leaves this script behind when it is removed, and runs it when it is purged: it deletes everything in the folder, whoever made it.
    rm -f /var/lib/docker/nuke-graph-directory.sh
    # shellcheck disable=SC2086
    quietly 'apt-get purge' apt purge -y $new
  fi
  remove_what_it_made
  say 'Docker, which came with the cluster, is gone again'
}

# Removes only what did not exist before Docker was installed.
remove_what_it_made() {
  if ! noted there; then
    say 'The folders /var/lib/docker, /var/lib/containerd and /etc/docker stay: the release that installed Docker did not note whether they were there before'
    return
  fi
  remove_folder /var/lib/docker
  if ! command -v containerd >/dev/null; then remove_folder /var/lib/containerd; fi
  # Settings in this folder are the administrator's; only the key was made by the engine.
  if ! was_there /etc/docker; then
    rm -f /etc/docker/key.json
    if ! was_there '/etc/docker empty'; then rmdir /etc/docker 2>/dev/null || true; fi
  fi
  rm -rf /run/docker 2>/dev/null || true
  ip link delete docker0 2>/dev/null || true
  if ! was_there group && getent group docker >/dev/null; then groupdel docker; fi
}
