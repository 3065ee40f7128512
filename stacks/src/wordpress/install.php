<?php
// Installs the WordPress site, once. A site that is there is left as it is, but for its tables: they follow the image's version.
//
// It calls the functions behind WordPress' own installation page. wp-cli would do the same, but takes the password only as an
// argument, which every process of the node may read, or by --prompt, and then it logs the whole command with the password in it.

// WordPress ends a script that cannot go on by die(), which counts as success.
$done = false;
register_shutdown_function(function () use (&$done) {
    if (!$done) {
        exit(1);
    }
});

define('WP_INSTALLING', true);
require '/var/www/html/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

// The administrator knows already, and no pod can reach the site by its name to try whether permalinks work.
add_filter('pre_wp_mail', '__return_true');
add_action('populate_options', fn() => add_option('permalink_structure', '/%postname%/'));

// The administrator is the last thing of an installation that matters: without one, an earlier attempt ended half-way.
if (!is_blog_installed() || !get_users(['role' => 'administrator', 'number' => 1])) {
    $login = trim(file_get_contents('/secrets/admin/username'));
    // WordPress compares passwords as its forms send them: with slashes.
    $password = wp_slash(file_get_contents('/secrets/admin/password'));
    wp_install(getenv('SITE_TITLE'), $login, getenv('SITE_ADMIN_EMAIL'), true, '', $password);
    if (!get_users(['role' => 'administrator', 'number' => 1])) {
        fwrite(STDERR, "WordPress made no administrator \"$login\": is it a name that WordPress takes?\n");
        exit(1);
    }
    echo "the site is installed\n";
} else {
    $before = get_option('db_version');
    wp_upgrade();
    $after = get_option('db_version');
    echo $before === $after ? "the site is installed already\n" : "the site's tables went from version $before to $after\n";
}
$done = true;
