#!/usr/bin/env bash
# What the official image does before its command, in the words of this project: docker-library/wordpress, docker-entrypoint.sh.
# Started as docker-ensure-installed.sh it does the same whatever the command is (issue 969 there).
set -Eeuo pipefail

source=/usr/src/wordpress

# Whom the copied files belong to: the user that Apache serves them as, or who runs this when that is not root.
owner() {
  if ((EUID == 0)); then
    local user=${APACHE_RUN_USER:-www-data} group=${APACHE_RUN_GROUP:-www-data}
    # Apache takes a number as `#1000`.
    echo "${user#\#}:${group#\#}"
  else
    echo "$(id -u):$(id -g)"
  fi
}

copy_core() { # OWNER
  local from=(--create --file - --directory "$source" --owner "${1%:*}" --group "${1#*:}") to=(--extract --file -) content
  if ((EUID == 0)) && [[ $(stat --format %u:%g .) == 0:0 ]]; then
    chown "$1" .
  fi
  echo "WordPress not found in $PWD - copying now..." >&2
  if [[ -n $(find . -mindepth 1 -maxdepth 1 -not -name wp-content) ]]; then
    echo "WARNING: $PWD is not empty! (copying anyhow)" >&2
  fi
  # Leaves folders that are there as they are, since only their owner may change them. GNU tar still sets their mode for a moment,
  # to be sure that it may write into them: it fails at a wp-content that belongs to someone else.
  ((EUID == 0)) || to+=(--no-overwrite-dir)
  # A plugin or theme that is there may be newer than the image's.
  for content in "$source"/.htaccess "$source"/wp-content/*/*/; do
    content=${content%/}
    content=${content#"$source"/}
    if [[ -e $source/$content && -e $PWD/$content ]]; then
      echo "WARNING: '$PWD/$content' exists! (not copying the WordPress version)" >&2
      from+=(--exclude "./$content")
    fi
  done
  tar "${from[@]}" . | tar "${to[@]}"
  echo "Complete! WordPress has been successfully copied to $PWD" >&2
}

configure() { # OWNER
  local example
  for example in wp-config-docker.php "$source/wp-config-docker.php"; do
    [[ -s $example ]] || continue
    echo "No 'wp-config.php' found in $PWD, but 'WORDPRESS_...' variables supplied; copying '$example' (${!WORDPRESS_@})" >&2
    # A random value in the place of each key that no variable gives.
    awk '
      /put your unique phrase here/ {
        random = "head --bytes=1M /dev/urandom | sha1sum | cut --delimiter=\" \" --fields=1"
        random | getline phrase
        close(random)
        gsub("put your unique phrase here", phrase)
      }
      { print }
    ' "$example" >wp-config.php
    if ((EUID == 0)); then
      chown "$1" wp-config.php || true
    fi
    return
  done
}

if [[ ${1:-} == apache2* || ${0##*/} == docker-ensure-installed.sh ]]; then
  owner=$(owner)
  [[ -e index.php || -e wp-includes/version.php ]] || copy_core "$owner"
  names=("${!WORDPRESS_@}")
  [[ -s wp-config.php ]] || ((${#names[@]} == 0)) || configure "$owner"
fi

exec "$@"
