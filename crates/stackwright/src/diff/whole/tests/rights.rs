use super::{replaced, told};

fn role(kind: &str, rules: &str) -> String {
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: web, namespace: shop}}\nrules: [{rules}]\n---\n"
    )
}

fn binding(kind: &str, role: &str, subject: &str) -> String {
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: web, namespace: shop}}\nroleRef: {{apiGroup: \
         rbac.authorization.k8s.io, {role}}}\nsubjects: [{{{subject}}}]\n---\n"
    )
}

const PODS: &str = "{apiGroups: [''], resources: [pods], verbs: [get, list]}";

#[test]
fn a_subject_that_may_do_more_is_told_with_the_worst_first() {
    let bound = binding("RoleBinding", "kind: Role, name: web", "kind: ServiceAccount, name: web");
    let manifests = role("Role", PODS) + &bound;
    let more = replaced(&manifests, "resources: [pods]", "resources: [pods, secrets, pods/exec]");
    assert_eq!(
        more,
        [
            "wider: ServiceAccount shop/web may now read Secrets, run commands in pods (pods/exec) and list pods/exec in namespace shop"
        ]
    );
    let fewer = replaced(&manifests, "[get, list]", "[get]");
    assert_eq!(fewer, ["narrower: ServiceAccount shop/web may no longer list pods in namespace shop"]);
    assert!(replaced(&manifests, "verbs: [get, list]", "verbs: [list, get, list]").is_empty());
    let all = replaced(
        &manifests,
        "{apiGroups: [''], resources: [pods], verbs: [get, list]}",
        "{apiGroups: ['*'], resources: ['*'], verbs: ['*']}",
    );
    assert_eq!(all, ["wider: ServiceAccount shop/web may now do everything in namespace shop"]);
    let escalates = replaced(&manifests, "verbs: [get, list]", "verbs: [get, list, impersonate]");
    assert_eq!(escalates, ["wider: ServiceAccount shop/web may now act as others (impersonate) in namespace shop"]);
    let named = replaced(
        &manifests,
        "resources: [pods], verbs: [get, list]",
        "resources: [secrets], resourceNames: [login], verbs: [get]",
    );
    assert_eq!(named[0], "wider: ServiceAccount shop/web may now get secrets \"login\" in namespace shop");
}

#[test]
fn a_binding_gives_what_its_role_allows() {
    let role = role("ClusterRole", PODS);
    let bound = binding(
        "ClusterRoleBinding",
        "kind: ClusterRole, name: web",
        "kind: User, apiGroup: rbac.authorization.k8s.io, name: ada",
    );
    assert_eq!(told(&role, &(role.clone() + &bound)), ["wider: User ada may now get/list pods in the whole cluster"]);
    let within = bound.replace("ClusterRoleBinding", "RoleBinding");
    assert_eq!(
        told(&(role.clone() + &bound), &(role.clone() + &within)),
        ["narrower: User ada may no longer get/list pods in the whole cluster"]
    );
    let edits = within.replace("kind: ClusterRole, name: web", "kind: ClusterRole, name: edit");
    assert_eq!(
        told("", &edits).first().map(String::as_str),
        Some("wider: User ada may now do what ClusterRole edit allows in namespace shop")
    );
    let admin = bound.replace("name: web}\nsubjects", "name: cluster-admin}\nsubjects");
    assert_eq!(told("", &admin), ["wider: User ada may now do everything in the whole cluster"]);
    let less = told(&(role.clone() + &admin), &(role.clone() + &bound));
    assert_eq!(less, ["narrower: User ada may no longer do everything in the whole cluster"]);
}

#[test]
fn rules_reach_a_role_that_is_made_of_others() {
    let labelled = role("ClusterRole", PODS)
        .replace("{name: web,", "{name: part, labels: {to: web, rbac.authorization.k8s.io/aggregate-to-view: 'true'},");
    let made = role("ClusterRole", "")
        .replace("rules: []", "aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: web}}]}");
    let user = "kind: User, apiGroup: rbac.authorization.k8s.io, name: ada";
    let bound = made + &binding("ClusterRoleBinding", "kind: ClusterRole, name: web", user);
    assert_eq!(
        told(&bound, &(bound.clone() + &labelled)),
        ["wider: User ada may now get/list pods in the whole cluster"]
    );
    let edits = binding("RoleBinding", "kind: ClusterRole, name: edit", user);
    assert_eq!(told(&edits, &(edits.clone() + &labelled)), ["wider: User ada may now get/list pods in namespace shop"]);
}
