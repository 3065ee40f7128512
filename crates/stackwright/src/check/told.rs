//! What a container is told by its words, its variables and the files that are mounted into it.

use k8s_openapi::api::core::v1::{ConfigMap, Container, KeyToPath, Secret, Volume, VolumeProjection};

use super::{Index, Pods};

/// A file of a ConfigMap or Secret, as a volume holds it.
pub(super) struct File<'a> {
    /// Its path in the volume.
    pub path: &'a str,
    /// What it holds, if that is text and among the objects.
    pub text: Option<&'a str>,
}

/// What a variable of a container is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variable<'a> {
    Unset,
    Is(&'a str),
    /// It is set, or may be, and nobody knows to what.
    Unknown,
}

/// The words of a container's command and arguments.
pub(super) fn words(container: &Container) -> impl Iterator<Item = &str> {
    container.command.iter().chain(&container.args).flatten().map(String::as_str)
}

/// What a variable is: the last one of a name counts, before those that are taken from whole objects.
pub(super) fn variable<'a>(index: &Index<'a>, pods: &Pods<'a>, container: &'a Container, name: &str) -> Variable<'a> {
    if let Some(own) = container.env.iter().flatten().rfind(|own| own.name == name) {
        let is_plain = |value: &&str| !value.contains("$(") && !crate::yaml::is_unknown(value);
        return own.value.as_deref().filter(is_plain).map_or(Variable::Unknown, Variable::Is);
    }
    let mut found = Variable::Unset;
    for source in container.env_from.iter().flatten() {
        let Some(key) = name.strip_prefix(source.prefix.as_deref().unwrap_or_default()) else { continue };
        let map = source.config_map_ref.as_ref().map(|map| of_config_map(index, pods, &map.name));
        let files = map.or_else(|| source.secret_ref.as_ref().map(|secret| of_secret(index, pods, &secret.name)));
        match files.flatten() {
            None => return Variable::Unknown,
            Some(files) => {
                if let Some(file) = files.iter().find(|file| file.path == key) {
                    found = file.text.map_or(Variable::Unknown, Variable::Is);
                }
            }
        }
    }
    found
}

/// The files of a volume; none where it is none of files, or of an object that is not there.
pub(super) fn files<'a>(index: &Index<'a>, pods: &Pods<'a>, volume: &'a Volume) -> Option<Vec<File<'a>>> {
    if let Some(source) = &volume.config_map {
        return Some(picked(of_config_map(index, pods, &source.name)?, source.items.as_deref()));
    }
    if let Some(source) = &volume.secret {
        return Some(picked(of_secret(index, pods, source.secret_name.as_deref()?)?, source.items.as_deref()));
    }
    let mut files = Vec::new();
    for source in volume.projected.as_ref()?.sources.iter().flatten() {
        files.extend(of_projection(index, pods, source)?);
    }
    Some(files)
}

/// Whether a volume is made of ConfigMaps and Secrets.
pub(super) fn is_of_files(volume: &Volume) -> bool {
    volume.config_map.is_some() || volume.secret.is_some() || volume.projected.is_some()
}

/// Whether a container is told of a path, or may be by something that is not among the objects.
pub(super) fn may_name<'a>(index: &Index<'a>, pods: &Pods<'a>, container: &Container, path: &str) -> bool {
    if names(container, path) {
        return true;
    }
    let is_text = |file: &File<'_>| file.text.is_some_and(|text| contains_path(text, path));
    let mounts = container.volume_mounts.iter().flatten();
    // What is run once to fill a database does not say where it lies.
    let mut mounts = mounts.filter(|mount| !mount.mount_path.contains("initdb"));
    mounts.any(|mount| {
        let volume = pods.spec.volumes.iter().flatten().find(|volume| volume.name == mount.name);
        volume.is_some_and(|volume| {
            is_of_files(volume) && files(index, pods, volume).is_none_or(|files| files.iter().any(is_text))
        })
    })
}

/// Whether the words or variables of a container name a path, or something in it.
pub(super) fn names(container: &Container, path: &str) -> bool {
    let variables = container.env.iter().flatten().filter_map(|variable| variable.value.as_deref());
    words(container).chain(variables).any(|text| contains_path(text, path))
}

/// Whether a text has a path that begins with this one.
fn contains_path(text: &str, path: &str) -> bool {
    let is_in_name = |letter: char| letter.is_ascii_alphanumeric() || "/_.-".contains(letter);
    text.match_indices(path).any(|(place, _)| {
        let (before, after) = (&text[..place], &text[place + path.len()..]);
        !before.ends_with(is_in_name) && (after.starts_with('/') || !after.starts_with(is_in_name))
    })
}

fn of_config_map<'a>(index: &Index<'a>, pods: &Pods<'a>, name: &str) -> Option<Vec<File<'a>>> {
    let (_, map) = index.get::<ConfigMap>(pods.item.namespace, name)?;
    let text = map.data.iter().flatten().map(|(key, text)| File { path: key, text: Some(text) });
    Some(text.chain(map.binary_data.iter().flatten().map(|(key, _)| File { path: key, text: None })).collect())
}

fn of_secret<'a>(index: &Index<'a>, pods: &Pods<'a>, name: &str) -> Option<Vec<File<'a>>> {
    let namespace = pods.item.namespace;
    if let Some((_, secret)) = index.get::<Secret>(namespace, name) {
        let text = secret.string_data.iter().flatten().map(|(key, text)| File { path: key, text: Some(text) });
        let data = secret.data.iter().flatten();
        return Some(
            text.chain(data.map(|(key, data)| File { path: key, text: str::from_utf8(&data.0).ok() })).collect(),
        );
    }
    let declared = index.secret(namespace, name)?;
    Some(declared.keys.iter().map(|key| File { path: &key.name, text: None }).collect())
}

fn of_projection<'a>(index: &Index<'a>, pods: &Pods<'a>, source: &'a VolumeProjection) -> Option<Vec<File<'a>>> {
    if let Some(map) = &source.config_map {
        return Some(picked(of_config_map(index, pods, &map.name)?, map.items.as_deref()));
    }
    if let Some(secret) = &source.secret {
        return Some(picked(of_secret(index, pods, &secret.name)?, secret.items.as_deref()));
    }
    let token = source.service_account_token.iter().map(|token| token.path.as_str());
    let fields = source.downward_api.iter().flat_map(|fields| fields.items.iter().flatten());
    Some(token.chain(fields.map(|field| field.path.as_str())).map(|path| File { path, text: None }).collect())
}

/// The files that a volume takes, under the paths that it gives them.
fn picked<'a>(files: Vec<File<'a>>, items: Option<&'a [KeyToPath]>) -> Vec<File<'a>> {
    let Some(items) = items.filter(|items| !items.is_empty()) else { return files };
    let text = |key: &str| files.iter().find(|file| file.path == key).and_then(|file| file.text);
    items.iter().map(|item| File { path: &item.path, text: text(&item.key) }).collect()
}

#[cfg(test)]
mod tests {
    use super::contains_path;

    #[test]
    fn a_path_is_not_a_part_of_another() {
        for text in ["/srv", "--datadir=/srv/db", "dir /srv;", "[\"/srv\"]", "/srv/"] {
            assert!(contains_path(text, "/srv"), "{text}");
        }
        for text in ["/srv2", "/usr/srv", "/srv-old", "srv"] {
            assert!(!contains_path(text, "/srv"), "{text}");
        }
    }
}
