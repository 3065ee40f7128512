use stackwright::Error;

/// Refuses a name that is no DNS label, which a node's has to be for Kubernetes.
pub(crate) fn check_host_name(name: &str) -> Result<(), Error> {
    let is_label = (1..=63).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-');
    if is_label {
        return Ok(());
    }
    Err(Error::new(
        format!("`{}` is not a name for a node", name.escape_debug()),
        "use small letters, digits and hyphens, at most 63, with no hyphen at either end",
    ))
}
