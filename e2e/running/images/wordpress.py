"""The root folder of `wordpress:*-apache`: Debian's Apache, PHP and WordPress where the official image has them.

Facts of the official image are those of docker-library/wordpress (Dockerfile.template) and docker-library/php
(Dockerfile-linux.template), from which it is built.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import debian

# Unstable's `php-*` name its newest PHP. The last lines are what the entry point calls, and what Debian's own images hold.
PACKAGES = (
    "apache2", "libapache2-mod-php", "php-cli", "php-bcmath", "php-curl", "php-gd", "php-intl", "php-mbstring", "php-mysql",
    "php-readline", "php-xml", "php-zip", "wordpress", "wordpress-theme-twentytwentyfive",
    "bash", "ca-certificates", "coreutils", "curl", "dash", "findutils", "grep", "mawk", "media-types", "sed", "tar",
)
# What only Debian's own scripts call.
WITHOUT = (
    "perl", "perl-base", "perl-modules-.*", "libperl.*", "libtext-.*-perl", "default-mysql-client", "mariadb-.*", "libmariadb3",
    "mysql-common", "debconf", "ucf", "sensible-utils", "procps", "psmisc", "javascript-common", "fonts-dejavu-.*", "apache2-utils",
)

# Those of Debian that the official image has too: what works here must work there.
EXTENSIONS = (
    "bcmath", "ctype", "curl", "dom", "exif", "fileinfo", "gd", "iconv", "intl", "mbstring", "mysqli", "mysqlnd", "opcache", "pdo",
    "phar", "posix", "readline", "simplexml", "tokenizer", "xml", "xmlreader", "xmlwriter", "zip",
)
# Debian's apache2 enables the first lines when it is installed; docker-library/php and docker-library/wordpress add the last.
MODULES = (
    "access_compat", "alias", "auth_basic", "authn_core", "authn_file", "authz_core", "authz_host", "authz_user", "autoindex",
    "deflate", "dir", "env", "filter", "mime", "negotiation", "reqtimeout", "setenvif", "status",
    "mpm_prefork", "rewrite", "expires", "remoteip",
)
SETTINGS = (
    "charset", "localized-error-pages", "other-vhosts-access-log", "security", "serve-cgi-bin",
    "docker-php", "remoteip",
)

WWW_DATA = 33


def assemble(root: Path, files: Path) -> None:
    """Makes of the unpacked packages what the official image is. `files` lies as the image has it."""
    debian.users(root, ("www-data", WWW_DATA, "/var/www"))
    _core(root)
    shutil.copytree(files, root, symlinks=True, dirs_exist_ok=True)
    _php(root)
    _apache(root)
    _give(root / "usr/src/wordpress", recursively=True)
    debian.drop(root, (
        "etc/fonts", "etc/wordpress", "usr/share/fonts", "usr/share/javascript", "usr/share/php", "usr/share/php*-*", "usr/share/wordpress",
        "usr/share/X11", "usr/src/wordpress/wp-config.php", "var/lib/wordpress",
    ))
    debian.drop_unused_libraries(root)


def _core(root: Path) -> None:
    """WordPress as plain files. Debian's links to other packages, and keeps what an administrator may change elsewhere."""
    core = root / "usr/src/wordpress"
    core.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["chroot", root, "cp", "--recursive", "--dereference", "--preserve=mode", "/usr/share/wordpress", "/usr/src/wordpress"], check=True
    )
    # Debian keeps licences in one place for all packages; our probes read the one that WordPress comes with.
    shutil.copy(root / "usr/share/common-licenses/GPL-2", core / "license.txt")
    for folder in ("wp-content", "wp-content/themes"):
        shutil.copy(core / "wp-content/plugins/index.php", core / folder)
    # So that a volume or a file mounted below has a parent that anyone may write to.
    site = root / "var/www/html"
    shutil.rmtree(site, ignore_errors=True)
    content = [path.name for path in (core / "wp-content").iterdir() if path.is_dir()]
    for folder in (".", "wp-content", "wp-content/cache", *(f"wp-content/{name}" for name in content)):
        (site / folder).mkdir(parents=True, exist_ok=True)
        (site / folder).chmod(0o1777)
        _give(site / folder)


def _php(root: Path) -> None:
    """PHP reads /usr/local/etc/php/php.ini and the files in conf.d beside it, in Apache and at the command line."""
    ours = root / "usr/local/etc/php"
    for ini in sorted(root.glob("usr/share/php*-*/*/*.ini")):
        if ini.stem in EXTENSIONS:
            priority = re.search(r"^; priority=(\d+)", ini.read_text(), re.MULTILINE)
            shutil.copy(ini, ours / "conf.d" / f"{priority[1] if priority else '20'}-{ini.name}")
    for version in root.glob("etc/php/*"):
        for interface in ("apache2", "cli"):
            shutil.rmtree(version / interface, ignore_errors=True)
            (version / interface).symlink_to("/usr/local/etc/php")
    (program,) = root.glob("usr/bin/php[0-9]*")
    (root / "usr/local/bin/php").symlink_to(program.relative_to(root).as_posix().replace("usr", "/usr", 1))


def _apache(root: Path) -> None:
    """What a2enmod, a2enconf and a2ensite would do, and the folders that Apache writes to as any user."""
    apache = root / "etc/apache2"
    (php,) = (path.stem for path in apache.glob("mods-available/php*.load"))
    for kind, names, endings in (("mods", (*MODULES, php), ("load", "conf")), ("conf", SETTINGS, ("conf",))):
        for path in (apache / f"{kind}-available/{name}.{ending}" for name in names for ending in endings):
            # docker-php.conf says which files are PHP; Debian's own file for that is not in the official image.
            if path.exists() and path.name != f"{php}.conf":
                (apache / f"{kind}-enabled" / path.name).symlink_to(f"../{kind}-available/{path.name}")
    sites = apache / "sites-enabled"
    sites.mkdir(exist_ok=True)
    (sites / "000-default.conf").symlink_to("../sites-available/000-default.conf")

    # A variable of the container goes before Debian's value.
    variables = apache / "envvars"
    variables.write_text(re.sub(r"(?m)^export ([^=\n]+)=(.*)$", r": ${\1:=\2}\nexport \1", variables.read_text()))
    # Logs name the client that the proxy tells of.
    for path in apache.rglob("*.conf"):
        if not path.is_symlink():
            path.write_text(re.sub(r'(?m)^(\s*LogFormat\s+"[^"\n]*)%h', r"\1%a", path.read_text()))
    for folder in ("run/lock/apache2", "run/apache2", "run/apache2/socks", "var/log/apache2"):
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder).chmod(0o1777)
        _give(root / folder)
    for log, stream in (("error", "stderr"), ("access", "stdout"), ("other_vhosts_access", "stdout")):
        link = root / f"var/log/apache2/{log}.log"
        link.symlink_to(f"/dev/{stream}")
        _give(link)


def _give(path: Path, *, recursively: bool = False) -> None:
    """To www-data."""
    for each in (path, *(path.rglob("*") if recursively else ())):
        os.chown(each, WWW_DATA, WWW_DATA, follow_symlinks=False)
