//! A cluster as the files that are committed and applied.
//!
//! The tree holds a folder per cluster: a `kustomization.yaml` that lists the objects in the order in which they can be
//! applied, a file per object in a folder per stack, the hosts' files, the releases' values, and a README. Objects that wait for a release
//! are in a folder of their own, `after-<release>`, with a kustomization of it. Rendering is
//! pure: the same cluster gives the same bytes on any machine, whatever the order of its stacks.

mod delivered;
mod diagram;
mod kustomization;
mod readme;
mod releases;
mod steps;

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::thread;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::order::{self, After, Order};
use crate::{Cluster, Delivery, Error, File, HashMap, Object, Release, Stack};

/// The folder of a cluster that holds its secret material, which is made on the machine that renders and never rendered.
pub const SECRETS: &str = "secrets";

/// Every file of a cluster by its path from the root of the tree, which begins with the cluster's name.
///
/// # Errors
/// When two files would have one path, a path leads out of the cluster's folder, a value cannot be written, or releases need each other.
pub fn render(cluster: &Cluster) -> Result<BTreeMap<Utf8PathBuf, File>, Error> {
    checked_name("cluster", &cluster.name)?;
    let mut order = Order::of(cluster);
    if let Some(cycle) = order.cycle.take() {
        return Err(cycle.into());
    }
    let mut files = vec![readme::file(cluster, &order)];
    let mut resources = Vec::new();
    for (path, object) in paths(&order)? {
        files.push(File::new(path.clone(), yaml(object)?));
        resources.push((object, path));
    }
    files.extend(kustomization::files(cluster, &order, resources)?);
    files.extend(match cluster.delivery {
        Delivery::ByHand => releases::files(&order)?,
        Delivery::Flux(_) | Delivery::ArgoCd(_) => delivered::files(cluster, &order)?,
    });
    files.extend(cluster.stacks.iter().flat_map(Stack::all_files).cloned());

    let inside = |file: File| Ok(File { path: Utf8Path::new(&cluster.name).join(inside(&file.path)?), ..file });
    let mut files = files.into_iter().map(inside).collect::<Result<Vec<_>, Error>>()?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    // Artefacts of two stacks may be put in place by one script.
    files.dedup();
    // What lies in a folder follows the folder's own name.
    for pair in files.windows(2) {
        let (one, next) = (&pair[0].path, &pair[1].path);
        if one == next {
            return Err(Error::new(
                format!("two files would be {one}"),
                "every file needs a path of its own: rename one of the two",
            ));
        }
        if next.starts_with(one) {
            return Err(Error::new(
                format!("{one} would be a file and, for {next}, a folder"),
                "rename one of the two",
            ));
        }
    }
    Ok(files.into_iter().map(|file| (file.path.clone(), file)).collect())
}

/// The file at the root of the tree that makes `kubectl apply -k` apply one cluster.
///
/// # Errors
/// Never for a cluster whose name is valid.
pub fn root(default: &Cluster) -> Result<File, Error> {
    kustomization::root(&default.name)
}

/// The objects of a cluster, or of one of its stacks, as one YAML stream in the order in which they can be applied.
///
/// # Errors
/// When the cluster has no such stack, or a value cannot be written.
pub fn stream(cluster: &Cluster, stack: Option<&str>) -> Result<String, Error> {
    let order = Order::of(cluster);
    let objects = order.objects().map(|(_, owner, object)| (owner, object));
    let objects: Vec<_> = objects.filter(|(owner, _)| stack.is_none_or(|stack| stack == owner.name)).collect();
    // Two threads write half of them each: with ten thousand objects this is most of a render's time.
    let (first, second) = objects.split_at(objects.len() / 2);
    thread::scope(|scope| {
        let second = scope.spawn(|| documents(second));
        let mut out = documents(first)?;
        out.push_str(&second.join().unwrap_or_else(|panic| resume_unwind(panic))?);
        Ok(out)
    })
}

fn documents(objects: &[(&Stack, &Object)]) -> Result<String, Error> {
    let mut out = String::new();
    for (_, object) in objects {
        out.push_str("---\n");
        object.write_yaml(&mut out).map_err(|error| unwritable(object, error))?;
    }
    Ok(out)
}

/// Objects that are applied together, in their order, and what is installed right before them.
#[derive(Debug)]
pub struct Part<'c> {
    /// The release that they wait for, if they do.
    pub after: Option<&'c Release>,
    /// The objects; none where only the release is installed.
    pub objects: Vec<&'c Object>,
}

/// The parts of a cluster in the order in which they are applied: each needs only what is in those before it.
///
/// # Errors
/// When releases need each other.
pub fn parts<'cluster>(cluster: &'cluster Cluster) -> Result<Vec<Part<'cluster>>, Error> {
    let order = Order::of(cluster);
    if let Some(cycle) = order.cycle {
        return Err(cycle.into());
    }
    let part = |part: order::Part<'cluster>| Part {
        after: match part.after {
            After::Release(release) => Some(release),
            After::Nothing | After::Definitions => None,
        },
        objects: part.objects.into_iter().map(|(_, object)| object).collect(),
    };
    Ok(order.parts.into_iter().map(part).collect())
}

/// The path of each object's file from the root of the tree, in the order of the cluster's stacks and their objects.
///
/// # Errors
/// When a stack or the cluster has a name that is none.
pub fn object_paths(cluster: &Cluster) -> Result<Vec<Utf8PathBuf>, Error> {
    let mut by_object: HashMap<*const Object, Utf8PathBuf> =
        paths(&Order::of(cluster))?.into_iter().map(|(path, object)| (std::ptr::from_ref(object), path)).collect();
    let objects = cluster.stacks.iter().flat_map(|stack| &stack.objects);
    let paths = objects.filter_map(|object| by_object.remove(&std::ptr::from_ref(object)));
    Ok(paths.map(|path| Utf8Path::new(&cluster.name).join(path)).collect())
}

/// Each object's path, `<stack>/<kind>-<name>.yaml` in the folder of its part, in the order in which they can be applied. Where a stack has
/// objects of one kind and name in several namespaces, the namespace comes before the name; in several groups, the group behind the kind.
fn paths<'c>(order: &Order<'c>) -> Result<Vec<(Utf8PathBuf, &'c Object)>, Error> {
    let objects: Vec<_> = order.objects().collect();
    let mut paths = Vec::with_capacity(objects.len());
    for (folder, stack, object) in &objects {
        checked_name("stack", &stack.name)?;
        paths.push(file_path(folder, stack, object.kind(), object.name()));
    }
    // The groups of the objects that would have a path.
    let mut namesakes: HashMap<&str, Vec<&str>> = HashMap::default();
    for (path, (_, _, object)) in paths.iter().zip(&objects) {
        namesakes.entry(path).or_default().push(object.group_kind().group);
    }
    let path = |(path, (folder, stack, object)): (&String, &(String, &Stack, &'c Object))| {
        let kind = object.group_kind();
        let (same, other): (Vec<&str>, Vec<_>) =
            namesakes[path.as_str()].iter().partition(|group| **group == kind.group);
        let kind = if other.is_empty() { kind.kind.to_owned() } else { kind.to_string() };
        let name = match object.namespace() {
            Some(namespace) if same.len() > 1 => format!("{namespace}-{}", object.name()),
            _ => object.name().to_owned(),
        };
        (file_path(folder, stack, &kind, &name).into(), *object)
    };
    Ok(paths.iter().zip(&objects).map(path).collect())
}

fn file_path(folder: &str, stack: &Stack, kind: &str, name: &str) -> String {
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}{}/{}", stack.name, file_name(kind, name))
}

fn file_name(kind: &str, name: &str) -> String {
    // RBAC names may hold a colon, which some file systems do not take.
    format!("{}-{}.yaml", kind.to_lowercase(), name.replace(':', "_"))
}

fn yaml(object: &Object) -> Result<String, Error> {
    let mut text = String::new();
    object.write_yaml(&mut text).map_err(|error| unwritable(object, error))?;
    Ok(text)
}

fn unwritable(object: &Object, error: crate::yaml::Error) -> Error {
    Error::yaml(format!("{object} cannot be written as YAML"), "its maps need text as keys", error)
}

/// Names of clusters and stacks are names of folders, and are typed at a prompt.
fn checked_name(what: &str, name: &str) -> Result<(), Error> {
    let valid = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !name.is_empty() && !name.starts_with('-') && name.bytes().all(valid) {
        return Ok(());
    }
    Err(Error::new(
        format!("`{}` cannot be the name of a {what}", name.escape_debug()),
        "use small letters, digits and hyphens: it names a folder",
    ))
}

/// The path, if it stays inside the cluster's folder and out of the secrets' one.
fn inside(path: &Utf8Path) -> Result<&Utf8Path, Error> {
    // Lists of files, such as sha256sum's, have one path a line, and a backslash means something else in them.
    if path.as_str().contains('\\') || path.as_str().contains(char::is_control) {
        return Err(Error::new(
            format!("file `{}` has a backslash or a control character in its name", path.as_str().escape_debug()),
            "give it a name of plain characters",
        ));
    }
    let normal = path.components().all(|component| matches!(component, Utf8Component::Normal(_)));
    let is_open = |path: &Utf8Path| match path.strip_prefix(SECRETS) {
        Ok(rest) => [".gitignore", "kustomization.yaml"].iter().any(|known| rest == *known),
        Err(_) => true,
    };
    if normal && !path.as_str().is_empty() && is_open(path) {
        return Ok(path);
    }
    Err(Error::new(
        format!("file `{path}` is not inside its cluster's folder, or is in its `{SECRETS}`"),
        "write its path from the cluster's folder, such as hosts/Vagrantfile",
    ))
}
