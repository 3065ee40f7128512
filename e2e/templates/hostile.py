"""Texts that mean something to somebody."""

import random

FIXED = [
    "", " ", "a", "kube-node1", "192.168.56.0/24", "two words", " led", "trailed ", "tab\there", "line\nbreak", "cr\rhere", "crlf\r\nhere",
    "it's", 'say "hi"', "'", '"', "\\", "\\\\", "a\\", "\\n", "\\\"", "\\'", "$", "$$", "$HOME", "${HOME}", "$(touch pwned)", "`touch pwned`",
    "#{system('touch pwned')}", "#", "# comment", "a # b", "//", "/* x */", "<!-- x -->", "-->", "--", "-", "-rf", "--help", ";", "a; b", "; touch pwned",
    "{", "}", "{}", "{{ value }}", "{% if x %}", "[", "]", "(", ")", "$((1+1))", "%", "%n", "%%", "%s", "100%", "%{x}", "*", "?", "~", "~root", "!", "!!", "&", "&&",
    "&amp;", "&#60;", "&lt", "|", "<", ">", "<<EOF", "<< 'EOF'", "</script>", "<script>alert(1)</script>", "</textarea>", "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "https://a.example/?b=c&d=e#f", "@", "@a", "=", "A=b", "=b", ",", "a,b", ":", "::", "ü", "é\u0301", "日本語", "😀",
    "\u2028", "\u2029", "\u0085", "\ufeff", "\u00a0", "\u200b", "\u202e", "\x01", "\x1b[0m", "\x7f", "\x80", "\0", "a\0b", "\ufffe", "\ufdd0", "x" * 15, "x" * 16, "x" * 127, "x" * 128,
    "x" * 129, "x" * 5000, "ü" * 64, "ü" * 65, "\"\"\"", "'''", "\"\"\"\nimport os", "__END__", "=begin", "EOF", "nil", "true", "null", "None", "on", "off", "default", "accept", "drop", "a[$(touch pwned)]",
    "\n", "\r", "\n\n", "a\n", "\na", "\\\n", "a\\\nb", "\t", "http://$host/", "unix:/x", "eth0", "eth0.5", "eth*", "a/b", "..", ".", "/", "/srv/a b", "%h/%i", "\\x41", "\\u0041", "\\101", "\\$", "\\`", "#{1}", "\"#{1}\"",
    "'; touch pwned; '", "\"; touch pwned; \"", "');touch('pwned');//", "${jndi:x}", "$a$b", "a$", "\\$HOME", "~/x", "${value}", "$1", "$@", "x}y", "y{z", "a'b\"c\\d$e`f",
]
ATOMS = list("'\"\\$`#%{}()[]<>;:|&*?!~=@,. \n\t-/aN0") + ["${", "$(", "#{", "%%", "{{", "}}", "</", "<!--", "\\\\", "ü", "\u2028", "\r", "word"]


def values(seed):
    """The fixed ones, and as many at random: without what would name the same twice."""
    dice = random.Random(seed)
    texts = FIXED + ["".join(dice.choices(ATOMS, k=dice.randint(1, 14))) for _ in FIXED]
    return list(dict.fromkeys(texts))


def controls(text):
    return any(ord(char) < 32 and char != "\t" or 127 <= ord(char) < 160 for char in text)


def is_name(text):
    """What needs quotes nowhere."""
    return bool(text) and text[0] not in "-" and all(char.isascii() and (char.isalnum() or char in "._-/:") for char in text)


def marked(text):
    return "\ufdd0" in text
