use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

/// The bytes of an amount of storage, rounded up as Kubernetes does; none where it is no such amount.
pub(super) fn bytes(amounts: Option<&BTreeMap<String, Quantity>>) -> Option<u128> {
    bytes_of(&amounts?.get("storage")?.0)
}

fn bytes_of(text: &str) -> Option<u128> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let power = |base: u128, unit: &str| {
        let exponent = ["", "k", "M", "G", "T", "P", "E"].iter().position(|known| *known == unit)?;
        base.checked_pow(u32::try_from(exponent).ok()?)
    };
    let factor = match unit.strip_suffix('i') {
        Some("K") => 1024,
        Some(binary) if !binary.is_empty() && binary != "k" => power(1024, binary)?,
        Some(_) => return None,
        None => power(1000, unit)?,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let scale = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let digits: u128 = format!("{whole}{fraction}").parse().ok()?;
    Some(digits.checked_mul(factor)?.div_ceil(scale))
}

/// Bytes as Kubernetes writes them: `10Gi`, or with the next smaller unit where that is not whole.
pub(super) fn written(bytes: u128) -> String {
    let units = [(40, "Ti"), (30, "Gi"), (20, "Mi"), (10, "Ki")];
    let unit = units.into_iter().find(|(shift, _)| bytes > 0 && bytes.is_multiple_of(1 << shift));
    unit.map_or_else(|| bytes.to_string(), |(shift, unit)| format!("{}{unit}", bytes >> shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts() {
        assert_eq!(bytes_of("1Gi"), Some(1 << 30));
        assert_eq!(bytes_of("1.5Ki"), Some(1536));
        assert_eq!(bytes_of("2k"), Some(2000));
        assert_eq!(bytes_of("1.0001k"), Some(1001));
        assert_eq!(bytes_of("10"), Some(10));
        assert_eq!(bytes_of("1ki"), None);
        assert_eq!(bytes_of("1X"), None);
        assert_eq!(bytes_of("Gi"), None);
        assert_eq!(written(3 << 30), "3Gi");
        assert_eq!(written(1536), "1536");
        assert_eq!(written(3 << 19), "1536Ki");
    }
}
