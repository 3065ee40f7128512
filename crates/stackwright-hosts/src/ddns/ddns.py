#!/usr/bin/python3 -I
"""Brings DNS records to this host's public address, by the API that Cloudflare has: ddns.py CONFIGURATION.

The address is what two sources agree on, which are asked over the family that the record is of. Of a record, the content alone is
changed, and only if it is another one: whether it is proxied, and for how long it is kept, stays. Where it has to be proxied, or must
not be, and is otherwise, that is a failure. It remembers nothing, so it can be stopped anywhere and run again. The token of the API is
the credential `token` of its unit.

Each record is one line. The exit code is 0 if all are right, 1 if one isn't, 2 if it could not begin. Python 3.9 runs it, which is
Rocky Linux 9's, and it needs nothing beside.
"""

import contextlib
import http.client
import ipaddress
import json
import os
import re
import signal
import socket
import ssl
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

# Seconds that one question may take, from looking up the name to the last byte of the answer.
PATIENCE = float(os.environ.get("PATIENCE", "10"))
ATTEMPTS = 3
# Seconds before the second attempt, and twice that before the third.
PAUSE = float(os.environ.get("PAUSE", "2"))
# Who asks for more gets it by the next run.
LONGEST_PAUSE = 30
LONGEST_ANSWER = 1 << 20

FAMILIES = {"A": socket.AF_INET, "AAAA": socket.AF_INET6}
# Which addresses are public, Python knows. It does not know these, or not in each version: those of protocols (RFC 6890), 6to4
# (RFC 7526), and a second network of IPv6 for documentation (RFC 9637).
NO_HOSTS = [ipaddress.ip_network(network) for network in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")]
# All that is given to hosts: https://www.iana.org/assignments/ipv6-address-space.
GIVEN_IPV6 = ipaddress.ip_network("2000::/3")


class Failure(Exception):
    """Why a record could not be brought to the address, or the address not be learnt."""


class TooSlow(Exception):
    """The time for a question is over."""


def main(arguments):
    if len(arguments) != 1:
        say("usage: ddns.py CONFIGURATION")
        return 2
    try:
        config = json.loads(Path(arguments[0]).read_text())
        api = Api(config["api"], token())
    except (OSError, ValueError, Failure) as error:
        say(f"no record is looked at: {error}")
        return 2
    sources, records = config["sources"], config["records"]
    addresses = {kind: public_address(sources, kind) for kind in FAMILIES if any(record["type"] == kind for record in records)}
    failed = 0
    for record in records:
        what = f"{record['type']} {record['name']}"
        try:
            say(f"{what}: {brought_to(addresses[record['type']], record, api)}")
        except Failure as failure:
            say(f"{what}: failed: {failure}")
            failed += 1
    return 1 if failed else 0


def token():
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        raise Failure("its unit has the token: systemctl start ddns.service")
    text = (Path(folder) / "token").read_text().strip()
    # More would be further lines of the request, or an error that shows it.
    if not re.fullmatch("[!-~]+", text):
        raise Failure("the token is not one word of ASCII: write it anew, and give it to this host again")
    return text


def say(line):
    """A line of the log. What others answer is in it: it stays one line, of what can be seen."""
    print(line.encode("unicode_escape").decode("ascii"), flush=True)


def brought_to(address, record, api):
    """Sees to it that a record has the address, and says what was done."""
    if address is None:
        raise Failure("the address is not known")
    path = f"/zones/{record['zone']}/dns_records"
    listed = api.result("GET", f"{path}?{urlencode({'type': record['type'], 'name': record['name']})}")
    if not isinstance(listed, list):
        raise Failure(f"{api.host} answers with what is no list of records")
    found = [one for one in listed if is_record(one, record)]
    if not found:
        raise Failure(f"it is not in zone {record['zone']}: make it once, with any address")
    if len(found) > 1:
        raise Failure(f"zone {record['zone']} has {len(found)} of them, and one alone can be this host: delete the others")
    [found] = found
    # Proxied or not, it has to lead here.
    done = moved_to(address, found, path, api)
    wanted = record.get("proxied")
    if wanted is not None and (found.get("proxied") is True) != wanted:
        is_now, trusting = ("is not proxied", "Cloudflare alone trusts") if wanted else ("is proxied", "visitors themselves trust")
        raise Failure(f"{done}, but {is_now} by Cloudflare, and this host shows a certificate that {trusting}: switch the proxy there")
    return done


def moved_to(address, found, path, api):
    if is_same(found["content"], address):
        return f"stays {address}"
    changed = api.result("PATCH", f"{path}/{quote(found['id'], safe='')}", {"content": str(address)})
    if not isinstance(changed, dict) or not is_same(changed.get("content"), address):
        raise Failure(f"{api.host} took the change, and does not show it")
    return f"changed from {found['content']} to {address}"


def is_record(found, wanted):
    """Whether an entry of the API's list is this record. An API that takes no notice of the query lists others, too."""
    return (
        isinstance(found, dict)
        and found.get("type") == wanted["type"]
        and str(found.get("name")).lower() == wanted["name"]
        and all(isinstance(found.get(key), str) for key in ("id", "content"))
    )


def is_same(content, address):
    """Whether it is that address, however it is written."""
    try:
        return ipaddress.ip_address(content) == address
    except ValueError:
        return False


def public_address(sources, kind):
    """The host's address of the family of a record's type, if the first two sources that know it say the same."""
    told = {}
    for source in sources:
        try:
            told[source] = told_by(source, kind)
        except Failure as failure:
            say(f"{kind}: {failure}")
        if len(told) == 2:
            break
    if len(told) < 2:
        say(f"{kind}: two sources have to know this host's address, and {len(told)} did")
        return None
    [one, other] = told.values()
    if one != other:
        say(f"{kind}: " + ", ".join(f"{source} says {address}" for source, address in told.items()) + ": neither is believed")
        return None
    return one


def told_by(source, kind):
    host = urlsplit(source).hostname
    status, text = answered("GET", source, FAMILIES[kind])
    if status != 200:
        raise Failure(f"{host} answers {status}")
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        raise Failure(f"{host} answers what is no address: {text[:60]}") from None
    if address.version != (4 if kind == "A" else 6):
        raise Failure(f"{host} says {address}, which is of the other family")
    if not is_public(address):
        raise Failure(f"{host} says {address}, which is not public")
    return address


def is_public(address):
    is_given = address.version == 4 or address in GIVEN_IPV6
    return is_given and address.is_global and not address.is_multicast and not any(address in network for network in NO_HOSTS)


class Api:
    """The API, as <https://developers.cloudflare.com/api/resources/dns/subresources/records/> describes it."""

    def __init__(self, url, token):
        self.url = url
        self.host = urlsplit(url).hostname
        self.token = token

    def result(self, method, path, content=None):
        """`result` of the answer to a request."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = None if content is None else json.dumps(content)
        status, text = answered(method, self.url + path, socket.AF_UNSPEC, headers, body)
        # It knows the token, and may show it.
        text = text.replace(self.token, "[token]")
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not isinstance(answer.get("success"), bool):
            raise Failure(f"{self.host} answers {status} with what is no answer of the API: {text[:60]}")
        if answer["success"] and status == 200:
            return answer.get("result")
        refusal = f"{self.host} refuses with {status}: {reasons(answer.get('errors'))}"
        # 400: a token that is none, by its form (6003, Invalid request headers).
        raise Failure(refusal + (": is the token right, and may it edit this zone?" if status in (400, 401, 403) else ""))


def reasons(errors):
    """What the API says is wrong, with what each of it is due to."""
    if not isinstance(errors, list):
        return "no reason given"
    known = [error for error in errors if isinstance(error, dict)]
    chain = [cause for error in known for cause in error.get("error_chain") or [] if isinstance(cause, dict)]
    return ", ".join(f"{str(error.get('message'))[:120]} ({error.get('code')})" for error in known + chain) or "no reason given"


def answered(method, url, family, headers=(), body=None):
    """Status and text of the answer to a request. It is repeated where that may help: what is asked here can be asked twice."""
    host = urlsplit(url).hostname
    for attempt in range(1, ATTEMPTS + 1):
        pause = PAUSE * attempt
        try:
            status, answered_headers, text = asked(method, url, family, dict(headers), body)
        except TooSlow:
            fact = f"{host} did not answer within {PATIENCE:g} s"
        except ssl.SSLCertVerificationError as error:
            raise Failure(f"{host} shows no certificate to be trusted: {certificate_fact(error)}") from None
        except (OSError, http.client.HTTPException) as error:
            fact = f"{host} can't be reached: {getattr(error, 'strerror', None) or error or type(error).__name__}"
        else:
            if status != 429 and status < 500:
                return status, text
            fact = f"{host} answers {status}"
            asked_for = answered_headers.get("Retry-After", "")
            pause = max(pause, int(asked_for)) if asked_for.isdecimal() else pause
        if pause > LONGEST_PAUSE:
            raise Failure(f"{fact} and wants to be left alone for {pause:g} s")
        if attempt < ATTEMPTS:
            time.sleep(pause)
    raise Failure(f"{fact}, {ATTEMPTS} times")


def certificate_fact(error):
    fact = error.verify_message
    # X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED: https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/
    if error.verify_code in (9, 10):
        now = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
        return f"{fact}, if this host's clock is right: it is {now} there, and `timedatectl` says whether that is known"
    return fact


def asked(method, url, family, headers, body):
    """Status, headers and text of the answer to one request. No redirect is followed: the token would go there, too."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with time_limit(PATIENCE), connection(parts.hostname, parts.port or 443, family) as stream:
        request = http.client.HTTPConnection(parts.netloc)
        request.sock = stream
        request.request(method, target, body, {"User-Agent": "stackwright-ddns", **headers})
        answer = request.getresponse()
        return answer.status, answer.headers, answer.read(LONGEST_ANSWER).decode("utf-8", "replace")


def connection(host, port, family):
    """A TLS connection over the family, or over either: IPv4 first. Where that is missing it fails at once; IPv6 may lead nowhere."""
    found = sorted(socket.getaddrinfo(host, port, family, socket.SOCK_STREAM), key=lambda one: one[0])
    for number, (family, kind, protocol, _, address) in enumerate(found, 1):
        raw = socket.socket(family, kind, protocol)
        try:
            raw.connect(address)
            return ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        except OSError:
            raw.close()
            if number == len(found):
                raise


@contextlib.contextmanager
def time_limit(seconds):
    """Ends what takes longer. A socket's own time-out would begin anew with each byte that comes."""

    def end(*_):
        raise TooSlow

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
