"""What the client meets, and what it says then: each case is a world, the exit code, the log, and the records that are changed."""

import time

from stand_ins import API, ELSEWHERE, NAME, NEW, OLD, TOKEN, World, record

BOTH_CHANGE = f"A {NAME}: changed from 1.2.3.4 to 1.2.3.5\nAAAA {NAME}: changed from 2600::4 to 2600::5\n"
BOTH_STAY = f"A {NAME}: stays 1.2.3.5\nAAAA {NAME}: stays 2600::5\n"
UNKNOWN = f"A {NAME}: failed: the address is not known\nAAAA {NAME}: failed: the address is not known\n"
PAGE = "<!DOCTYPE html>\n<html><head><title>Log in to the hotel's network</title></head></html>\n"


def says(status, text, **headers):
    return lambda handler: handler.say(status, text, "text/html", **headers)


def refuses(status, code, message, *chain):
    return lambda handler: handler.refuse(status, code, message, [{"code": code, "message": message} for code, message in chain])


def silent(handler):
    time.sleep(3)


def drips(handler):
    """A byte now and then: no single wait is long."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(30):
        handler.wfile.write(b" ")
        time.sleep(0.1)


def hangs_up(handler):
    handler.close_connection = True


def both(line):
    """The same of both records."""
    return f"A {NAME}: {line}\nAAAA {NAME}: {line}\n"


def only(kind, log):
    """The lines about one record, of those about both."""
    return "".join(line for line in log.splitlines(keepends=True) if line.split(" ")[0].rstrip(":") == kind)


class Case:
    def __init__(self, name, log, code=0, changed=("A", "AAAA"), kinds=("A", "AAAA"), proxied=None, families=(4, 6), patience=10, least=0.0, **world):
        self.name, self.log, self.code, self.changed, self.kinds = name, log, code, changed, kinds
        # Whether the records have to be proxied, where that matters.
        self.proxied = proxied
        # What the hosts can be reached by, the seconds that a question may take, and those that the whole takes at least.
        self.families, self.patience, self.least = families, patience, least
        self.world = World(**world)


def failing(name, log, **options):
    return Case(name, log, code=1, **{"changed": (), **options})


AT_NEW = [record(kind, content=content) for kind, content in NEW.items()]
TOKEN_REFUSED = "is the token right, and may it edit this zone?"

CASES = [
    Case("changed", BOTH_CHANGE),
    Case("unchanged", BOTH_STAY, changed=(), records=AT_NEW),
    Case("unchanged, but written otherwise", BOTH_STAY, changed=(), records=[AT_NEW[0], record("AAAA", content="2600:0:0::0005")]),
    Case("one changed", f"A {NAME}: stays 1.2.3.5\nAAAA {NAME}: changed from 2600::4 to 2600::5\n", changed=("AAAA",), records=[AT_NEW[0], record("AAAA")]),
    Case("not proxied, and kept for two minutes", BOTH_CHANGE, records=[record(kind, proxied=False, ttl=120) for kind in OLD]),
    Case("proxied, as it has to be", BOTH_CHANGE, proxied=True),
    failing(
        "not proxied, as it has to be",
        "".join(f"{line}, but is not proxied by Cloudflare, and this host shows a certificate that Cloudflare alone trusts: switch the proxy there\n"
                for line in BOTH_CHANGE.replace(": changed", ": failed: changed").splitlines()),
        changed=("A", "AAAA"), proxied=True, records=[record(kind, proxied=False) for kind in OLD],
    ),
    failing(
        "proxied, as it must not be",
        "".join(f"{line}, but is proxied by Cloudflare, and this host shows a certificate that visitors themselves trust: switch the proxy there\n"
                for line in BOTH_STAY.replace(": stays", ": failed: stays").splitlines()),
        proxied=False, records=AT_NEW,
    ),
    Case("an API that knows of no proxy", BOTH_STAY, changed=(), proxied=False,
         records=[{key: value for key, value in one.items() if key != "proxied"} for one in AT_NEW]),
    Case("another record of the name is left alone", only("A", BOTH_CHANGE), changed=("A",), kinds=("A",)),
    Case("IPv6 alone", only("AAAA", BOTH_CHANGE), changed=("AAAA",), kinds=("AAAA",), families=(6,)),
    Case("IPv4 alone", only("A", BOTH_CHANGE), changed=("A",), kinds=("A",), families=(4,)),
    failing(
        "IPv6 is gone",
        "".join(f"AAAA: {host} can't be reached: Name or service not known, 3 times\n" for host in ("one.test", "two.test", "three.test"))
        + "AAAA: two sources have to know this host's address, and 0 did\n"
        + only("A", BOTH_CHANGE)
        + only("AAAA", UNKNOWN),
        changed=("A",),
        families=(4,),
    ),
    # Sources.
    Case("a source is down, and the third one helps", "A: two.test answers 500, 3 times\nAAAA: two.test answers 500, 3 times\n" + BOTH_CHANGE, sources={"two.test": 500}),
    failing(
        "two sources are down",
        "A: one.test answers 404\nA: two.test answers 404\nA: two sources have to know this host's address, and 1 did\n" + only("A", UNKNOWN),
        kinds=("A",),
        sources={"one.test": 404, "two.test": 404},
    ),
    failing(
        "two sources disagree",
        "A: https://one.test says 1.2.3.5, https://two.test says 1.2.3.6: neither is believed\n" + only("A", UNKNOWN) + only("AAAA", BOTH_CHANGE),
        changed=("AAAA",),
        sources={"two.test": {"A": "1.2.3.6", "AAAA": NEW["AAAA"]}},
    ),
    failing(
        "the sources show a page",
        "".join(f"A: {host} answers what is no address: <!DOCTYPE html>\\n<html><head><title>Log in to the hotel's net\n" for host in ("one.test", "two.test", "three.test"))
        + "A: two sources have to know this host's address, and 0 did\n"
        + only("A", UNKNOWN),
        kinds=("A",),
        sources=dict.fromkeys(("one.test", "two.test", "three.test"), PAGE),
    ),
    failing(
        "the sources say something else each",
        "A: one.test answers what is no address: \\n\n"
        "A: two.test says 2600::5, which is of the other family\n"
        "A: three.test answers 302\n"
        "A: two sources have to know this host's address, and 0 did\n" + only("A", UNKNOWN),
        kinds=("A",),
        sources={"one.test": "", "two.test": "2600::5", "three.test": says(302, "", Location=f"https://{ELSEWHERE}/")},
    ),
    failing(
        "a source is silent, one drips, one hangs up",
        "A: one.test did not answer within 0.5 s, 3 times\n"
        "A: two.test did not answer within 0.5 s, 3 times\n"
        "A: three.test can't be reached: Remote end closed connection without response, 3 times\n"
        "A: two sources have to know this host's address, and 0 did\n" + only("A", UNKNOWN),
        kinds=("A",),
        patience=0.5,
        sources={"one.test": silent, "two.test": drips, "three.test": hangs_up},
    ),
    Case("a source says what is behind the router", "A: one.test says 192.168.0.10, which is not public\n" + only("A", BOTH_CHANGE), changed=("A",), kinds=("A",),
         sources={"one.test": {"A": "192.168.0.10"}}),
    # The API.
    failing("the API is down", both(f"failed: {API} answers 503, 3 times"), api=[503] * 6),
    Case("the API is down for a moment", BOTH_CHANGE, api=[503, says(502, PAGE)]),
    failing("the API is silent", both(f"failed: {API} did not answer within 0.5 s, 3 times"), patience=0.5, api=[silent] * 6),
    failing("the API drips", both(f"failed: {API} did not answer within 0.5 s, 3 times"), patience=0.5, api=[drips] * 6),
    failing("the API hangs up", both(f"failed: {API} can't be reached: Remote end closed connection without response, 3 times"), api=[hangs_up] * 6),
    failing("the API answers a page", both(f"failed: {API} answers 200 with what is no answer of the API: <!DOCTYPE html>\\n<html><head><title>Log in to the hotel's net"),
            api=[says(200, PAGE)] * 2),
    failing("the API answers nothing", both(f"failed: {API} answers 200 with what is no answer of the API: "), api=[says(200, "")] * 2),
    failing("the API answers a list", both(f"failed: {API} answers 200 with what is no answer of the API: []"), api=[says(200, "[]")] * 2),
    failing("the API answers half of it", both(f'failed: {API} answers 200 with what is no answer of the API: {{"success": tr'), api=[says(200, '{"success": tr')] * 2),
    failing("the API answers another shape", both(f"failed: {API} answers with what is no list of records"), api=[says(200, '{"success": true, "result": {"content": "1.2.3.4"}}')] * 2),
    failing("the API lists what is no record", both("failed: it is not in zone 023e105f4ecef8ad9ca31a8372d0c353: make it once, with any address"),
            api=[says(200, '{"success": true, "result": [null, "A", {"type": "A", "name": "www.example.com", "content": "1.2.3.4"}]}')] * 2),
    failing("bytes that are no text", both(f"failed: {API} answers 200 with what is no answer of the API: \\ufffd\\ufffd\\x1b[2J"), api=[says(200, b"\xff\xfe\x1b[2J")] * 2),
    failing("success is denied with 200", both(f"failed: {API} refuses with 200: try later (1000)"), api=[refuses(200, 1000, "try later")] * 2),
    failing("no reasons", both(f"failed: {API} refuses with 400: no reason given: {TOKEN_REFUSED}"), api=[says(400, '{"success": false, "errors": null}')] * 2),
    failing("no redirect is followed", both(f"failed: {API} answers 307 with what is no answer of the API: "), api=[says(307, "", Location=f"https://{ELSEWHERE}/client/v4")] * 2),
    failing("the token is refused", both(f"failed: {API} refuses with 401: Authentication error (10000): {TOKEN_REFUSED}"), api=[refuses(401, 10000, "Authentication error")] * 2),
    failing("the token is another zone's", both(f"failed: {API} refuses with 403: Invalid access token (9109): {TOKEN_REFUSED}"), api=[refuses(403, 9109, "Invalid access token")] * 2),
    failing(
        "what is given as token is none",
        both(f"failed: {API} refuses with 400: Invalid request headers (6003), Invalid format for Authorization header (6111): {TOKEN_REFUSED}"),
        api=[refuses(400, 6003, "Invalid request headers", (6111, "Invalid format for Authorization header"))] * 2,
    ),
    failing("the API shows the token", both(f"failed: {API} refuses with 403: Bearer [token] is not known (9109): {TOKEN_REFUSED}"),
            api=[refuses(403, 9109, f"Bearer {TOKEN} is not known")] * 2),
    failing("the change is refused", both(f"failed: {API} refuses with 403: Unauthorized to access requested resource (9109): {TOKEN_REFUSED}"),
            api=[None, refuses(403, 9109, "Unauthorized to access requested resource")] * 2),
    failing("the record is missing", only("A", BOTH_CHANGE) + f"AAAA {NAME}: failed: it is not in zone 023e105f4ecef8ad9ca31a8372d0c353: make it once, with any address\n",
            changed=("A",), records=[record("A")]),
    failing("two records of a name", only("A", f"A {NAME}: failed: zone 023e105f4ecef8ad9ca31a8372d0c353 has 2 of them, and one alone can be this host: delete the others\n"),
            kinds=("A",), records=[record("A"), record("A", id="other")]),
    failing("the record is gone between two questions", only("A", both(f"failed: {API} refuses with 404: Record does not exist. (81044)")), kinds=("A",),
            api=[None, refuses(404, 81044, "Record does not exist.")]),
    failing("a change that does not show", only("A", both(f"failed: {API} took the change, and does not show it")), kinds=("A",), api=[None, lambda handler: handler.succeed(record("A"))]),
    Case("too many questions for a second", only("A", BOTH_CHANGE), changed=("A",), kinds=("A",), least=1.0, api=[says(429, "", Retry_After="1")]),
    failing("too many questions for five minutes", both(f"failed: {API} answers 429 and wants to be left alone for 300 s"), api=[says(429, "", Retry_After="300")] * 2),
    failing("too many questions, without a time", both(f"failed: {API} answers 429, 3 times"), api=[says(429, "", Retry_After="Fri, 31 Dec 1999 23:59:59 GMT")] * 6),
    # Certificates.
    failing("the clock is behind", both(f"failed: {API} shows no certificate to be trusted: certificate is not yet valid, if this host's clock is right: "
                                        "it is TIME there, and `timedatectl` says whether that is known"), certificate="early"),
    failing("the clock is ahead", both(f"failed: {API} shows no certificate to be trusted: certificate has expired, if this host's clock is right: "
                                       "it is TIME there, and `timedatectl` says whether that is known"), certificate="late"),
    failing("somebody else's certificate", both(f"failed: {API} shows no certificate to be trusted: unable to get local issuer certificate"), certificate="unknown"),
]

# By https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry, the ends of each, and what no host has.
NOT_PUBLIC = """
0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.1 192.0.0.9 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.7 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255
:: ::1 ::ffff:1.2.3.4 64:ff9b::1.2.3.4 64:ff9b:1::1 100::1 100:0:0:1::1 2001::1 2001:1::1 2001:2::1 2001:3::1 2001:4:112::1 2001:10::1 2001:20::1 2001:30::1 2001:db8::1
2002:102:304::1 3fff::1 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1 ff0e::1 4000::1
""".split()
PUBLIC = """
1.0.0.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.254
2001:200::1 2003::1 2400::1 2a00::1 2c00::1 3ffe::1
""".split()
