//! Relabelling: which targets are read, where, and with which labels.

use serde::Serialize;

/// A step of relabelling. Steps are taken in order, and see what those before them made.
///
/// Labels that begin with `__` are gone at the end. Of them `__address__`, `__metrics_path__` and `__scheme__` say where a target is read.
///
/// ```
/// use stackwright_addons::prometheus::Relabel;
///
/// let text = stackwright::yaml::to_string(&Relabel::copy("__meta_kubernetes_namespace", "namespace"))?;
/// assert_eq!(text, "source_labels:\n- __meta_kubernetes_namespace\ntarget_label: namespace\n");
/// # Ok::<(), stackwright::yaml::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Relabel {
    /// Labels whose values are looked at, with `;` between them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub source_labels: Vec<String>,
    /// What the whole of the values has to be like; anything, if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regex: Option<String>,
    /// The label that is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_label: Option<String>,
    /// What it is set to, with `$1` for the first group; that group alone, if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<String>,
    /// What is done.
    #[serde(skip_serializing_if = "Action::is_default")]
    pub action: Action,
}

/// What a step of relabelling does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Action {
    /// Sets a label, where the values are like that.
    #[default]
    Replace,
    /// Leaves out what is not like that.
    Keep,
    /// Leaves out what is like that.
    Drop,
}

impl Action {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Relabel {
    /// Leaves out what is not like that.
    pub fn keep<const N: usize>(sources: [&str; N], regex: &str) -> Self {
        Self { action: Action::Keep, ..Self::looks_at(sources, regex) }
    }

    /// Leaves out what is like that.
    pub fn drop<const N: usize>(sources: [&str; N], regex: &str) -> Self {
        Self { action: Action::Drop, ..Self::looks_at(sources, regex) }
    }

    /// One label has the value of another.
    pub fn copy(source: &str, target: &str) -> Self {
        Self { source_labels: vec![source.to_owned()], target_label: Some(target.to_owned()), ..Self::default() }
    }

    /// A label has this value.
    pub fn set(target: &str, value: &str) -> Self {
        Self { target_label: Some(target.to_owned()), replacement: Some(value.to_owned()), ..Self::default() }
    }

    /// A label is made of others, where they are like that; it stays as it is elsewhere.
    pub fn made_of<const N: usize>(sources: [&str; N], regex: &str, target: &str, replacement: &str) -> Self {
        Self {
            target_label: Some(target.to_owned()),
            replacement: (replacement != "$1").then(|| replacement.to_owned()),
            ..Self::looks_at(sources, regex)
        }
    }

    fn looks_at<const N: usize>(sources: [&str; N], regex: &str) -> Self {
        Self { source_labels: sources.map(str::to_owned).to_vec(), regex: Some(regex.to_owned()), ..Self::default() }
    }
}
