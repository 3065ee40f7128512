use std::any::Any;
use std::fmt;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;
use serde::ser::SerializeStruct as _;

use crate::check::{Allowance, Tree};
use crate::yaml;

/// A type of Kubernetes object: every top-level k8s-openapi struct is one, and so is a struct of yours for a CRD
/// that implements [`k8s_openapi::Resource`] and [`k8s_openapi::Metadata`] and serialises its `apiVersion` and `kind`.
pub trait Kind: k8s_openapi::Resource + k8s_openapi::Metadata<Ty = ObjectMeta> + Serialize + Any + Send + Sync {}

impl<T> Kind for T where
    T: k8s_openapi::Resource + k8s_openapi::Metadata<Ty = ObjectMeta> + Serialize + Any + Send + Sync
{
}

/// One Kubernetes object of any kind, so that objects of different kinds can stand in one list.
pub struct Object {
    inner: Box<dyn AnyKind>,
    allowances: Vec<Allowance>,
}

impl Object {
    /// The object's `apiVersion`, such as `apps/v1`.
    pub fn api_version(&self) -> &str {
        self.inner.api_version()
    }

    /// The object's `kind`, such as `Deployment`.
    pub fn kind(&self) -> &str {
        self.inner.kind()
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

    /// The typed struct inside, if it is a `T`.
    pub fn get<T: Kind>(&self) -> Option<&T> {
        self.inner.as_any().downcast_ref()
    }

    /// The content of an object that was read and whose kind has no struct here.
    pub fn content(&self) -> Option<&yaml::Node> {
        self.inner.as_any().downcast_ref().map(|untyped: &Untyped| &untyped.content)
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
        self.inner.write_tree(tree);
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
    fn from(object: T) -> Self {
        Self { inner: Box::new(object), allowances: Vec::new() }
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
trait AnyKind: Send + Sync {
    fn api_version(&self) -> &str;
    fn kind(&self) -> &str;
    fn metadata(&self) -> &ObjectMeta;
    fn as_any(&self) -> &dyn Any;
    fn write_tree(&self, tree: &mut Tree);
    fn write_yaml(&self, out: &mut String) -> Result<(), yaml::Error>;
}

impl<T: Kind> AnyKind for T {
    fn api_version(&self) -> &str {
        T::API_VERSION
    }

    fn kind(&self) -> &str {
        T::KIND
    }

    fn metadata(&self) -> &ObjectMeta {
        k8s_openapi::Metadata::metadata(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn write_tree(&self, tree: &mut Tree) {
        tree.read(self);
    }

    fn write_yaml(&self, out: &mut String) -> Result<(), yaml::Error> {
        yaml::write(out, self)
    }
}

/// An object that was read and whose kind has no struct here: a custom resource.
pub(crate) struct Untyped {
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) metadata: ObjectMeta,
    pub(crate) content: yaml::Node,
}

impl AnyKind for Untyped {
    fn api_version(&self) -> &str {
        &self.api_version
    }

    fn kind(&self) -> &str {
        &self.kind
    }

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn as_any(&self) -> &dyn Any {
        self
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
        Self { inner: Box::new(object), allowances: Vec::new() }
    }
}

/// The object of a kind without a struct, as far as the rules about values know it.
impl Serialize for Untyped {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("CustomResource", 3)?;
        fields.serialize_field("apiVersion", &self.api_version)?;
        fields.serialize_field("kind", &self.kind)?;
        fields.serialize_field("metadata", &self.metadata)?;
        fields.end()
    }
}
