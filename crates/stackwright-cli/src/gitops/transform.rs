//! The fields of a kustomization that change all its objects alike.

use stackwright::check::is_cluster_wide_to_kustomize;
use stackwright::yaml::{Node, Span, Value};

use super::fields;
use super::kustomize::Built;
use super::node::{self, each, get_mut, is_set, pairs, text_at};

/// `namespace`: of objects, of Namespaces by name, of bindings' default accounts, and of the Services that the API server asks.
pub fn namespace(kustomization: &Node, objects: &mut [Built]) {
    let Some(namespace) =
        kustomization.get("namespace").filter(|node| node.text().is_some_and(|text| !text.is_empty()))
    else {
        return;
    };
    for built in objects {
        built.remember();
        let kind = built.kind().to_owned();
        let api_version = text_at(&built.document.node, "apiVersion").unwrap_or_default();
        let (is_wide, is_core) = (is_cluster_wide_to_kustomize(api_version, &kind), api_version == "v1");
        let root = &mut built.document.node;
        let span = root.span;
        let mut set = |path: &[&str]| each(root, path, Some(span), &mut |node| *node = namespace.clone());
        if !is_wide {
            set(&["metadata", "namespace"]);
        }
        match kind.as_str() {
            "Namespace" if is_core => set(&["metadata", "name"]),
            "APIService" => each(root, &["spec", "service", "namespace"], None, &mut |node| *node = namespace.clone()),
            "CustomResourceDefinition" => {
                let path = ["spec", "conversion", "webhook", "clientConfig", "service", "namespace"];
                each(root, &path, None, &mut |node| *node = namespace.clone());
            }
            "RoleBinding" | "ClusterRoleBinding" => each(root, &["subjects"], None, &mut |subject| {
                if text_at(subject, "name") == Some("default") {
                    node::set(subject, "namespace", namespace.clone());
                }
            }),
            _ => {}
        }
    }
}

/// `namePrefix` and `nameSuffix`.
pub fn affixes(kustomization: &Node, objects: &mut [Built]) {
    let affix = |field| text_at(kustomization, field).unwrap_or_default();
    let (prefix, suffix) = (affix("namePrefix"), affix("nameSuffix"));
    if prefix.is_empty() && suffix.is_empty() {
        return;
    }
    for built in objects {
        if matches!(
            (built.kind(), built.group_version().0),
            ("CustomResourceDefinition" | "APIService", _) | ("Namespace", "")
        ) {
            continue;
        }
        built.remember();
        each(&mut built.document.node, &["metadata", "name"], None, &mut |node| {
            if let Value::String(name) = &mut node.value {
                *name = format!("{prefix}{name}{suffix}");
            }
        });
    }
}

/// What of objects carries labels: templates of pods, and what selects these.
struct Labelled {
    templates: &'static [&'static [&'static str]],
    claims: bool,
    selectors: &'static [&'static [&'static str]],
}

fn labelled(kind: &str, group: &str) -> Labelled {
    const TEMPLATE: &[&str] = &["spec", "template", "metadata"];
    const MATCH: &[&str] = &["spec", "selector", "matchLabels"];
    type Paths = &'static [&'static [&'static str]];
    let (templates, selectors): (Paths, Paths) = match (kind, group) {
        ("Service", "") => (&[], &[&["spec", "selector"]]),
        ("ReplicationController", "") => (&[TEMPLATE], &[&["spec", "selector"]]),
        ("Deployment" | "ReplicaSet" | "DaemonSet", _) | ("StatefulSet", "apps") => (&[TEMPLATE], &[MATCH]),
        ("Job", "batch") => (&[TEMPLATE], &[]),
        ("CronJob", "batch") => {
            (&[&["spec", "jobTemplate", "metadata"], &["spec", "jobTemplate", "spec", "template", "metadata"]], &[])
        }
        _ => (&[], &[]),
    };
    Labelled { templates, selectors, claims: (kind, group) == ("StatefulSet", "apps") }
}

/// `labels`, `commonLabels` and `commonAnnotations`.
pub fn labels(kustomization: &Node, objects: &mut [Built]) {
    for entry in kustomization.get("labels").map(Node::items).unwrap_or_default() {
        let Some(labels) = entry.get("pairs") else { continue };
        let selectors = is_set(entry, "includeSelectors");
        for built in &mut *objects {
            add_labels(built, labels, selectors || is_set(entry, "includeTemplates"), selectors);
        }
    }
    if let Some(labels) = kustomization.get("commonLabels") {
        for built in objects.iter_mut() {
            add_labels(built, labels, true, true);
        }
    }
    if let Some(annotations) = kustomization.get("commonAnnotations") {
        for built in objects {
            let templates = labelled(built.kind(), built.group_version().0).templates;
            put(&mut built.document.node, &["metadata", "annotations"], annotations, true);
            for template in templates {
                put(&mut built.document.node, &[template, &["annotations"][..]].concat(), annotations, true);
            }
        }
    }
}

fn add_labels(built: &mut Built, labels: &Node, templates: bool, selectors: bool) {
    let (kind, group) = (built.kind().to_owned(), built.group_version().0.to_owned());
    let known = labelled(&kind, &group);
    let root = &mut built.document.node;
    put(root, &["metadata", "labels"], labels, true);
    if templates {
        known.templates.iter().for_each(|path| put(root, &[path, &["labels"][..]].concat(), labels, true));
    }
    if selectors {
        if known.claims {
            each(root, &["spec", "volumeClaimTemplates"], None, &mut |claim| {
                put(claim, &["metadata", "labels"], labels, true);
            });
        }
        known.selectors.iter().for_each(|path| put(root, path, labels, true));
        for field in fields::labelled(&kind, &group) {
            put(root, &field.split('/').collect::<Vec<_>>(), labels, false);
        }
    }
}

/// Puts entries into the maps at a path.
fn put(root: &mut Node, path: &[&str], entries: &Node, create: bool) {
    let span = root.span;
    let entries: Vec<_> =
        pairs(entries).into_iter().map(|(key, value, at)| (key.to_owned(), node::text(value, at))).collect();
    each(root, path, create.then_some(span), &mut |map| {
        for (key, value) in &entries {
            node::set(map, key, value.clone());
        }
    });
}

/// Puts labels or annotations of an object in the place of what it has.
pub fn put_metadata(built: &mut Built, field: &str, entries: &Node) {
    put(&mut built.document.node, &["metadata", field], entries, true);
}

/// `replicas`.
pub fn replicas(kustomization: &Node, objects: &mut [Built]) {
    for entry in kustomization.get("replicas").map(Node::items).unwrap_or_default() {
        let (Some(name), Some(count)) = (text_at(entry, "name"), entry.get("count")) else { continue };
        for built in &mut *objects {
            let is_scaled =
                matches!(built.kind(), "Deployment" | "ReplicationController" | "ReplicaSet" | "StatefulSet");
            if is_scaled && built.ids().any(|(_, known)| known == name) {
                let span = built.document.node.span;
                each(&mut built.document.node, &["spec", "replicas"], Some(span), &mut |node| *node = count.clone());
            }
        }
    }
}

/// `images`.
pub fn images(kustomization: &Node, objects: &mut [Built]) {
    for entry in kustomization.get("images").map(Node::items).unwrap_or_default() {
        for built in &mut *objects {
            if built.kind() == "CustomResourceDefinition" {
                continue;
            }
            let root = &mut built.document.node;
            set_images(root, entry);
        }
    }
}

/// kustomize looks at every list of containers, wherever it is.
fn set_images(node: &mut Node, entry: &Node) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| set_images(item, entry)),
        Value::Map(entries) => {
            for field in entries {
                if matches!(field.key.as_str(), "containers" | "initContainers")
                    && matches!(field.value.value, Value::List(_))
                {
                    each(&mut field.value, &["image"], None, &mut |image| set_image(image, entry));
                } else {
                    set_images(&mut field.value, entry);
                }
            }
        }
        _ => {}
    }
}

fn set_image(image: &mut Node, entry: &Node) {
    let (Some(text), Some(wanted)) = (image.text(), text_at(entry, "name")) else { return };
    let (rest, digest) = text.split_once('@').map_or((text, None), |(rest, digest)| (rest, Some(digest)));
    let colon = rest.rfind(':').filter(|colon| !rest[*colon..].contains('/'));
    let (name, tag) = colon.map_or((rest, None), |colon| (&rest[..colon], Some(&rest[colon + 1..])));
    if name != wanted {
        return;
    }
    let values: Vec<_> = pairs(entry);
    let new = |field: &str| values.iter().find(|(key, value, _)| *key == field && !value.is_empty());
    let (tag, digest) = match (new("newTag"), new("digest")) {
        (None, None) => (tag, digest),
        (tag, digest) => (tag.map(|tag| tag.1.as_str()), digest.map(|digest| digest.1.as_str())),
    };
    let mut whole = new("newName").map_or(name, |name| &name.1).to_owned();
    for (mark, part) in [(':', tag), ('@', digest)] {
        whole.extend(part.map(|part| format!("{mark}{part}")));
    }
    let place = ["newTag", "digest", "newName"].into_iter().find_map(new);
    *image = node::text(whole, place.map_or(image.span, |(_, _, span): &(_, _, Span)| *span));
}

/// The field of a kustomization that something else sets, such as a Kustomization of Flux.
pub fn overlay(kustomization: &mut Node, field: &str, value: Node) {
    node::set(kustomization, field, value);
}

/// Adds to a list of a kustomization.
pub fn extend(kustomization: &mut Node, field: &str, more: &[Node]) {
    let Some(first) = more.first() else { return };
    match get_mut(kustomization, field).map(|list| &mut list.value) {
        Some(Value::List(items)) => items.extend(more.iter().cloned()),
        _ => node::set(kustomization, field, node::list(more.to_vec(), first.span)),
    }
}
