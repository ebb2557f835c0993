# shellcheck shell=bash
# Sourced by testbed/test: gets programs that only tests use. With TEST_INSTALL=yes they are installed; otherwise Debian's packages are unpacked into the
# checkout, which starts no service and changes nothing else.
# shellcheck disable=SC2154 # root is testbed/test's

readonly unpacked=$root/.local/test-programs

may_install() { [ -n "${CI:-}" ] || [ "${TEST_INSTALL:-}" = yes ]; }

# unpack PACKAGE: unpacks it and the dependencies that this machine lacks; prints the folder.
unpack() {
  local package=$1 folder=$unpacked/$1
  if [ ! -d "$folder" ]; then
    is_debian || return 1
    rm -rf "$folder.new"
    mkdir -p "$folder.new/archives"
    (
      cd "$folder.new/archives"
      # shellcheck disable=SC2046 # names of packages
      apt-get download $(needed_packages "$package")
      for archive in *.deb; do dpkg -x "$archive" ..; done
    ) >"$unpacked/$package.log" 2>&1 || return 1
    rm -rf "$folder.new/archives"
    mv "$folder.new" "$folder"
  fi
  printf '%s' "$folder"
}

# What apt-get would install; it only says so.
needed_packages() { apt-get install --simulate --no-install-recommends "$1" | awk '$1 == "Inst" { print $2 }'; }

# Puts shellcheck on PATH.
use_shellcheck() {
  local folder
  if command -v shellcheck >/dev/null; then return; fi
  if may_install && is_root && is_debian; then
    apt_install shellcheck
  elif folder=$(unpack shellcheck); then
    PATH=$PATH:$folder/usr/bin
  else
    die 'shellcheck is not installed: on Debian and Ubuntu apt-get install shellcheck, on macOS brew install shellcheck'
  fi
}

# Puts an sshd on PATH for tests that start one. Without it they are skipped, with a message.
use_sshd() {
  local folder
  if command -v sshd >/dev/null || [ -x /usr/sbin/sshd ]; then return; fi
  if may_install && is_root && is_debian; then
    apt_install openssh-server
  elif is_root && ! getent passwd sshd >/dev/null 2>&1; then
    # As root, sshd needs the user sshd, which only the package's installation makes.
    printf 'no sshd: set TEST_INSTALL=yes to install it\n'
  elif folder=$(unpack openssh-server); then
    mkdir -p "$folder/bin"
    # sshd starts itself again for each connection, by its full path.
    # shellcheck disable=SC2016 # for the script that is written
    printf '#!/bin/sh\nLD_LIBRARY_PATH=$(echo "%s"/usr/lib/*-linux-gnu):$(echo "%s"/lib/*-linux-gnu) exec "%s/usr/sbin/sshd" "$@"\n' "$folder" "$folder" "$folder" >"$folder/bin/sshd"
    chmod +x "$folder/bin/sshd"
    PATH=$folder/bin:$PATH
  else
    printf 'no sshd: it is not installed, and its package could not be had; see %s\n' "${unpacked#"$root/"}/openssh-server.log"
  fi
}
