# shellcheck shell=bash
# Which packages came to a machine with our installation of Docker, and what was there before: only the former is ever taken away, and only what nobody else has asked for since.
# shellcheck disable=SC2154  # notes is common.sh's

# comm needs one order, and apt-get's words are read.
export LC_ALL=C

# Earlier releases noted all packages from before; what came since then may be an administrator's, but for these.
dockers='docker\.io|docker-cli|containerd|runc|tini'

# NAME of each package that is installed.
installed() { dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u; }

# NAME of each package that dpkg knows, those too of which only settings are left.
known() { dpkg-query --show --showformat '${Package}\n' | sort -u; }

# What an installation would add, before it does: NAME new, or NAME again for one that was there earlier.
planned() { # PACKAGE...
  local name
  apt install --simulate --no-install-recommends "$@" | sed -n 's/^Inst \([^ :]*\).*/\1/p' | sort -u | comm -23 - <(installed) | while read -r name; do
    if known | grep -Fqx "$name"; then printf '%s again\n' "$name"; else printf '%s new\n' "$name"; fi
  done
}

# What of it is installed now was added by us, also when the installation was cut off.
settle() {
  if noted packages; then
    note added "$(comm -13 <(sort -u "$notes/packages") <(installed) | grep -xE "$dockers" | sed 's/$/ new/')"
    forget packages
  fi
  if ! noted planned; then return; fi
  note added "$({
    cat "$notes/added" 2>/dev/null || true
    awk 'NR == FNR { there[$1] = 1; next } $1 in there' <(installed) "$notes/planned"
  } | sed '/^$/d' | sort -u)"
  forget planned
}

# ours [new|again]: those of our packages that are still there, but for what came along with Docker and an administrator has asked for by name since.
ours() {
  if ! noted added; then return; fi
  sed -n "s/ ${1:-.*}\$//p" "$notes/added" | sort -u | comm -12 - <(installed) | comm -23 - <(apt-mark showmanual | grep -vxE 'docker\.io|docker-cli' | sort -u)
}

# What apt would remove with those packages.
removals() { # PACKAGE...
  apt remove --simulate "$@" | sed -n 's/^\(Remv\|Purg\) \([^ :]*\).*/\2/p' | sort -u
}

# A folder that was empty, such as a disk of its own, is emptied again.
note_what_is_there() {
  local folder
  note there "$(
    for folder in /var/lib/docker /var/lib/containerd /etc/docker; do
      if [ ! -e "$folder" ]; then continue; fi
      if [ -z "$(ls -A "$folder")" ]; then printf '%s empty\n' "$folder"; else printf '%s\n' "$folder"; fi
    done
    if getent group docker >/dev/null; then echo group; fi
  )"
}

was_there() { grep -Fqx "$1" "$notes/there"; }

remove_folder() { # FOLDER
  if was_there "$1"; then return; fi
  rm -rf "${1:?}"/* "${1:?}"/.[!.]* 2>/dev/null || true
  if ! was_there "$1 empty"; then rm -rf "$1" 2>/dev/null || true; fi
}
