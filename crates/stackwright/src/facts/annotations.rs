use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// What is known in `annotations.yaml`, which explains its form.
static READERS: LazyLock<Vec<Reader>> = LazyLock::new(|| super::table(include_str!("annotations.yaml")));

/// Who reads what is behind a prefix.
static BY_PREFIX: LazyLock<HashMap<&'static str, &'static Reader>> = LazyLock::new(|| {
    let of_each = |reader: &'static Reader| reader.prefixes.iter().map(move |prefix| (prefix.as_str(), reader));
    READERS.iter().flat_map(of_each).collect()
});

/// A controller and the annotations that it reads.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reader {
    prefixes: Vec<String>,
    /// Its name.
    pub who: String,
    letters: Option<Letters>,
    /// Whether it may be told to heed others.
    #[serde(default)]
    pub filters: bool,
    names: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// Whether capitals make a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Letters {
    Any,
}

impl Reader {
    /// The one of annotations with this prefix, which is what stands before the slash.
    pub(crate) fn of(prefix: &str) -> Option<&'static Self> {
        BY_PREFIX.get(prefix).copied()
    }

    /// Whether it reads an annotation of this name, the part behind the slash.
    pub(crate) fn reads(&self, name: &str) -> bool {
        let any = self.letters == Some(Letters::Any);
        let is_it = |known: &str, name: &str| if any { known.eq_ignore_ascii_case(name) } else { known == name };
        self.names.iter().any(|known| match known.strip_suffix('*') {
            Some(start) => name.get(..start.len()).is_some_and(|begun| is_it(start, begun)),
            None => is_it(known, name),
        })
    }

    /// The whole names that it reads.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str).filter(|name| !name.ends_with('*'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_source_and_day() {
        for reader in READERS.iter() {
            crate::facts::assert_sourced(&reader.who, &reader.source, &reader.read);
            assert!(reader.names.is_sorted(), "{}", reader.who);
        }
    }

    #[test]
    fn readers_take_names_and_families_of_them() {
        let reads = |prefix, name| Reader::of(prefix).is_some_and(|reader| reader.reads(name));
        assert!(reads("cert-manager.io", "cluster-issuer") && !reads("cert-manager.io", "Cluster-Issuer"));
        assert!(reads("traefik.ingress.kubernetes.io", "router.entryPoints"));
        assert!(reads("external-dns.alpha.kubernetes.io", "aws-weight") && !reads("external-dns.kubernetes.io", "aws"));
        assert!(Reader::of("example.com").is_none());
    }
}
