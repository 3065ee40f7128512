use super::world::{is_live, is_of_server};
use super::{Finding, Index};
use crate::{Object, yaml};

/// Whether a finding is about something that nobody wrote, or that nobody can know before it is applied.
pub(super) fn is_beyond(index: &Index<'_>, finding: &Finding) -> bool {
    let Some(place) = &finding.place else { return false };
    let object = index.items[place.index].object;
    index.world.is_aside(place.index)
        || is_of_server(object, &place.path)
        // Flux applies on the server's side, and keeps no copy. Nor did whoever applied what runs, or it would not.
        || (index.world.is_of_flux() || is_live(object)) && finding.id == "last-applied-too-large"
        // That one is about values that are put in later.
        || index.cluster().is_none() && finding.id != "gitops-variable-unset" && (yaml::is_unknown(&place.path) || has_unknown(object, &place.path))
}

/// Whether the value of a field is put in later.
fn has_unknown(object: &Object, path: &str) -> bool {
    let mut text = String::new();
    let written = object.write_yaml(&mut text).is_ok() && yaml::may_have_unknown(&text);
    let read = written.then(|| yaml::read(&text).ok()).flatten();
    let value = read.as_ref().and_then(|read| read.documents.first()?.at(path)?.text());
    value.is_some_and(yaml::is_unknown)
}
