use stackwright::Error;

/// A program for Linux at one version, by the sums of what is downloaded.
#[derive(Debug, Clone, Copy)]
pub struct Download<'a> {
    /// Its version, as its maker writes it.
    pub version: &'a str,
    /// The SHA-256 of what is downloaded for x86_64.
    pub amd64: &'a str,
    /// The SHA-256 of what is downloaded for aarch64.
    pub arm64: &'a str,
}

impl Download<'_> {
    /// Refuses sums that are none.
    pub(crate) fn check(&self) -> Result<(), Error> {
        [self.amd64, self.arm64].into_iter().try_for_each(check_sum)
    }
}

/// Refuses a text that is no sum.
pub(crate) fn check_sum(text: &str) -> Result<(), Error> {
    if text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return Ok(());
    }
    Err(Error::new(
        format!("`{}` is not a SHA-256", text.escape_debug()),
        "it is 64 small hexadecimal digits, published beside what is downloaded",
    ))
}
