use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::ResourceRequirements;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use stackwright::prelude::default;

pub(crate) fn resource_requests<const N: usize>(amounts: [(&str, &str); N]) -> ResourceRequirements {
    ResourceRequirements { requests: Some(quantities(amounts)), ..default() }
}

pub(crate) fn limited<const N: usize>(
    resources: ResourceRequirements,
    limits: [(&str, &str); N],
) -> ResourceRequirements {
    ResourceRequirements { limits: Some(quantities(limits)), ..resources }
}

fn quantities<const N: usize>(amounts: [(&str, &str); N]) -> BTreeMap<String, Quantity> {
    amounts.map(|(name, amount)| (name.to_owned(), Quantity(amount.to_owned()))).into()
}
