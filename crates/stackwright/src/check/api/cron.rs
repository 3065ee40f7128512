//! Schedules as cron has them, and time zones.

use crate::nearest::nearest;

/// The fields of a schedule: least and most, and names for numbers from the least on.
const FIELDS: [(&str, u32, u32, &[&str]); 5] = [
    ("minute", 0, 59, &[]),
    ("hour", 0, 23, &[]),
    ("day of the month", 1, 31, &[]),
    ("month", 1, 12, &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
    ("day of the week", 0, 6, &["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
];

/// What is wrong with a schedule.
pub fn fault(schedule: &str) -> Option<String> {
    const NAMED: [&str; 7] = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
    if let Some(duration) = schedule.strip_prefix("@every ") {
        return (!is_duration(duration)).then(|| "after @every stands a duration: 1h30m".to_owned());
    }
    if schedule.starts_with('@') {
        return (!NAMED.contains(&schedule)).then(|| format!("it is one of {}", NAMED.join(", ")));
    }
    let fields: Vec<_> = schedule.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Some(format!("it has five fields (minute, hour, day, month, day of the week), not {}", fields.len()));
    }
    fields.iter().zip(FIELDS).find_map(|(text, (name, least, most, names))| {
        let is_field = text.split(',').filter(|part| !part.is_empty()).all(|part| is_range(part, least, most, names));
        (!is_field).then(|| format!("{text} is no {name}: it is {least} to {most}"))
    })
}

/// `*`, `5`, `1-5`, `*/10`, `mon-fri/2`.
fn is_range(part: &str, least: u32, most: u32, names: &[&str]) -> bool {
    let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
    let number = |text: &str| {
        let by_name = names.iter().zip(least..).find(|(name, _)| name.eq_ignore_ascii_case(text));
        by_name.map(|(_, number)| number).or_else(|| whole(text))
    };
    let (first, end) = range.split_once('-').unwrap_or((range, range));
    let is_ordered = match (number(first), number(end)) {
        (Some(first), Some(end)) => least <= first && first <= end && end <= most,
        _ => matches!(range, "*" | "?"),
    };
    is_ordered && step.is_none_or(|step| whole(step).is_some_and(|step| step > 0))
}

fn whole(text: &str) -> Option<u32> {
    text.parse().ok()
}

fn is_duration(text: &str) -> bool {
    let mut rest = text.trim_start_matches(['+', '-']);
    let mut parts = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let unit =
            rest[digits..].find(|c: char| c.is_ascii_digit() || c == '.').map_or(rest.len(), |unit| digits + unit);
        if digits == 0 || !matches!(&rest[digits..unit], "ns" | "us" | "ms" | "s" | "m" | "h") {
            return false;
        }
        rest = &rest[unit..];
        parts += 1;
    }
    parts > 0
}

/// The names of the time zone database, 2025b.
const ZONES: &str = include_str!("zones.txt");

/// What is wrong with the name of a time zone.
pub fn zone_fault(zone: &str) -> Option<String> {
    if ZONES.lines().any(|known| known == zone) {
        return None;
    }
    Some(match nearest(zone, ZONES.lines()) {
        Some(meant) => format!("did you mean {meant}?"),
        None => "it is a name of the time zone database: Europe/Zurich".to_owned(),
    })
}
