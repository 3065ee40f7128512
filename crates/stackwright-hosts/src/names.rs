use stackwright::Error;

/// Refuses a name that is no DNS label, which a node's has to be for Kubernetes.
pub(crate) fn check_host_name(name: &str) -> Result<(), Error> {
    if is_label(name) {
        return Ok(());
    }
    Err(Error::new(
        format!("`{}` is not a name for a node", name.escape_debug()),
        "use small letters, digits and hyphens, at most 63, with no hyphen at either end",
    ))
}

/// Whether it is a DNS name, of small letters.
pub(crate) fn is_dns_name(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(is_label)
}

fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}
