//! A cluster whose machines are someone else's: what nobody told of it is unknown, and no error. What is told is held to.

use stackwright::check::{Finding, Index};
use stackwright::prelude::*;
use stackwright::{Severity, check, render, yaml};

const SHOP: &str = include_str!("existing/shop.yaml");

/// A cluster of which nothing is told, with these manifests on it.
fn existing(manifests: &str) -> Cluster {
    let objects = yaml::objects(manifests).expect("the manifests can be read");
    let objects = objects.into_iter().map(|located| located.object).collect();
    Cluster { stacks: vec![Stack { objects, ..Stack::new("shop", []) }], ..Cluster::existing("eks", "1.36") }
}

fn messages(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{}[{}]: {}", finding.severity, finding.id, finding.message)).collect()
}

#[test]
fn what_nobody_told_is_no_finding() {
    assert_eq!(messages(&check(&existing(SHOP))), [""; 0]);
    assert_eq!(messages(&check(&Cluster::existing("empty", "1.36"))), [""; 0]);
}

/// The same manifests on machines of one's own, so that the test above could fail.
#[test]
fn of_a_cluster_of_ones_own_all_of_it_is() {
    let found = check(&Cluster { is_existing: false, ..existing(SHOP) });
    let mut ids: Vec<_> = found.iter().map(|finding| finding.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let expected = [
        "class-ref-missing",
        "crd-missing",
        "dns-url-unresolved",
        "host-minimum",
        "hpa-metrics-source",
        "ingress-class-unresolved",
        "issuer-missing",
        "lb-provider",
        "namespace-undeclared",
        "netpol-peer-nothing",
        "nfs-server-unknown",
        "provisioner-missing",
        "rbac-role-missing",
        "storageclass-default-count",
        "storageclass-missing",
    ];
    assert_eq!(ids, expected);
}

#[test]
fn what_is_told_is_the_whole_of_it() {
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let provided = Provided {
        namespaces: list(&["monitor", "ingress"]),
        kinds: list(&["ServiceMonitor"]),
        ingress_classes: list(&["nginx"]),
        storage_classes: list(&["gp3"]),
        apis: list(&["custom.metrics.k8s.io"]),
        ..default()
    };
    let found = check(&Cluster { provided, ..existing(SHOP) });
    let expected = [
        "error[crd-missing]: PodMonitor shop/web is of kind PodMonitor of monitoring.coreos.com/v1, which no CustomResourceDefinition brings",
        "error[ingress-class-unresolved]: Ingress shop/named is of IngressClass alb, which is not there",
        "error[namespace-undeclared]: ConfigMap monitoring/dashboard is in namespace monitoring, which nothing makes",
        "error[storageclass-missing]: PersistentVolumeClaim shop/data asks for StorageClass gp2, which is not there",
        "warning[hpa-metrics-source]: HorizontalPodAutoscaler shop/web reads metrics.k8s.io, which nothing in cluster eks serves",
        "warning[netpol-peer-nothing]: NetworkPolicy shop/from-the-controller allows pods of namespaces that do not exist",
    ];
    let mut found_messages = messages(&found);
    found_messages.sort();
    assert_eq!(found_messages, expected);
    let of_class = found.iter().find(|finding| finding.id == "ingress-class-unresolved").expect("it was found");
    assert_eq!(
        of_class.help,
        "take one of those in the cluster: nginx; or add it to a stack, or to `Provided::ingress_classes` if the cluster has it"
    );
}

/// A pod in a namespace, with a ConfigMap in the same that it nearly names.
fn pod_in(namespace: &str) -> String {
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: settings, namespace: {namespace}}}\ndata: {{a: b}}\n---\n\
         apiVersion: v1\nkind: Pod\nmetadata: {{name: web, namespace: {namespace}}}\nspec:\n  containers:\n    - name: web\n      \
         image: web:1.0\n      envFrom: [{{configMapRef: {{name: setings}}}}]\n"
    )
}

#[test]
fn a_namespace_that_a_stack_makes_is_all_ours_and_another_is_not() {
    let own = format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop}}\n---\n{}", pod_in("shop"));
    let found = check(&existing(&own));
    let found = found.iter().find(|finding| finding.id == "configmap-missing").expect("it was found");
    assert_eq!((found.severity, found.help.as_str()), (Severity::Error, "did you mean settings?"));
    for elsewhere in ["tools", "default", "kube-system"] {
        let found = check(&existing(&pod_in(elsewhere)));
        let found = found.iter().find(|finding| finding.id == "configmap-missing").expect("a doubt is said");
        assert_eq!(found.severity, Severity::Information, "{elsewhere}");
    }
}

#[test]
fn a_slip_is_said_of_what_is_not_told() {
    let class = "---\napiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: importent}\nvalue: 1\n";
    let found = check(&existing(&format!("{SHOP}{class}")));
    let found = found.iter().find(|finding| finding.id == "class-ref-missing").expect("it was found");
    assert_eq!((found.severity, found.help.as_str()), (Severity::Warning, "did you mean importent?"));
}

#[test]
fn its_page_has_no_machines_and_its_capacity_is_not_known() {
    let eks =
        Cluster { about: "A shop.".into(), ..existing("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n") };
    let files = render::render(&eks).expect("it can be rendered");
    let page = &files[camino::Utf8Path::new("eks/README.md")].text;
    insta::with_settings!({ snapshot_path => "../../../snapshots/existing", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("README", page);
    });
    let capacity = Index::of(&existing(SHOP)).capacity();
    assert!(capacity.nodes.is_empty());
    assert_eq!(capacity.fits, stackwright::capacity::Answer::Depends);
}
