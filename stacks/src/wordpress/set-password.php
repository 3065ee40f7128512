<?php
// Sets a user's password to what comes by standard input: php set-password.php USER < PASSWORD

// WordPress ends with the exit code 0 when it has no database.
$done = false;
register_shutdown_function(function () {
    global $done;
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
wp_set_password($password, $user->ID);
$done = true;
echo "the password of $user->user_login is set\n";
