//! What programs may do: Roles and their bindings.
//!
//! ```
//! use stackwright::prelude::*;
//!
//! let app = App::new("reader", "web");
//! let account = service_account(&app);
//! let role = rbac::role(&app, vec![rbac::rule("", ["configmaps"], ["get", "list"])]);
//! let binding = rbac::role_binding(&role, &account);
//! assert_eq!(binding.role_ref.name, "reader");
//! ```

use k8s_openapi::api::core::v1::ServiceAccount;
use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef, Subject};

use crate::App;

const GROUP: &str = "rbac.authorization.k8s.io";

/// The ServiceAccount of an app's pods.
pub fn service_account(app: &App) -> ServiceAccount {
    ServiceAccount { metadata: app.metadata(), ..ServiceAccount::default() }
}

/// Verbs on resources of an API group (`""` is the core group).
pub fn rule<const R: usize, const V: usize>(group: &str, resources: [&str; R], verbs: [&str; V]) -> PolicyRule {
    PolicyRule {
        api_groups: Some(vec![group.to_owned()]),
        resources: Some(resources.map(str::to_owned).to_vec()),
        verbs: verbs.map(str::to_owned).to_vec(),
        ..PolicyRule::default()
    }
}

/// A Role in the app's namespace, with the app's name.
pub fn role(app: &App, rules: Vec<PolicyRule>) -> Role {
    Role { metadata: app.metadata(), rules: Some(rules) }
}

/// A ClusterRole with the app's name.
pub fn cluster_role(app: &App, rules: Vec<PolicyRule>) -> ClusterRole {
    ClusterRole { metadata: app.cluster_wide(&app.name), rules: Some(rules), ..ClusterRole::default() }
}

/// A role granted to an account in the role's namespace.
pub fn role_binding(role: &Role, account: &ServiceAccount) -> RoleBinding {
    let mut metadata = role.metadata.clone();
    metadata.annotations = None;
    RoleBinding {
        role_ref: role_ref("Role", role.metadata.name.clone()),
        subjects: Some(vec![subject(account)]),
        metadata,
    }
}

/// A cluster role granted to an account everywhere.
pub fn cluster_role_binding(role: &ClusterRole, account: &ServiceAccount) -> ClusterRoleBinding {
    let mut metadata = role.metadata.clone();
    metadata.annotations = None;
    ClusterRoleBinding {
        role_ref: role_ref("ClusterRole", role.metadata.name.clone()),
        subjects: Some(vec![subject(account)]),
        metadata,
    }
}

fn role_ref(kind: &str, name: Option<String>) -> RoleRef {
    RoleRef { api_group: Some(GROUP.to_owned()), kind: kind.to_owned(), name: name.unwrap_or_default() }
}

fn subject(account: &ServiceAccount) -> Subject {
    Subject {
        kind: "ServiceAccount".to_owned(),
        name: account.metadata.name.clone().unwrap_or_default(),
        namespace: account.metadata.namespace.clone(),
        api_group: None,
    }
}
