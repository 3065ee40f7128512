<?php
// Apache runs PHP: that is all. When the database is away, every pod is as bad as the others, and WordPress' own page tells visitors so.
header('Cache-Control: no-store');
echo "ready\n";
