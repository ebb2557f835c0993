# shellcheck shell=bash
# Role: the edge node with JupyterLab.
# shellcheck disable=SC2154 # image_home comes from lib/common.sh, which sources this

workspace=${SPARKCLUSTER_WORKSPACE:-/workspace}

# Copies the image's notebooks into the workspace, each only once in the life of the workspace: never over an existing file, and not again after the user
# has deleted it. The workspace has a list of the copied notebooks.
copy_notebooks() {
  local source=$image_home/notebooks list=$workspace/.sparkcluster/notebooks file
  [ -d "$source" ] || return 0
  if ! mkdir -p "$workspace/.sparkcluster" 2>/dev/null || ! touch "$list" 2>/dev/null; then
    say "user $(id -u) cannot write in $workspace: no example notebooks are put there"
    return 0
  fi
  while IFS= read -r -d '' file; do
    file=${file#"$source"/}
    if grep -Fxq -e "$file" "$list"; then continue; fi
    if [ ! -e "$workspace/$file" ]; then
      mkdir -p "$(dirname "$workspace/$file")"
      cp "$source/$file" "$workspace/$file"
    fi
    printf '%s\n' "$file" >>"$list"
  done < <(find "$source" -type f -not -name '.*' -print0 | sort -z)
}

# make_packages_folder: where pip puts packages. A Python that started while this folder was missing would not see it later.
make_packages_folder() {
  local folder
  folder=$(python3 -m site --user-site) || true
  mkdir -p "$folder" 2>/dev/null || say "user $(id -u) cannot make $folder: pip can install nothing"
}

run() {
  require JUPYTER_TOKEN_FILE /run/spark-cluster/secrets/jupyter-token
  # Otherwise Jupyter would start without a token to check, or show a traceback.
  read_secret JUPYTER_TOKEN_FILE >/dev/null
  copy_notebooks
  make_packages_folder
  make_event_log_folder
  exec jupyter lab --config "$image_home/conf/jupyter_server_config.py" "$@"
}

healthy() { http_get 127.0.0.1 "${JUPYTER_PORT:-8888}" /api >/dev/null; }
