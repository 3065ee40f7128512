use stackwright::Subnet;

/// The addresses that Cloudflare connects from, as the file says where from and when.
const ADDRESSES: &str = include_str!("cloudflare.txt");

/// The ports that Cloudflare passes on as HTTP: <https://developers.cloudflare.com/fundamentals/reference/network-ports/>.
pub(super) const HTTP: &[u16] = &[80, 8080, 8880, 2052, 2082, 2086, 2095];
/// Those that it passes on as HTTPS.
pub(super) const HTTPS: &[u16] = &[443, 2053, 2083, 2087, 2096, 8443];

/// The addresses that Cloudflare connects from, by its own lists of 27 November 2026.
pub fn addresses() -> Vec<Subnet> {
    let lines = ADDRESSES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| Subnet::new(line).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_a_subnet() {
        let lines = ADDRESSES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        assert_eq!(lines.count(), addresses().len());
        assert!(addresses().iter().any(Subnet::is_ipv6));
    }
}
