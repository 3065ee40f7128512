//! What the API server keeps in an object that is there, whatever is applied over it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use k8s_openapi::api::storage::v1::StorageClass;

use super::lines;
use super::values::{Difference, differences, fact};
use crate::check::tree::Value;
use crate::check::{GroupKind, Index, Item};
use crate::{HashMap, Object, Quantity};

/// What the API server keeps, by kind: paths, and how much of what is there.
static KEPT: LazyLock<HashMap<&str, Vec<(&str, Kept)>>> = LazyLock::new(|| {
    let mut kept: HashMap<_, Vec<_>> = HashMap::default();
    for line in lines(include_str!("kept.txt")) {
        let mut words = line.split(' ');
        let (Some(kind), Some(path), Some(how)) = (words.next(), words.next(), words.next()) else { continue };
        let how = match how {
            "once-set" => Kept::OnceSet,
            "but" => Kept::But(words.collect()),
            _ => Kept::Whole,
        };
        kept.entry(kind).or_default().push((path, how));
    }
    kept
});

/// How much of a field the API server keeps.
enum Kept {
    Whole,
    /// All of it, once it is there.
    OnceSet,
    /// All but these fields of it, or of its items.
    But(Vec<&'static str>),
}

/// Whether an update of a kind may be refused for what it changes.
pub fn is_kept(kind: &str) -> bool {
    let has_more = matches!(kind, "ConfigMap" | "Service");
    has_more || KEPT.contains_key(kind)
}

/// What of an object's change the API server refuses: the value, or where it would be, and the fact.
pub fn refused<'t>(
    index: &Index<'_>,
    item: Item<'_>,
    old: &Object,
    (before, after): Difference<'t>,
) -> Vec<(Value<'t>, String)> {
    // What the API server has filled in is no decision of the author's, so that leaving it out takes nothing back.
    let is_live = old.metadata().uid.is_some();
    // One that is suspended and has not begun may be placed elsewhere.
    let is_waiting = item.object.kind() == "Job" && before.at("spec.suspend").is_true();
    let mut found = Vec::new();
    for (path, kept) in KEPT.get(item.object.kind()).into_iter().flatten() {
        let (old, new) = (before.at(path), after.at(path));
        let free = match kept {
            Kept::OnceSet if old.is_blank() => continue,
            Kept::Whole | Kept::OnceSet => &[][..],
            Kept::But(free) => free,
        };
        let mut told = BTreeSet::new();
        for (old, new) in differences(old, new, free, is_live) {
            let place = if new.is_set() { new } else { old }.path();
            let mut fields = place[path.len()..].split(['.', '[']).filter(|field| !field.is_empty());
            if is_waiting && fields.clone().any(|field| OF_A_PLACE.contains(&field)) {
                continue;
            }
            // Of each field that is kept, one difference says enough.
            let field = if free.is_empty() { "" } else { fields.next().unwrap_or_default() };
            if told.insert(field.to_owned()) {
                found.push((new, fact(old, new)));
            }
        }
    }
    found.extend(more(index, item, old, before, after));
    found
}

/// What says where the pods of a Job may be, and what they carry.
const OF_A_PLACE: [&str; 6] = ["affinity", "annotations", "labels", "nodeSelector", "schedulingGates", "tolerations"];

/// The command that deletes an object.
pub fn delete_command(item: Item<'_>) -> String {
    let GroupKind { group, kind } = item.kind();
    // kubectl knows Kubernetes' own kinds without their groups.
    let group = item.object.content().map(|_| format!(".{group}")).unwrap_or_default();
    let kind = kind.to_lowercase();
    let place = if item.namespace.is_empty() { String::new() } else { format!(" --namespace {}", item.namespace) };
    format!("kubectl delete {kind}{group} {}{place}", item.object.name())
}

/// What a person does who wants a refused change all the same.
pub fn way_out(item: Item<'_>) -> String {
    let deleted = format!("`{}`", delete_command(item));
    match item.object.kind() {
        "ConfigMap" | "Secret" => {
            format!("give it another name, which its readers then refer to, or delete it first: {deleted}")
        }
        "CustomResourceDefinition" => {
            "take the change back: deleting the definition would delete every object of its kind".to_owned()
        }
        "Job" => format!("give it a name that changes with what it does, or delete it first: {deleted}"),
        "PersistentVolumeClaim" => {
            "take the change back, or make a claim of another name and copy the data: deleting this one deletes its data".to_owned()
        }
        "StatefulSet" => {
            let orphaned = format!("`{} --cascade=orphan`", delete_command(item));
            format!("take the change back, or delete it first, which leaves its pods and claims: {orphaned}")
        }
        _ => format!("take the change back, or delete it first: {deleted}"),
    }
}

/// What no table says.
fn more<'t>(
    index: &Index<'_>,
    item: Item<'_>,
    old: &Object,
    before: Value<'t>,
    after: Value<'t>,
) -> Option<(Value<'t>, String)> {
    let is_live = old.metadata().uid.is_some();
    match item.object.kind() {
        "ConfigMap" => {
            let (old, new) = (old.get::<ConfigMap>()?, item.object.get::<ConfigMap>()?);
            let is_other = old.data != new.data || old.binary_data != new.binary_data;
            frozen(old.immutable, new.immutable, is_other, after)
        }
        "Secret" => {
            let (old, new) = (old.get::<Secret>()?, item.object.get::<Secret>()?);
            frozen(old.immutable, new.immutable, bytes(old) != bytes(new), after)
        }
        "Job" => {
            let (old, new) = (before.at("spec.completions"), after.at("spec.completions"));
            let is_indexed = after.at("spec.completionMode").text() == "Indexed";
            // The two may only change together.
            let may = is_indexed && new.int() == after.at("spec.parallelism").int();
            differences(old, new, &[], is_live).first().filter(|_| !may).map(|_| (new, fact(old, new)))
        }
        "CustomResourceDefinition" => {
            let (olds, news) = (before.at("spec.versions"), after.at("spec.versions"));
            let stored =
                olds.items().filter(|version| version.get("storage").is_true()).map(|version| version.get("name"));
            let mut gone = stored.filter(|name| news.items().all(|version| version.get("name").text() != name.text()));
            gone.next().map(|name| (news, format!("spec.versions has {name} no more, in which objects are stored")))
        }
        "Pod" if !is_live && lacks_tolerations(before, after) => {
            let (old, new) = (before.at("spec.tolerations"), after.at("spec.tolerations"));
            Some((new, fact(old, new)))
        }
        "Pod" => {
            let (old, new) = (before.at("spec.activeDeadlineSeconds"), after.at("spec.activeDeadlineSeconds"));
            let later = old.int().is_some_and(|old| new.int().is_none_or(|new| new > old));
            let is_said = !is_live || new.is_set();
            (later && is_said).then(|| (new, fact(old, new)))
        }
        "Service" => {
            let (old, new) = (before.at("spec.clusterIP"), after.at("spec.clusterIP"));
            let had_none = before.at("spec.type").text() == "ExternalName";
            let is_other = !had_none && !new.is_blank() && old.text() != new.text();
            let class = (before.at("spec.loadBalancerClass"), after.at("spec.loadBalancerClass"));
            let balances = |root: Value<'_>| root.at("spec.type").text() == "LoadBalancer";
            let is_kept = balances(before) && balances(after);
            let of_class = || differences(class.0, class.1, &[], is_live).into_iter().next().filter(|_| is_kept);
            is_other.then_some((old, new)).or_else(of_class).map(|(old, new)| (new, fact(old, new)))
        }
        "StatefulSet" => {
            // What the API server filled in for rolling updates stays, and the two don't go together.
            let (old, new) = (before.at("spec.updateStrategy"), after.at("spec.updateStrategy"));
            let was_filled_in = old.get("type").text() != "OnDelete" && (is_live || !old.get("rollingUpdate").is_set());
            let place = new.get("type");
            (was_filled_in && place.text() == "OnDelete").then(|| {
                let path = place.path();
                (place, format!("{path} becomes OnDelete, and the server keeps the rollingUpdate that it filled in"))
            })
        }
        "PersistentVolumeClaim" => {
            let size = |root: Value<'t>| root.at("spec.resources.requests.storage");
            let (old, new) = (size(before), size(after));
            let (was, is) = (Quantity::parse(old.text())?, Quantity::parse(new.text())?);
            let class = index.get::<StorageClass>("", after.at("spec.storageClassName").text());
            let is_fixed = class.is_some_and(|(_, class)| class.allow_volume_expansion != Some(true));
            let is_sized = is < was || is > was && is_fixed;
            // A claim that is there is bound, or is about to be.
            let volume = (before.at("spec.volumeName"), after.at("spec.volumeName"));
            let is_bound = !volume.0.is_set() && volume.1.is_set();
            let told = is_sized.then_some((old, new)).or_else(|| is_bound.then_some(volume));
            told.map(|(old, new)| (new, fact(old, new)))
        }
        _ => None,
    }
}

/// Whether a pod loses a toleration: others may be added.
fn lacks_tolerations(before: Value<'_>, after: Value<'_>) -> bool {
    let all = |root: Value<'_>| -> BTreeSet<[String; 4]> {
        let said = |toleration: Value<'_>| {
            ["key", "operator", "value", "effect"].map(|key| toleration.get(key).text().to_owned())
        };
        root.at("spec.tolerations").items().map(said).collect()
    };
    !all(before).is_subset(&all(after))
}

fn frozen(old: Option<bool>, new: Option<bool>, is_other: bool, after: Value<'_>) -> Option<(Value<'_>, String)> {
    if old != Some(true) {
        None
    } else if new != Some(true) {
        Some((after.get("immutable"), "immutable is taken back".to_owned()))
    } else {
        is_other.then(|| (after.get("immutable"), "what was declared immutable is changed".to_owned()))
    }
}

/// A Secret's values, in whichever of its two fields they are.
pub fn bytes(secret: &Secret) -> BTreeMap<&str, &[u8]> {
    let data = secret.data.iter().flatten().map(|(key, value)| (key.as_str(), value.0.as_slice()));
    let text = secret.string_data.iter().flatten().map(|(key, value)| (key.as_str(), value.as_bytes()));
    data.chain(text).collect()
}
