#!/usr/bin/env bash
# Installs the WordPress site, once: a site that has an administrator is left as it is.
set -euo pipefail

user=$(cat /secrets/admin/username)

if ! wp core is-installed; then
  # The password goes by standard input: an argument could be read by every process of the node.
  wp core install \
    --url="https://$SITE_HOST" \
    --title="$SITE_TITLE" \
    --admin_user="$user" \
    --admin_email="$SITE_ADMIN_EMAIL" \
    --skip-email \
    --prompt=admin_password < /secrets/admin/password
elif [ "$(wp user list --role=administrator --format=count)" -eq 0 ]; then
  # An earlier attempt ended between making the tables and making the user.
  wp user create "$user" "$SITE_ADMIN_EMAIL" --role=administrator --prompt=user_pass < /secrets/admin/password
else
  echo "the site is installed already"
fi
