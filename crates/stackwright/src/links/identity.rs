//! Which object something is, for the API server.

use std::fmt;

use crate::object::Kind;

/// A kind and the group that it is of: two groups may each have a kind of one name.
///
/// It is written as kubectl takes it, `KIND.GROUP`; kinds of the core group have no dot. A version is no part of it.
///
/// ```
/// use stackwright::check::GroupKind;
///
/// let gateway = GroupKind::from("Gateway.gateway.networking.k8s.io");
/// assert_eq!(gateway, GroupKind::new("gateway.networking.k8s.io/v1", "Gateway"));
/// assert_ne!(gateway, "Gateway.networking.istio.io".into());
/// assert_eq!(GroupKind::from("Service").group, "");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupKind<'a> {
    /// The group, such as `apps`; empty for the core group.
    pub group: &'a str,
    /// The kind, such as `Deployment`.
    pub kind: &'a str,
}

impl<'a> GroupKind<'a> {
    /// The kind of objects that have this `apiVersion` and `kind`.
    pub fn new(api_version: &'a str, kind: &'a str) -> Self {
        Self { group: api_version.split_once('/').map_or("", |(group, _)| group), kind }
    }
}

impl GroupKind<'static> {
    /// The kind of a type's objects.
    pub fn of<T: Kind>() -> Self {
        Self { group: T::GROUP, kind: T::KIND }
    }
}

impl<'a> From<&'a str> for GroupKind<'a> {
    fn from(written: &'a str) -> Self {
        let (kind, group) = written.split_once('.').unwrap_or((written, ""));
        Self { group, kind }
    }
}

/// `Certificate.cert-manager.io`, as kubectl takes it.
impl fmt::Display for GroupKind<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.kind)?;
        if self.group.is_empty() { Ok(()) } else { write!(formatter, ".{}", self.group) }
    }
}

/// What makes two objects the same one for the API server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId<'a> {
    /// Its kind.
    pub kind: GroupKind<'a>,
    /// Its namespace; empty where its kind has none.
    pub namespace: &'a str,
    /// Its name.
    pub name: &'a str,
}
