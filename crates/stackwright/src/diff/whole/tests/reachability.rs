use super::{pod, replaced, told};

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
    let closed = "narrower: Ingress shop/web no longer opens a way in at shop.example.org/";
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
