use super::{replaced, told};

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
