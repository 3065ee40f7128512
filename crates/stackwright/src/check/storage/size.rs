use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::api::resource;

use crate::Quantity;

/// The bytes of an amount of storage; none where it is no such amount.
pub(super) fn bytes(amounts: Option<&BTreeMap<String, resource::Quantity>>) -> Option<u128> {
    u128::try_from(Quantity::parse(&amounts?.get("storage")?.0)?.units()).ok()
}

/// Bytes as Kubernetes writes them: `10Gi`, or with the next smaller unit where that is not whole.
pub(super) fn written(bytes: u128) -> String {
    let units = [(40, "Ti"), (30, "Gi"), (20, "Mi"), (10, "Ki")];
    let unit = units.into_iter().find(|(shift, _)| bytes > 0 && bytes.is_multiple_of(1 << shift));
    unit.map_or_else(|| bytes.to_string(), |(shift, unit)| format!("{}{unit}", bytes >> shift))
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn whole_units() {
        assert_eq!(written(3 << 30), "3Gi");
        assert_eq!(written(3 << 19), "1536Ki");
        assert_eq!(written(1025), "1025");
        assert_eq!(written(0), "0");
    }
}
