//! The releases of Kubernetes that are known.

use std::ops::RangeInclusive;

use crate::Error;

/// The minor versions of 1 whose API is known: those that k8s-openapi has types for.
pub const KNOWN: RangeInclusive<u32> = 33..=37;

/// The minor version of a known release: 35 of `1.35.4`, `v1.35` or `1.35.4+k3s1`.
///
/// ```
/// use stackwright::kubernetes;
///
/// assert_eq!(kubernetes::minor("1.35.4").unwrap(), 35);
/// assert_eq!(kubernetes::minor("1.99").unwrap_err().help(), "the known ones are 1.33, 1.34, 1.35, 1.36 and 1.37");
/// ```
///
/// # Errors
/// When that is no release, or not one of [`KNOWN`].
pub fn minor(release: &str) -> Result<u32, Error> {
    let written = || Error::new(format!("`{release}` is no release of Kubernetes"), "write it as 1.35 or 1.35.4");
    let minor = parsed(release).ok_or_else(written)?;
    if KNOWN.contains(&minor) {
        return Ok(minor);
    }
    let earlier: Vec<_> = (*KNOWN.start()..*KNOWN.end()).map(|minor| format!("1.{minor}")).collect();
    Err(Error::new(
        format!("the API of Kubernetes 1.{minor} is not known"),
        format!("the known ones are {} and 1.{}", earlier.join(", "), KNOWN.end()),
    ))
}

fn parsed(release: &str) -> Option<u32> {
    let mut parts = release.strip_prefix('v').unwrap_or(release).split('.');
    (parts.next()? == "1").then_some(())?;
    let minor = parts.next()?;
    minor.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each macro is there for a version with types: another k8s-openapi doesn't compile until the range is its own.
    #[test]
    fn the_first_and_the_last_known_release_have_types() {
        let (oldest, newest);
        k8s_openapi::k8s_if_ge_1_33! { oldest = 33; }
        k8s_openapi::k8s_if_1_37! { newest = 37; }
        assert_eq!(KNOWN, oldest..=newest);
    }

    #[test]
    fn releases_are_written_in_several_ways_and_latest_is_none() {
        for release in ["1.35", "1.35.4", "v1.35.4", "1.35.4+k3s1", "1.35-rc.1"] {
            assert_eq!(minor(release).ok(), Some(35), "{release}");
        }
        for release in ["", "latest", "35", "2.35", "1.", "1.x", "1.99", "1.32"] {
            assert!(minor(release).is_err(), "{release}");
        }
    }
}
