# shellcheck shell=bash
# Which of some ports of other machines are reached from here: one line for each that is not. A port on which nobody listens answers too, by refusing; what
# stays silent, or is answered by a router, is blocked.
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
