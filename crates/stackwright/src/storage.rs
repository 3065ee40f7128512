use k8s_openapi::api::core::v1::{PersistentVolumeClaim, PersistentVolumeClaimSpec, VolumeResourceRequirements};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::App;

/// How the nodes may mount a volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Access {
    /// `ReadWriteOnce`: read and written from one node.
    OneNode,
    /// `ReadWriteMany`: read and written from any node.
    AnyNode,
}

/// A claim of an app for a volume of this size (`1Gi`); set its `storage_class_name` to ask for a class other than the default.
pub fn claim(app: &App, name: &str, access: Access, size: &str) -> PersistentVolumeClaim {
    PersistentVolumeClaim {
        metadata: app.named(name),
        spec: Some(claim_spec(access, size)),
        ..PersistentVolumeClaim::default()
    }
}

/// A claim that a StatefulSet makes for each of its pods.
pub fn claim_template(name: &str, access: Access, size: &str) -> PersistentVolumeClaim {
    PersistentVolumeClaim {
        metadata: ObjectMeta { name: Some(name.to_owned()), ..ObjectMeta::default() },
        spec: Some(claim_spec(access, size)),
        ..PersistentVolumeClaim::default()
    }
}

fn claim_spec(access: Access, size: &str) -> PersistentVolumeClaimSpec {
    let mode = match access {
        Access::OneNode => "ReadWriteOnce",
        Access::AnyNode => "ReadWriteMany",
    };
    PersistentVolumeClaimSpec {
        access_modes: Some(vec![mode.to_owned()]),
        resources: Some(VolumeResourceRequirements {
            requests: Some([("storage".to_owned(), Quantity(size.to_owned()))].into()),
            limits: None,
        }),
        ..PersistentVolumeClaimSpec::default()
    }
}
