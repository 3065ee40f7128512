<?php
// Waits until WordPress' database answers ("database"), or until the site in it is installed ("site").
// The site is installed by a Job: before that, the first visitor could claim it, so no web server starts earlier.

$site = ($argv[1] ?? '') === 'site';
[$host, $port] = explode(':', getenv('WORDPRESS_DB_HOST') . ':3306');
$prefix = getenv('WORDPRESS_TABLE_PREFIX') ?: 'wp_';
mysqli_report(MYSQLI_REPORT_OFF);

$said = '';
while (true) {
    $database = mysqli_init();
    mysqli_options($database, MYSQLI_OPT_CONNECT_TIMEOUT, 5);
    $connected = @mysqli_real_connect(
        $database,
        $host,
        getenv('WORDPRESS_DB_USER'),
        getenv('WORDPRESS_DB_PASSWORD'),
        getenv('WORDPRESS_DB_NAME'),
        (int) $port,
        null,
        MYSQLI_CLIENT_SSL
    );
    if (!$connected) {
        $why = "the database at $host does not answer: " . mysqli_connect_error();
    } elseif (!$site) {
        exit(0);
    } else {
        // The administrator is the last thing of an installation that matters.
        $rows = mysqli_query($database, "SELECT 1 FROM `{$prefix}users` LIMIT 1");
        if ($rows && mysqli_num_rows($rows) > 0) {
            exit(0);
        }
        $why = 'the site is not installed yet: see the Job wordpress-install-...';
    }
    if ($why !== $said) {
        fwrite(STDERR, "waiting: $why\n");
        $said = $why;
    }
    sleep(3);
}
