//! The Services that Ingresses lead to.

use std::fmt;

use k8s_openapi::api::networking::v1::{Ingress, IngressServiceBackend};

/// Where a backend stands in an Ingress.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BackendPath {
    /// Where all goes that no rule has.
    Default,
    /// By the numbers of the rule and of its path.
    Rule(usize, usize),
}

impl fmt::Display for BackendPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("spec.defaultBackend"),
            Self::Rule(rule, path) => write!(formatter, "spec.rules[{rule}].http.paths[{path}].backend"),
        }
    }
}

/// Each Service that an Ingress leads to, and where it says so.
pub(crate) fn backends(ingress: &Ingress) -> impl Iterator<Item = (BackendPath, &IngressServiceBackend)> {
    let spec = ingress.spec.iter();
    let default = spec.clone().filter_map(|spec| Some((BackendPath::Default, spec.default_backend.as_ref()?)));
    let rules = spec.flat_map(|spec| spec.rules.iter().flatten().enumerate());
    let told = rules.flat_map(|(number, rule)| {
        let paths = rule.http.iter().flat_map(|http| &http.paths).enumerate();
        paths.map(move |(place, path)| (BackendPath::Rule(number, place), &path.backend))
    });
    default.chain(told).filter_map(|(path, backend)| Some((path, backend.service.as_ref()?)))
}
