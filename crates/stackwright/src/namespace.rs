use k8s_openapi::api::core::v1::Namespace;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

/// A Pod Security level: what the pods of a namespace may do.
/// See <https://kubernetes.io/docs/concepts/security/pod-security-standards/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PodSecurity {
    /// Anything, such as host networking and host paths.
    Privileged,
    /// No known way to become more than the pod is.
    Baseline,
    /// Hardened: not root, no capabilities, no privilege escalation.
    Restricted,
}

/// A namespace whose pods are held to a Pod Security level.
pub fn namespace(name: &str, level: PodSecurity) -> Namespace {
    let level = match level {
        PodSecurity::Privileged => "privileged",
        PodSecurity::Baseline => "baseline",
        PodSecurity::Restricted => "restricted",
    };
    Namespace {
        metadata: ObjectMeta {
            name: Some(name.to_owned()),
            labels: Some([("pod-security.kubernetes.io/enforce".to_owned(), level.to_owned())].into()),
            ..ObjectMeta::default()
        },
        ..Namespace::default()
    }
}
