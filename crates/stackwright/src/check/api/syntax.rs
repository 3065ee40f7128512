//! What names, labels, paths and times of the API look like. Each function says what is wrong with a text, if anything is.

use std::net::{Ipv4Addr, Ipv6Addr};

/// What is wrong with a text.
pub type Syntax = fn(&str) -> Option<&'static str>;

fn refused(wrong: bool, why: &'static str) -> Option<&'static str> {
    wrong.then_some(why)
}

fn is_lower_or_digit(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_label(bytes: &[u8], inner: impl Fn(u8) -> bool, outer: impl Fn(u8) -> bool) -> bool {
    let [first, .., last] = bytes else { return bytes.first().is_some_and(|only| outer(*only)) };
    outer(*first) && outer(*last) && bytes.iter().all(|byte| inner(*byte))
}

/// A DNS label: `web-1`.
pub fn dns_label(text: &str) -> Option<&'static str> {
    let is_one = text.len() <= 63
        && is_label(text.as_bytes(), |byte| is_lower_or_digit(byte) || byte == b'-', is_lower_or_digit);
    refused(
        !is_one,
        "a DNS label has at most 63 lower-case letters, digits and `-`, and begins and ends with a letter or digit",
    )
}

/// A DNS label that begins with a letter, as a Service's name: `web-1`.
pub fn dns_1035_label(text: &str) -> Option<&'static str> {
    let is_one = dns_label(text).is_none() && text.as_bytes()[0].is_ascii_lowercase();
    refused(
        !is_one,
        "it has at most 63 lower-case letters, digits and `-`, begins with a letter, and ends with a letter or digit",
    )
}

fn is_subdomain(text: &str, inner: impl Fn(u8) -> bool + Copy, outer: impl Fn(u8) -> bool + Copy) -> bool {
    text.len() <= 253 && text.as_bytes().split(|byte| *byte == b'.').all(|label| is_label(label, inner, outer))
}

/// A DNS name: `web.example.org`.
pub fn dns_name(text: &str) -> Option<&'static str> {
    let is_one = is_subdomain(text, |byte| is_lower_or_digit(byte) || byte == b'-', is_lower_or_digit);
    refused(
        !is_one,
        "a DNS name has at most 253 lower-case letters, digits, `-` and `.`, and each of its parts begins and ends with a letter or digit",
    )
}

/// A DNS name in whose parts underscores may stand: a search domain.
pub fn search_domain(text: &str) -> Option<&'static str> {
    let text = if text == "." { return None } else { text.strip_suffix('.').unwrap_or(text) };
    let allowed = |byte| is_lower_or_digit(byte) || byte == b'_';
    refused(!is_subdomain(text, |byte| allowed(byte) || byte == b'-', allowed), "it is no domain")
}

/// A DNS name whose first label may be `*`: `*.example.org`.
pub fn wildcard_dns_name(text: &str) -> Option<&'static str> {
    match text.strip_prefix("*.") {
        Some(rest) => dns_name(rest),
        None if text.contains('*') => Some("`*` stands for the first label alone: `*.example.org`"),
        None => dns_name(text),
    }
}

/// A name that can stand in a URL's path.
pub fn path_segment(text: &str) -> Option<&'static str> {
    refused(
        text == "." || text == ".." || text.contains(['/', '%']),
        "it can't be `.` or `..` nor have `/` or `%` in it",
    )
}

/// The name part of a label: `Name_1.a`.
fn is_name_part(text: &str) -> bool {
    text.len() <= 63
        && is_label(
            text.as_bytes(),
            |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'),
            |byte| byte.is_ascii_alphanumeric(),
        )
}

/// A label's key: `example.org/name`, or `name`.
pub fn qualified_name(text: &str) -> Option<&'static str> {
    let slash = text.bytes().position(|byte| byte == b'/');
    let (prefix, name) = slash.map_or((None, text), |slash| (Some(&text[..slash]), &text[slash + 1..]));
    if prefix.is_some_and(|prefix| dns_name(prefix).is_some()) {
        return Some("what stands before the `/` is a DNS name in lower case");
    }
    refused(
        !is_name_part(name),
        "it has at most 63 letters, digits, `-`, `_` and `.`, and begins and ends with a letter or digit",
    )
}

/// A label's key with the domain that it is of: `example.org/name`.
pub fn domain_prefixed(text: &str) -> Option<&'static str> {
    match text.split_once('/') {
        Some((domain, path)) if !domain.is_empty() && !path.is_empty() => dns_name(domain)
            .or(refused(!path.bytes().all(is_path_byte), "what stands after the `/` is no path of a URL")),
        _ => Some("it is a domain and a path: `example.org/name`"),
    }
}

fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/%-._~!$&'()*+,;=:".contains(&byte)
}

/// A label's value: `web`, or nothing.
pub fn label_value(text: &str) -> Option<&'static str> {
    refused(
        !text.is_empty() && !is_name_part(text),
        "a label's value has at most 63 letters, digits, `-`, `_` and `.`, and begins and ends with a letter or digit",
    )
}

/// The key of a ConfigMap or Secret: `nginx.conf`.
pub fn data_key(text: &str) -> Option<&'static str> {
    let allowed = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    refused(
        text.is_empty() || text.len() > 253 || !allowed || text == "." || text.starts_with(".."),
        "a key has at most 253 letters, digits, `-`, `_` and `.`, and does not begin with `..`",
    )
}

/// The name of an environment variable: printable ASCII but `=`.
pub fn variable_name(text: &str) -> Option<&'static str> {
    let allowed = text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'=');
    refused(!allowed, "a variable's name is printable ASCII without `=`")
}

/// The name of a port of a container: at most 15 characters, one of them a letter.
pub fn port_name(text: &str) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let is_one = text.len() <= 15
        && is_label(text.as_bytes(), |byte| is_lower_or_digit(byte) || byte == b'-', is_lower_or_digit)
        && bytes.iter().any(u8::is_ascii_lowercase)
        && !text.contains("--");
    refused(
        !is_one,
        "a port's name has at most 15 lower-case letters, digits and single `-`, one letter at least, and begins and ends with a letter or digit",
    )
}

/// A path that stays where it begins.
pub fn without_backsteps(text: &str) -> Option<&'static str> {
    refused(text.split('/').any(|part| part == ".."), "`..` can't stand in it")
}

/// A path below something: relative, and without `..`.
pub fn relative_path(text: &str) -> Option<&'static str> {
    if text.starts_with('/') { Some("it is relative: no `/` in front") } else { without_backsteps(text) }
}

/// A path from the root.
pub fn absolute_path(text: &str) -> Option<&'static str> {
    refused(!text.starts_with('/'), "it begins with `/`")
}

/// An IPv4 or IPv6 address.
pub fn ip_address(text: &str) -> Option<&'static str> {
    refused(!is_ip(text), "it is no IP address")
}

fn is_ip(text: &str) -> bool {
    is_ipv4(text) || text.contains(':') && text.parse::<Ipv6Addr>().is_ok()
}

/// Kubernetes takes leading zeros, for the sake of old objects: `010.0.0.1`.
fn is_ipv4(text: &str) -> bool {
    let parts: Vec<_> = text.split('.').collect();
    text.parse::<Ipv4Addr>().is_ok()
        || parts.len() == 4
            && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()) && part.parse::<u8>().is_ok())
}

/// A range of addresses: `10.0.0.0/8`.
pub fn cidr(text: &str) -> Option<&'static str> {
    let is_one = text.split_once('/').is_some_and(|(address, bits)| {
        let most = if is_ipv4(address) { 32 } else { 128 };
        is_ip(address)
            && bits.bytes().all(|byte| byte.is_ascii_digit())
            && bits.parse::<u8>().is_ok_and(|bits| bits <= most)
    });
    refused(!is_one, "it is no range of addresses, such as 10.0.0.0/8")
}

/// Percent: `25%`.
pub fn percent(text: &str) -> Option<&'static str> {
    let digits = text.strip_suffix('%').unwrap_or_default();
    refused(
        digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()),
        "it is a number, or a percentage such as \"25%\"",
    )
}

/// An HTTP header's name.
pub fn header_name(text: &str) -> Option<&'static str> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    refused(text.is_empty() || !text.bytes().all(allowed), "a header's name has letters, digits and `-`")
}

/// An `apiVersion`: `v1`, `apps/v1`.
pub fn api_version(text: &str) -> Option<&'static str> {
    refused(text.matches('/').count() > 1, "it is a group and a version, such as apps/v1")
}
