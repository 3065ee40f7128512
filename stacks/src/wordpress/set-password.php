<?php
// Sets a user's password to what comes by standard input: php set-password.php USER < PASSWORD

// WordPress ends a script that cannot go on by die(), which counts as success.
$done = false;
register_shutdown_function(function () use (&$done) {
    if (!$done) {
        exit(1);
    }
});

require '/var/www/html/wp-load.php';

function fail(string $why): never
{
    fwrite(STDERR, "set-password: $why\n");
    exit(1);
}

$password = stream_get_contents(STDIN);
if ($password === false || $password === '') {
    fail('no password came by standard input');
}
$user = get_user_by('login', $argv[1] ?? '');
if (!$user) {
    fail('the site has no user "' . ($argv[1] ?? '') . '"');
}
// WordPress compares passwords as its forms send them: with slashes.
wp_set_password(wp_slash($password), $user->ID);
$done = true;
echo "the password of $user->user_login is set\n";
