use std::any::{Any, TypeId};
use std::fmt;
use std::panic::Location;
use std::sync::OnceLock;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::{ClusterResourceScope, NamespaceResourceScope, SubResourceScope};
use serde::Serialize;
use serde::ser::SerializeStruct as _;

use crate::Release;
use crate::check::{Allowance, GroupKind, Tree};
use crate::yaml::{self, Located, Problem};

/// A type of Kubernetes object: every top-level k8s-openapi struct is one, and so is a struct of yours for a CRD
/// that implements [`k8s_openapi::Resource`] and [`k8s_openapi::Metadata`] and serialises its `apiVersion` and `kind`.
///
/// Checks see such a struct as they would see its YAML. [`Object::custom`] makes a custom resource without a struct.
pub trait Kind:
    k8s_openapi::Resource<Scope: Scope> + k8s_openapi::Metadata<Ty = ObjectMeta> + Serialize + Any + Send + Sync
{
}

impl<T> Kind for T where
    T: k8s_openapi::Resource<Scope: Scope> + k8s_openapi::Metadata<Ty = ObjectMeta> + Serialize + Any + Send + Sync
{
}

/// Whether objects of a [`Kind`] are in namespaces: one of k8s-openapi's three types.
pub trait Scope {
    /// Whether they are in none.
    const IS_CLUSTER_WIDE: bool;
}

impl Scope for ClusterResourceScope {
    const IS_CLUSTER_WIDE: bool = true;
}

impl Scope for NamespaceResourceScope {
    const IS_CLUSTER_WIDE: bool = false;
}

impl Scope for SubResourceScope {
    const IS_CLUSTER_WIDE: bool = false;
}

/// One Kubernetes object of any kind, so that objects of different kinds can stand in one list.
pub struct Object {
    inner: Box<dyn AnyKind>,
    /// What reading its YAML gives, where its type is not the one that YAML is read into.
    as_read: Option<OnceLock<Option<Box<Located>>>>,
    allowances: Vec<Allowance>,
    made_at: &'static Location<'static>,
    /// The name of the inflated release that made it.
    release: Option<Box<str>>,
}

impl Object {
    /// A custom resource without a struct: its `apiVersion`, kind and metadata, and what else is in it.
    ///
    /// ```
    /// use serde_json::json;
    /// use stackwright::Object;
    /// use stackwright::prelude::*;
    ///
    /// let app = App::new("shop", "web");
    /// let spec = json!({ "secretName": "shop-tls", "dnsNames": ["shop.example.com"], "issuerRef": { "name": "lab" } });
    /// let certificate = Object::custom("cert-manager.io/v1", "Certificate", app.metadata(), [("spec", spec)]);
    /// assert_eq!(certificate.to_string(), "Certificate web/shop");
    /// ```
    #[track_caller]
    pub fn custom<const N: usize>(
        api_version: &str,
        kind: &str,
        metadata: ObjectMeta,
        content: [(&str, serde_json::Value); N],
    ) -> Self {
        let written = serde_json::to_value(&metadata).unwrap_or_default();
        let head = [("apiVersion", api_version.into()), ("kind", kind.into()), ("metadata", written)];
        let content: serde_json::Map<_, _> =
            head.into_iter().chain(content).map(|(key, value)| (key.to_owned(), value)).collect();
        Self::made(Untyped { api_version: api_version.to_owned(), kind: kind.to_owned(), metadata, content }, true)
    }

    #[track_caller]
    fn made(inner: impl AnyKind + 'static, is_other_type: bool) -> Self {
        let as_read = is_other_type.then(OnceLock::new);
        Self { inner: Box::new(inner), as_read, allowances: Vec::new(), made_at: Location::caller(), release: None }
    }

    /// What reading its YAML gives, where that is another type.
    fn as_read(&self) -> Option<&Located> {
        let read = || {
            let mut text = String::new();
            self.inner.write_yaml(&mut text).ok()?;
            yaml::readable(&text).objects.pop().map(Box::new)
        };
        self.as_read.as_ref()?.get_or_init(read).as_deref()
    }

    /// The object as checks see it.
    fn seen(&self) -> &dyn AnyKind {
        self.as_read().map_or(&*self.inner, |read| &*read.object.inner)
    }

    /// What reading its YAML finds wrong, where its type lets that be.
    pub(crate) fn problems(&self) -> &[Problem] {
        self.as_read().map_or(&[], |read| &read.problems)
    }

    /// Where in the code it was made an object: the line of its `into()`, of [`Object::from`] or of [`Object::custom`].
    pub fn made_at(&self) -> &'static Location<'static> {
        self.made_at
    }

    /// The same object, as the one that an inflated release made, which stands there in the program.
    pub(crate) fn made_by(self, release: &Release, place: &'static Location<'static>) -> Self {
        Self { release: Some(release.name.as_str().into()), made_at: place, ..self }
    }

    /// The name of the inflated release that made it, if one did.
    pub fn release(&self) -> Option<&str> {
        self.release.as_deref()
    }

    /// The object's `apiVersion`, such as `apps/v1`.
    pub fn api_version(&self) -> &str {
        self.inner.api_version()
    }

    /// The object's `kind`, such as `Deployment`.
    pub fn kind(&self) -> &str {
        self.group_kind().kind
    }

    /// The object's kind with its group.
    pub fn group_kind(&self) -> GroupKind<'_> {
        self.inner.group_kind()
    }

    /// Whether it is in no namespace, where its type says so; none for what was read and has no struct.
    pub(crate) fn is_cluster_wide(&self) -> Option<bool> {
        self.inner.is_cluster_wide()
    }

    /// The object's metadata.
    pub fn metadata(&self) -> &ObjectMeta {
        self.inner.metadata()
    }

    /// The object's name; empty where it has none.
    pub fn name(&self) -> &str {
        self.metadata().name.as_deref().unwrap_or_default()
    }

    /// The object's namespace; `None` where it is cluster-wide or its namespace is given when it is applied.
    pub fn namespace(&self) -> Option<&str> {
        self.metadata().namespace.as_deref()
    }

    /// The typed struct inside, if it is a `T`, or if its YAML is read as one.
    pub fn get<T: Kind>(&self) -> Option<&T> {
        let inner: &dyn Any = &*self.inner;
        inner.downcast_ref().or_else(|| {
            let read: &dyn Any = &*self.as_read()?.object.inner;
            read.downcast_ref()
        })
    }

    /// What an object says whose kind has no struct in k8s-openapi, whether it was read or made of a struct of yours.
    pub fn content(&self) -> Option<&yaml::Node> {
        let seen: &dyn Any = self.seen();
        seen.downcast_ref().map(|untyped: &Untyped| &untyped.content)
    }

    /// The same object, in which a check's findings are left out for this reason. It is not rendered.
    ///
    /// ```
    /// use stackwright::prelude::*;
    ///
    /// let app = App::new("relay", "mail");
    /// let service = Object::from(headless_service(&app, &[container_port("smtp", 25)]))
    ///     .allow("service-selects-nothing", "its endpoints are machines outside the cluster");
    /// assert_eq!(service.allowances()[0].id, "service-selects-nothing");
    /// ```
    #[must_use]
    pub fn allow(mut self, id: &str, reason: &str) -> Self {
        self.allowances.push(Allowance::new(id, reason));
        self
    }

    /// What its author allows in it, beside the annotations that say so.
    pub fn allowances(&self) -> &[Allowance] {
        &self.allowances
    }

    /// Makes `tree` the object's.
    pub(crate) fn write_tree(&self, tree: &mut Tree) {
        self.seen().write_tree(tree);
    }

    /// Appends the object's YAML to `out`.
    ///
    /// # Errors
    /// When a value inside cannot be written as YAML, such as a map whose keys are not scalars.
    pub fn write_yaml(&self, out: &mut String) -> Result<(), yaml::Error> {
        self.inner.write_yaml(out)
    }
}

impl<T: Kind> From<T> for Object {
    #[track_caller]
    fn from(object: T) -> Self {
        Self::made(object, !yaml::is_decoded_into(TypeId::of::<T>()))
    }
}

/// `apps/v1 Deployment web/api`, as a person would say it.
impl fmt::Display for Object {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ", self.kind())?;
        if let Some(namespace) = self.namespace() {
            write!(formatter, "{namespace}/")?;
        }
        formatter.write_str(self.name())
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Object({} {self})", self.api_version())
    }
}

/// What [`Object`] needs of a [`Kind`], in a form that a trait object can have.
trait AnyKind: Any + Send + Sync {
    fn api_version(&self) -> &str;
    fn group_kind(&self) -> GroupKind<'_>;
    fn is_cluster_wide(&self) -> Option<bool>;
    fn metadata(&self) -> &ObjectMeta;
    fn write_tree(&self, tree: &mut Tree);
    fn write_yaml(&self, out: &mut String) -> Result<(), yaml::Error>;
}

impl<T: Kind> AnyKind for T {
    fn api_version(&self) -> &str {
        T::API_VERSION
    }

    fn group_kind(&self) -> GroupKind<'_> {
        GroupKind::of::<T>()
    }

    fn is_cluster_wide(&self) -> Option<bool> {
        Some(T::Scope::IS_CLUSTER_WIDE)
    }

    fn metadata(&self) -> &ObjectMeta {
        k8s_openapi::Metadata::metadata(self)
    }

    fn write_tree(&self, tree: &mut Tree) {
        tree.read(self);
    }

    fn write_yaml(&self, out: &mut String) -> Result<(), yaml::Error> {
        yaml::write(out, self)
    }
}

/// A custom resource, whose kind has no struct here: its content is what was read, or what it was made of.
pub(crate) struct Untyped<C = yaml::Node> {
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) metadata: ObjectMeta,
    pub(crate) content: C,
}

impl<C: Serialize + Any + Send + Sync> AnyKind for Untyped<C> {
    fn api_version(&self) -> &str {
        &self.api_version
    }

    fn group_kind(&self) -> GroupKind<'_> {
        GroupKind::new(&self.api_version, &self.kind)
    }

    fn is_cluster_wide(&self) -> Option<bool> {
        None
    }

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }

    /// Only the metadata: nothing is known of the rest.
    fn write_tree(&self, tree: &mut Tree) {
        tree.read(self);
    }

    fn write_yaml(&self, out: &mut String) -> Result<(), yaml::Error> {
        yaml::write(out, &self.content)
    }
}

impl From<Untyped> for Object {
    fn from(object: Untyped) -> Self {
        Self::made(object, false)
    }
}

/// The object of a kind without a struct, as far as the rules about values know it.
impl<C> Serialize for Untyped<C> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("CustomResource", 3)?;
        fields.serialize_field("apiVersion", &self.api_version)?;
        fields.serialize_field("kind", &self.kind)?;
        fields.serialize_field("metadata", &self.metadata)?;
        fields.end()
    }
}
