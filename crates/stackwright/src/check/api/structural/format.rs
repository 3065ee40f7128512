use crate::check::api::{secret, syntax};

/// What is wrong with a text of a format; most are not looked at.
pub fn fault(text: &str, format: &str) -> Option<&'static str> {
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = |date: &str| {
        let parts: Vec<_> = date.splitn(3, '-').collect();
        matches!(parts[..], [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2)
            && ("01"..="12").contains(&month) && ("01"..="31").contains(&day))
    };
    match format {
        "ipv4" if text.contains(':') || syntax::ip_address(text).is_some() => Some("it is an IPv4 address"),
        "ipv6" if !text.contains(':') || syntax::ip_address(text).is_some() => Some("it is an IPv6 address"),
        "cidr" => syntax::cidr(text),
        "date" if !is_date(text) => Some("it is a date: 2026-11-21"),
        "date-time" => {
            let (date, time) = text.split_once(['T', 't']).unwrap_or((text, ""));
            (!is_date(date) || !is_time(time)).then_some("it is a date, a time and a zone: 2026-11-21T14:25:00Z")
        }
        "byte" if secret::bytes(text).is_none() => Some("it is base64"),
        "uuid" => {
            let plain: String = text.split('-').collect();
            let is_one = plain.len() == 32 && plain.bytes().all(|byte| byte.is_ascii_hexdigit());
            (!is_one).then_some("it is a UUID")
        }
        _ => None,
    }
}

/// A time of day with its zone: `14:25:00Z`, `14:25:00.5+01:00`.
fn is_time(text: &str) -> bool {
    let is_number =
        |part: Option<&str>| part.is_some_and(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let (time, zone) = text.split_at(text.find(['Z', 'z', '+', '-']).unwrap_or(text.len()));
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = time.split(':');
    let is_clock = (0..3).all(|_| is_number(parts.next())) && parts.next().is_none() && time <= "23:59:59";
    let mut offset = zone.get(1..).unwrap_or_default().split(':');
    let is_zone = matches!(zone, "Z" | "z") || is_number(offset.next()) && is_number(offset.next());
    is_clock && is_zone && !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit())
}
