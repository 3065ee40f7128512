use super::shifts;
use crate::check::{Index, Input};
use crate::yaml;

/// What is told of a change, each with its word.
fn told(before: &str, after: &str) -> Vec<String> {
    let [before, after] = [before, after].map(|text| yaml::objects(text).expect("manifests"));
    let (before, after) = (Index::new(Input::new(&before)), Index::new(Input::new(&after)));
    shifts(&after, &before).iter().map(|shift| format!("{}: {}", shift.word(), shift.fact)).collect()
}

/// Manifests, and the same with a text replaced.
fn replaced(manifests: &str, from: &str, to: &str) -> Vec<String> {
    assert!(manifests.contains(from), "{from}");
    assert!(told(manifests, manifests).is_empty());
    told(manifests, &manifests.replace(from, to))
}

fn pod(name: &str, labels: &str, spec: &str) -> String {
    let metadata = format!("{{name: {name}, namespace: shop, labels: {{{labels}}}}}");
    format!("apiVersion: v1\nkind: Pod\nmetadata: {metadata}\nspec: {{{spec}}}\n---\n")
}

/// A shop of three pods and a namespace beside it.
fn shop() -> String {
    let port = |port: u16| format!("containers: [{{name: main, image: 'main:1', ports: [{{containerPort: {port}}}]}}]");
    let elsewhere = pod("cron", "app: cron", &port(1)).replace("namespace: shop", "namespace: jobs");
    let namespace = |name: &str| format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: {name}}}\n---\n");
    [
        namespace("shop"),
        namespace("jobs"),
        pod("web", "app: web", &port(8080)),
        pod("api", "app: api", &port(9000)),
        pod("db", "app: db", &port(5432)),
        elsewhere,
    ]
    .concat()
}

fn policy(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: shop}}\nspec: {{{spec}}}\n---\n"
    )
}

const FOR_DB: &str =
    "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]";

#[test]
fn a_policy_that_goes_opens_its_pods_to_everyone() {
    let (before, after) = (shop() + &policy("db", FOR_DB), shop());
    let open = "may now be reached by everyone: no NetworkPolicy selects it for what comes in";
    assert_eq!(told(&before, &after), [format!("wider: Pod shop/db {open}")]);
    assert_eq!(told(&after, &before), ["narrower: Pod shop/db may now be reached by Pod shop/api at 5432 only"]);
}

#[test]
fn a_rule_that_lets_more_in_names_who_and_where() {
    let manifests = shop() + &policy("db", FOR_DB);
    let all = replaced(&manifests, "{podSelector: {matchLabels: {app: api}}}", "{podSelector: {}}");
    assert_eq!(all, ["wider: Pod shop/db may now be reached by Pod shop/web and its own pods at 5432"]);
    let everywhere = replaced(&manifests, "{podSelector: {matchLabels: {app: api}}}", "{namespaceSelector: {}}");
    assert_eq!(
        everywhere,
        ["wider: Pod shop/db may now be reached by Pod shop/web, its own pods and Pod jobs/cron at 5432"]
    );
    let other = replaced(&manifests, "{app: api}}}]", "{app: web}}}]");
    assert_eq!(
        other,
        [
            "wider: Pod shop/db may now be reached by Pod shop/web at 5432",
            "narrower: Pod shop/db may no longer be reached by Pod shop/api at 5432",
        ]
    );
    let block = replaced(
        &manifests,
        "{podSelector: {matchLabels: {app: api}}}]",
        "{podSelector: {matchLabels: {app: api}}}, {ipBlock: {cidr: 203.0.113.0/24}}]",
    );
    assert_eq!(block, ["wider: Pod shop/db may now be reached from 203.0.113.0/24"]);
}

#[test]
fn only_whoever_a_policy_lets_in_is_named_the_new_ones_too() {
    let new = pod("new", "app: api", "containers: [{name: new, image: 'new:1'}]");
    let after = shop() + &new + &policy("db", FOR_DB);
    let only = "narrower: Pod shop/db may now be reached by Pod shop/api and Pod shop/new at 5432 only";
    assert_eq!(told(&shop(), &after), [only]);
    let nobody = shop() + &policy("db", "podSelector: {matchLabels: {app: db}}");
    assert_eq!(told(&shop(), &nobody), ["narrower: Pod shop/db may no longer be reached by anyone"]);
}

#[test]
fn what_goes_out_is_told_of_who_asks() {
    let denied = shop() + &policy("all", "podSelector: {}, policyTypes: [Egress]");
    assert_eq!(told(&shop(), &denied), ["narrower: every pod in namespace shop may no longer reach anything"]);
    let to_db = policy(
        "web",
        "podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: db}}}]}]",
    );
    assert_eq!(told(&denied, &(denied.clone() + &to_db)), ["wider: Pod shop/web may now reach Pod shop/db at 5432"]);
}

#[test]
fn labels_that_rules_look_for_open_what_they_ask_for() {
    let manifests = shop() + &policy("db", FOR_DB);
    let labelled = manifests.replace("labels: {app: web}", "labels: {app: api}");
    assert_eq!(told(&manifests, &labelled), ["wider: Pod shop/web may now reach Pod shop/db at 5432"]);
    let of_jobs =
        FOR_DB.replace("podSelector: {matchLabels: {app: api}}}]", "namespaceSelector: {matchLabels: {may: ask}}}]");
    let manifests = shop() + &policy("db", &of_jobs);
    let labelled = replaced(&manifests, "{name: jobs}", "{name: jobs, labels: {may: ask}}");
    assert_eq!(labelled, ["wider: Pod jobs/cron may now reach Pod shop/db at 5432"]);
}

#[test]
fn a_new_workload_alone_is_no_shift() {
    let new = pod("new", "app: new", "containers: [{name: new, image: 'new:1'}]");
    assert!(told(&shop(), &(shop() + &new)).is_empty());
    let guarded = shop() + &policy("db", FOR_DB);
    assert!(told(&guarded, &(guarded.clone() + &new)).is_empty());
}

#[test]
fn other_kinds_of_policies_may_allow_what_these_forbid() {
    let cilium =
        "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: a, namespace: shop}\nspec: {}\n---\n";
    assert!(told(&(shop() + cilium), &(shop() + cilium + &policy("db", FOR_DB))).is_empty());
}

#[test]
fn ways_in_open_close_and_lead_elsewhere() {
    let ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop}\nspec: {rules: [{host: \
                   shop.example.org, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}\n---\n";
    let opened = "wider: Ingress shop/web opens a way in at shop.example.org/";
    assert_eq!(told(&shop(), &(shop() + ingress)), [opened]);
    let closed = "narrower: Ingress shop/web no longer is a way in at shop.example.org/";
    assert_eq!(told(&(shop() + ingress), &shop()), [closed]);
    let led = replaced(ingress, "service: {name: web", "service: {name: api");
    assert_eq!(
        led,
        ["otherwise: Ingress shop/web leads shop.example.org/ to Service shop/api, and no longer to Service shop/web"]
    );
    assert!(replaced(ingress, "metadata: {name: web", "metadata: {name: front").is_empty());
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}, type: ClusterIP, \
                   ports: [{port: 80, nodePort: 0}]}\n";
    let balanced = replaced(service, "ClusterIP", "LoadBalancer");
    assert_eq!(balanced, ["wider: Service shop/web opens a way in at port 80/TCP of an address of its own"]);
    let on_nodes = replaced(
        service,
        "type: ClusterIP, ports: [{port: 80, nodePort: 0",
        "type: NodePort, ports: [{port: 80, nodePort: 30080",
    );
    assert_eq!(on_nodes, ["wider: Service shop/web opens a way in at port 30080/TCP of every node"]);
    // What a cluster chose is not closed by a manifest that leaves it open.
    let live = service.replace("ClusterIP", "NodePort").replace("nodePort: 0", "nodePort: 31234");
    assert!(told(&live, &live.replace(", nodePort: 31234", "")).is_empty());
    let on_host = replaced(&shop(), "containerPort: 8080", "containerPort: 8080, hostPort: 80");
    assert!(
        on_host.contains(&"wider: Pod shop/web opens a way in at port 80/TCP of each node that it is on".to_owned()),
        "{on_host:#?}"
    );
}

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

#[test]
fn a_level_that_weakens_is_told_of_namespaces_and_pods() {
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}\n";
    assert_eq!(
        replaced(namespace, "enforce: restricted", "enforce: baseline"),
        ["weaker: Namespace shop enforces baseline of the Pod Security Standards, where it was restricted"]
    );
    assert_eq!(
        replaced(namespace, "pod-security.kubernetes.io/enforce: restricted", ""),
        ["weaker: Namespace shop enforces no level of the Pod Security Standards, where it was restricted"]
    );
    let plain =
        pod("web", "app: web", "containers: [{name: web, image: 'web:1', securityContext: {privileged: false}}]");
    assert_eq!(
        replaced(&plain, "privileged: false", "privileged: true"),
        [
            "weaker: the pods of Pod shop/web need the level privileged, where it was baseline: privileged is true in container \"web\""
        ]
    );
    let stronger = told(&plain.replace("privileged: false", "privileged: true"), &plain);
    assert_eq!(stronger, ["stronger: the pods of Pod shop/web need the level baseline, where it was privileged"]);
    let as_root = replaced(&plain, "privileged: false", "runAsUser: 0");
    assert_eq!(as_root, ["weaker: the pods of Pod shop/web are less restricted than before: runAsUser is 0"]);
    let another = replaced(&plain, "containers: [", "containers: [{name: other, image: 'other:1'}, ");
    assert!(another.is_empty(), "{another:?}");
    let new = told("", &plain.replace("privileged: false", "privileged: true"));
    assert_eq!(
        new,
        [
            "weaker: the pods of Pod shop/web, which is new, need the level privileged: privileged is true in container \"web\""
        ]
    );
}

#[test]
fn images_that_move_or_come_from_elsewhere_are_told() {
    let of = |image: &str| pod("web", "app: web", &format!("containers: [{{name: web, image: '{image}'}}]"));
    let cases = [
        ("nginx:1.29", "nginx:1.30", None),
        ("nginx:1.29", "docker.io/library/nginx:1.30", None),
        (
            "nginx:1.29",
            "ghcr.io/acme/nginx:1.29",
            Some(
                "otherwise: container \"web\" of Pod shop/web takes its image from ghcr.io/acme/nginx, and no longer from docker.io/nginx",
            ),
        ),
        (
            "nginx:1.29",
            "nginx:latest",
            Some("weaker: the image of container \"web\" of Pod shop/web has the tag latest, which moves"),
        ),
        (
            "nginx",
            "nginx:1.29",
            Some("stronger: the image of container \"web\" of Pod shop/web stays what it is from now on"),
        ),
        (
            "a:1@sha256:ab",
            "a:1",
            Some(
                "weaker: the image of container \"web\" of Pod shop/web has no digest any more, so that its tag may come to mean another",
            ),
        ),
        (
            "a:8.4.1",
            "a:5.7.0",
            Some(
                "weaker: the image of container \"web\" of Pod shop/web goes back a major version, from 8.4.1 to 5.7.0",
            ),
        ),
    ];
    for (before, after, expected) in cases {
        assert_eq!(told(&of(before), &of(after)).first().map(String::as_str), expected, "{before} {after}");
    }
}

fn nodes(number: usize) -> String {
    let node = |number| {
        format!(
            "apiVersion: v1\nkind: Node\nmetadata: {{name: n{number}}}\nstatus: {{allocatable: {{cpu: '2', memory: 2Gi, pods: '110'}}}}\n---\n"
        )
    };
    (1..=number).map(node).collect()
}

fn deployment(replicas: u32, fields: &str, container: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web, namespace: shop}}\nspec: {{replicas: {replicas}, {fields}selector: \
         {{matchLabels: {{app: web}}}}, template: {{metadata: {{labels: {{app: web}}}}, spec: {{containers: [{{name: web, image: 'web:1', \
         {container}}}]}}}}}}\n---\n"
    )
}

#[test]
fn pods_without_a_place_and_nodes_that_can_no_longer_be_lost_are_told() {
    let asking = |memory: &str| deployment(2, "", &format!("resources: {{requests: {{memory: {memory}}}}}"));
    let fits = nodes(2) + &asking("900Mi");
    assert!(replaced(&fits, "web:1", "web:2").is_empty());
    let large = told(&fits, &(nodes(2) + &asking("3Gi")));
    assert_eq!(
        large,
        ["tighter: 0 of 2 pods of Deployment shop/web find a place (n1 and n2: memory: 2Gi - 0 = 2Gi free; needs 3Gi)"]
    );
    let tight = told(&fits, &(nodes(2) + &asking("1500Mi")));
    assert!(
        tight.contains(
            &"tighter: without node n1, 1 pod of Deployment shop/web would find no place, and all found one".to_owned()
        ),
        "{tight:#?}"
    );
    let roomier = told(&(nodes(2) + &asking("1500Mi")), &fits);
    assert_eq!(
        roomier[0],
        "tighter: the rollout of Deployment shop/web waits: no node takes a new pod beside the old ones (n1 and n2: memory: 2Gi - \
         1500Mi = 548Mi free; needs 900Mi)"
    );
    assert_eq!(
        roomier[1..],
        ["n1", "n2"].map(|node| format!(
            "roomier: without node {node}, every pod that may move finds a place, which was not so"
        ))
    );
    let unknown = told(&asking("900Mi"), &asking("3Gi"));
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn a_rollout_whose_new_pods_have_no_place_waits() {
    let port = "ports: [{containerPort: 80, hostPort: 80}]";
    let manifests = nodes(2) + &deployment(2, "", port);
    let waits = "tighter: the rollout of Deployment shop/web waits: no node takes a new pod beside the old ones (n1 and n2: Deployment \
                 shop/web has port 80 of the node)";
    assert_eq!(replaced(&manifests, "web:1", "web:2"), [waits]);
    assert!(replaced(&(nodes(3) + &deployment(2, "", port)), "web:1", "web:2").is_empty());
    let one_may_go = "strategy: {rollingUpdate: {maxUnavailable: 1}}, ";
    assert!(replaced(&(nodes(2) + &deployment(2, one_may_go, port)), "web:1", "web:2").is_empty());
}
