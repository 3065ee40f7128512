use super::{pod, replaced, told};

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
