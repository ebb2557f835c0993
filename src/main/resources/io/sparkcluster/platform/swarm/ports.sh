# shellcheck shell=bash
# Verb look: checks which ports of other machines can be reached from this machine, and prints a line for each that cannot. A port on which nothing listens
# refuses the connection, and so can be reached. A port that stays silent, or for which a router answers, is blocked.
# shellcheck disable=SC2154  # TARGETS is set in front of it, as NAME:ADDRESS:PORT

try() { # NAME ADDRESS PORT
  local answer
  answer=$(LC_ALL=C timeout 4 bash -c "exec 3<>/dev/tcp/$2/$3" 2>&1) && return
  case $answer in
    *'Connection refused'*) ;;
    *'No route to host'* | *unreachable*) printf '%s %s rejected\n' "$1" "$3" ;;
    *) printf '%s %s silent\n' "$1" "$3" ;;
  esac
}

look() {
  local target name address port
  for target in "${TARGETS[@]}"; do
    IFS=: read -r name address port <<<"$target"
    try "$name" "$address" "$port" &
  done
  wait
}
