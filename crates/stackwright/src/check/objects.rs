use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::SystemTime;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::input::Input;
use super::world::World;
use super::{HashMap, HashSet};
use crate::links::{GroupKind, Item, ObjectId, PodSet, Pods, Reference, reference};
use crate::yaml::Problem;
use crate::{Cluster, Kind, Object, SecretSpec};

/// The label by which tools know what they applied: <https://github.com/kubernetes/enhancements/tree/master/keps/sig-cli/3659-kubectl-apply-prune>.
pub const PART_OF: &str = "applyset.kubernetes.io/part-of";

/// Every object that is checked, found by its identity, and every pod, found by its labels: made once of an [`Input`].
pub struct Objects<'a> {
    /// What it was made of.
    input: Input<'a>,
    /// The objects, in the order in which they were given.
    pub items: Vec<Item<'a>>,
    /// The pods that the objects make.
    pub pods: PodSet<'a>,
    /// What the objects refer to of ConfigMaps, Secrets, claims and ServiceAccounts, all in the namespace of the object that does.
    pub references: Vec<Reference<'a>>,
    /// By the kind's name, and then by its group.
    by_kind: HashMap<&'a str, Vec<OfKind<'a>>>,
    anywhere: OnceLock<HashMap<(GroupKind<'a>, &'a str), usize>>,
    /// Objects before which there is one with the same identity.
    pub(super) repeated: Vec<usize>,
    declared: HashMap<(&'a str, &'a str), &'a SecretSpec>,
    open: HashSet<&'a str>,
    pub(super) world: World<'a>,
    previous: HashMap<ObjectId<'a>, Item<'a>>,
}

/// The objects of a kind, by their positions.
#[derive(Default)]
struct OfKind<'a> {
    group: &'a str,
    all: Vec<usize>,
    /// By namespace and name; the first, where there are several.
    by_name: HashMap<(&'a str, &'a str), usize>,
    by_namespace: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Objects<'a> {
    /// What is checked, in order.
    pub(super) fn new(input: Input<'a>) -> Self {
        let items = Item::all(input.objects.iter().map(|given| given.object), input.namespace);
        let previous = Item::all(input.previous.iter().flatten().copied(), input.namespace);
        let world = World::of(&items);
        // What runs is judged by the object that made it.
        let own = items.iter().filter(|item| !world.is_aside(item.index));
        let mut objects = Self {
            pods: own.filter_map(|item| Pods::of(*item)).collect(),
            references: Vec::new(),
            by_kind: HashMap::default(),
            anywhere: OnceLock::new(),
            repeated: Vec::new(),
            declared: HashMap::default(),
            open: HashSet::default(),
            previous: previous.into_iter().map(|item| (item.id(), item)).collect(),
            world,
            items,
            input,
        };
        for item in &objects.items {
            let GroupKind { group, kind } = item.kind();
            let groups = objects.by_kind.entry(kind).or_default();
            let number = groups.iter().position(|known| known.group == group).unwrap_or(groups.len());
            if number == groups.len() {
                groups.push(OfKind { group, ..OfKind::default() });
            }
            let of_kind = &mut groups[number];
            of_kind.all.push(item.index);
            of_kind.by_namespace.entry(item.namespace).or_default().push(item.index);
            match of_kind.by_name.entry((item.namespace, item.object.name())) {
                Entry::Vacant(entry) => _ = entry.insert(item.index),
                Entry::Occupied(_) => objects.repeated.push(item.index),
            }
            if !objects.world.is_aside(item.index) {
                reference::of_object(*item, &mut objects.references);
            }
        }
        for pods in &objects.pods {
            reference::of_pods(pods, &mut objects.references);
        }
        let cluster = objects.input.cluster;
        for release in cluster.iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.releases) {
            objects.open.insert(&release.namespace);
        }
        objects.open.extend(cluster.iter().flat_map(|cluster| &cluster.provided.namespaces).map(String::as_str));
        for secret in cluster.iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.secrets) {
            objects.declared.insert((&secret.namespace, &secret.name), secret);
        }
        objects
    }

    /// The cluster with its nodes, where the objects are one's.
    pub fn cluster(&self) -> Option<&'a Cluster> {
        self.input.cluster
    }

    /// Whether what is not among the objects is missing.
    pub fn is_closed(&self) -> bool {
        self.input.closed
    }

    /// The number of the file that an object is from.
    pub(super) fn file(&self, item: Item<'_>) -> usize {
        self.input.objects[item.index].file
    }

    /// The number of the folder that an object is from.
    pub(super) fn folder(&self, item: Item<'_>) -> usize {
        self.input.objects[item.index].folder
    }

    /// Whether an object is as it was in what the findings are compared with.
    pub(super) fn is_known(&self, item: &Item<'_>) -> bool {
        self.input.objects[item.index].is_known
    }

    /// The namespace of objects that name none.
    pub fn namespace(&self) -> &'a str {
        self.input.namespace
    }

    /// The minor version of the Kubernetes release that the objects are for, 35 for 1.35.4, if it is known.
    pub fn kubernetes(&self) -> Option<u32> {
        self.input.kubernetes
    }

    /// When it is, if somebody said so.
    pub fn now(&self) -> Option<SystemTime> {
        self.input.now
    }

    /// What is wrong in objects that could not be read whole, by their position.
    pub fn problems(&self) -> impl Iterator<Item = (Item<'a>, &'a [Problem])> {
        let problems = self.items.iter().zip(&self.input.objects).map(|(item, given)| (*item, given.problems));
        problems.filter(|(_, problems)| !problems.is_empty())
    }

    /// What was read in objects otherwise than people, or other readers of YAML, may take it, by their position.
    pub fn doubts(&self) -> impl Iterator<Item = (Item<'a>, &'a [Problem])> {
        self.items.iter().zip(&self.input.objects).map(|(item, given)| (*item, given.doubts))
    }

    /// Whether there was text beside the objects that could not be read at all.
    pub fn has_unreadable(&self) -> bool {
        self.input.has_unreadable
    }

    /// What is applied today under an object's identity; none where there is nothing, or nothing is known of it.
    pub fn previous(&self, item: Item<'_>) -> Option<&'a Object> {
        let previous: &HashMap<ObjectId<'_>, Item<'a>> = &self.previous;
        previous.get(&item.id()).map(|item| item.object)
    }

    /// What is applied today and is not among the objects any more, in the order in which it was given.
    pub fn removed(&self) -> Vec<Item<'a>> {
        self.gone().0
    }

    /// What only the cluster has of which nobody knows who applied it, so that no change removes it.
    pub fn only_in_cluster(&self) -> Vec<Item<'a>> {
        self.gone().1
    }

    fn gone(&self) -> (Vec<Item<'a>>, Vec<Item<'a>>) {
        let is_live = |item: &Item<'_>| item.object.metadata().uid.is_some();
        let is_applied =
            |item: &Item<'_>| item.object.metadata().labels.as_ref().is_some_and(|labels| labels.contains_key(PART_OF));
        // Its stacks declare secrets, and its folder of secrets has the objects.
        let is_declared = |item: &Item<'_>| {
            item.object.kind() == "Secret" && self.secret(item.namespace, item.object.name()).is_some()
        };
        let is_gone = |item: &&Item<'_>| self.find(item.id()).is_none() && !is_declared(item);
        let mut gone: Vec<_> = self.previous.values().filter(is_gone).copied().collect();
        gone.sort_unstable_by_key(|item| item.index);
        // Between two states of a cluster, what is in one of them is a change.
        let are_states = gone.iter().any(is_live) && self.items.iter().any(is_live);
        gone.into_iter().partition(|item| are_states || !is_live(item) || is_applied(item))
    }

    /// The `apiVersion`s and kinds of objects whose fields nothing here defines, each once: of those only the metadata is known.
    pub fn undefined(&self) -> BTreeSet<(&'a str, &'a str)> {
        let definitions = self.all::<CustomResourceDefinition>();
        let defined = definitions
            .map(|(_, definition)| GroupKind { group: &definition.spec.group, kind: &definition.spec.names.kind });
        let defined: HashSet<_> = defined.collect();
        let unread: HashSet<_> = self.problems().map(|(item, _)| item.index).collect();
        let is_unknown = |item: &&Item<'_>| {
            let is_custom = item.object.content().is_some() && !unread.contains(&item.index);
            is_custom && !defined.contains(&item.kind())
        };
        let unknown = self.items.iter().filter(is_unknown);
        unknown.map(|item| (item.object.api_version(), item.object.kind())).collect()
    }

    /// The object with an identity.
    pub fn find(&self, id: ObjectId<'_>) -> Option<Item<'a>> {
        self.named(id.kind, id.namespace, id.name)
    }

    /// The objects of a type, with where they are.
    pub fn all<T: Kind>(&self) -> impl Iterator<Item = (Item<'a>, &'a T)> {
        self.of_kind(GroupKind::of::<T>()).filter_map(|item| Some((item, item.object.get::<T>()?)))
    }

    /// The objects of a kind, such as `"Service"` or `"Certificate.cert-manager.io"`.
    pub fn of_kind<'k>(&self, kind: impl Into<GroupKind<'k>>) -> impl Iterator<Item = Item<'a>> {
        self.objects_of(kind.into()).into_iter().flat_map(|kind| &kind.all).map(|index| self.items[*index])
    }

    fn objects_of(&self, kind: GroupKind<'_>) -> Option<&OfKind<'a>> {
        self.by_kind.get(kind.kind)?.iter().find(|known| known.group == kind.group)
    }

    /// The object of a type with this name; `namespace` is empty for cluster-wide ones.
    pub fn get<T: Kind>(&self, namespace: &str, name: &str) -> Option<(Item<'a>, &'a T)> {
        let item = self.named(GroupKind::of::<T>(), namespace, name)?;
        Some((item, item.object.get::<T>()?))
    }

    /// The object of a kind with this name; `namespace` is empty for cluster-wide ones.
    pub fn named<'k>(&self, kind: impl Into<GroupKind<'k>>, namespace: &str, name: &str) -> Option<Item<'a>> {
        self.objects_of(kind.into())?.by_name.get(&(namespace, name)).map(|index| self.items[*index])
    }

    /// The first object of a kind with this name, in whichever namespace: found by what looks for one in vain.
    pub(super) fn anywhere<'k>(&self, kind: impl Into<GroupKind<'k>>, name: &str) -> Option<Item<'a>> {
        let anywhere: &HashMap<(GroupKind<'_>, &str), usize> = self.anywhere.get_or_init(|| {
            let last_first = self.items.iter().rev();
            last_first.map(|item| ((item.kind(), item.object.name()), item.index)).collect()
        });
        anywhere.get(&(kind.into(), name)).map(|index| self.items[*index])
    }

    /// A namespace's objects of a kind; `namespace` is empty for cluster-wide ones.
    pub fn within<'k>(&self, kind: impl Into<GroupKind<'k>>, namespace: &str) -> impl Iterator<Item = Item<'a>> {
        let numbers = self.objects_of(kind.into()).and_then(|kind| kind.by_namespace.get(namespace));
        numbers.into_iter().flatten().map(|index| self.items[*index])
    }

    /// A namespace's objects of a type, with where they are.
    pub fn all_within<T: Kind>(&self, namespace: &str) -> impl Iterator<Item = (Item<'a>, &'a T)> {
        self.within(GroupKind::of::<T>(), namespace).filter_map(|item| Some((item, item.object.get::<T>()?)))
    }

    /// Whether there is any object in a namespace.
    pub fn has_namespace(&self, namespace: &str) -> bool {
        self.by_kind.values().flatten().any(|kind| kind.by_namespace.contains_key(namespace))
    }

    /// The names of a namespace's objects of a kind.
    pub fn names<'k>(&self, kind: impl Into<GroupKind<'k>>, namespace: &str) -> Vec<&'a str> {
        self.within(kind, namespace).map(|item| item.object.name()).collect()
    }

    /// The pods of a namespace.
    pub fn pods_in(&self, namespace: &str) -> impl Iterator<Item = &Pods<'a>> {
        self.pods.within(namespace)
    }

    /// A secret that one of the cluster's stacks declares.
    pub fn secret(&self, namespace: &str, name: &str) -> Option<&'a SecretSpec> {
        self.declared.get(&(namespace, name)).copied()
    }

    /// The secrets that the cluster's stacks declare, with the name of the stack.
    pub fn secrets(&self) -> impl Iterator<Item = (&'a str, &'a SecretSpec)> {
        let stacks = self.input.cluster.into_iter().flat_map(|cluster| &cluster.stacks);
        stacks.flat_map(|stack| stack.secrets.iter().map(move |secret| (stack.name.as_str(), secret)))
    }

    /// The name of the stack that an object is of, where the objects are a cluster's.
    pub fn stack(&self, index: usize) -> Option<&'a str> {
        let mut first = 0;
        self.input.cluster?.stacks.iter().find_map(|stack| {
            first += stack.objects.len();
            (index < first).then_some(stack.name.as_str())
        })
    }

    /// Whether something that is not among the objects, a Helm release or the installer, makes objects in this namespace: then what is missing may
    /// be there.
    ///
    /// In an existing cluster, whose machines are someone else's, anyone may have put things where no stack makes the namespace.
    pub fn is_open(&self, namespace: &str) -> bool {
        let is_ours = || self.named("Namespace", "", namespace).is_some();
        self.open.contains(namespace) || self.world.releases_to(namespace) || self.existing().is_some() && !is_ours()
    }

    /// The cluster, where it exists already and its machines are someone else's: what nobody told of it is unknown.
    pub(super) fn existing(&self) -> Option<&'a Cluster> {
        self.cluster().filter(|cluster| cluster.is_existing)
    }

    /// Whether what belongs to the cluster as a whole and is not among the objects is missing: of an existing one nobody has told all of it.
    pub(super) fn is_whole(&self) -> bool {
        self.is_closed() && self.existing().is_none()
    }

    /// Whether the cluster may have what belongs to no namespace and is neither among the objects nor told, of a kind or an API of which this much
    /// is told: nobody knows where it is nothing.
    pub(super) fn is_untold(&self, told: impl FnOnce(&'a Cluster) -> &'a [String]) -> bool {
        self.existing().is_some_and(|cluster| told(cluster).is_empty())
    }

    /// The pods of a namespace that carry all of these labels; an empty map selects none, as in a Service.
    pub fn selected(&self, namespace: &str, labels: &BTreeMap<String, String>) -> Vec<&Pods<'a>> {
        self.pods.selected(namespace, labels)
    }

    /// The pods of a namespace that a label selector matches; an empty selector matches all of them.
    pub fn matched(&self, namespace: &str, selector: &LabelSelector) -> Vec<&Pods<'a>> {
        self.pods.matched(namespace, selector)
    }

    /// The pods of a namespace that carry a label.
    pub(super) fn labelled(&self, namespace: &str, key: &str, value: &str) -> Vec<&Pods<'a>> {
        self.pods.labelled(namespace, key, value)
    }

    /// The pods that an object makes, if it makes any.
    pub fn pods_of(&self, item: Item<'_>) -> Option<&Pods<'a>> {
        let number = self.pods.binary_search_by_key(&item.index, |pods| pods.item.index).ok()?;
        Some(&self.pods[number])
    }
}
