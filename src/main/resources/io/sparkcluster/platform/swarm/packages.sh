# shellcheck shell=bash
# Notes the packages that our installation of Docker added to a machine, and what existed before. Only added packages are ever removed, and only if nobody has
# asked for them since.
# shellcheck disable=SC2154  # notes is common.sh's

# comm needs one sort order, and apt-get's output is parsed.
export LC_ALL=C

# Earlier releases noted all packages that existed before. Packages added since may be an administrator's, except these.
dockers='docker\.io|docker-cli|containerd|runc|tini'

# Prints the name of each installed package.
installed() { dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u; }

# Prints the name of each package that dpkg knows, including packages of which only settings are left.
known() { dpkg-query --show --showformat '${Package}\n' | sort -u; }

# Prints what an installation would add: NAME new, or NAME again for a package that was installed earlier.
planned() { # PACKAGE...
  local name
  apt install --simulate --no-install-recommends "$@" | sed -n 's/^Inst \([^ :]*\).*/\1/p' | sort -u | comm -23 - <(installed) | while read -r name; do
    if known | grep -Fqx "$name"; then printf '%s again\n' "$name"; else printf '%s new\n' "$name"; fi
  done
}

# Notes which planned packages are installed now: we added them, even if the installation was interrupted.
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

# ours [new|again]: prints the packages that we added and that are still installed, except dependencies that an administrator has since asked for by name.
ours() {
  if ! noted added; then return; fi
  sed -n "s/ ${1:-.*}\$//p" "$notes/added" | sort -u | comm -12 - <(installed) | comm -23 - <(apt-mark showmanual | grep -vxE 'docker\.io|docker-cli' | sort -u)
}

# Prints what apt would remove together with these packages.
removals() { # PACKAGE...
  apt remove --simulate "$@" | sed -n 's/^\(Remv\|Purg\) \([^ :]*\).*/\2/p' | sort -u
}

# Notes which folders exist. A folder that is empty now, such as a mounted disk, is emptied again later, but not removed.
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
