//! Volumes that are there before they are claimed: each is bound to one claim, and nobody makes more of them.
//!
//! Any volume may be bound to any claim that it suits, whose pod comes first; for a claim of an immediate class even before there
//! is a pod (`FindMatchingVolume` in Kubernetes' `component-helpers/storage/volume/pv_helpers.go`). What is certain of all claims
//! of a class follows from their number, and from whether it matters which volume a claim gets.

use k8s_openapi::api::core::v1::PersistentVolumeClaimSpec;

use super::request::amounts;
use super::volumes::Volume;
use crate::HashMap;
use crate::links::Item;

/// With more pairs of a claim and a volume than this, nothing is said of them: each is compared with each.
const MANY: usize = 20_000;

/// Claims of a class that have no volume yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seeker<'a> {
    /// The claim, or the StatefulSet whose template makes such claims.
    pub(super) item: Item<'a>,
    /// The template's name; empty for a claim.
    pub(super) template: &'a str,
    pub(super) spec: &'a PersistentVolumeClaimSpec,
    /// How many they are.
    pub(super) number: usize,
    /// Whether there are pods that need them.
    pub(super) is_used: bool,
}

/// A class, and those of its volumes that no claim has.
pub(super) struct Supply<'a> {
    pub(super) class: &'a str,
    pub(super) by_hand: ByHand,
    /// Whether volumes of it are among the objects, with or without a claim: then no others are taken to be anywhere.
    pub(super) is_seen: bool,
    /// Whether a volume is bound only once the scheduler has a node for the pod.
    pub(super) is_delayed: bool,
    pub(super) free: Vec<Volume<'a>>,
}

/// Whether nobody makes a class' volumes on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ByHand {
    Yes,
    /// Nothing is known of the class but that volumes of it are among the objects.
    Likely,
    No,
}

/// What comes of a claim without a volume.
#[derive(Debug, Clone)]
pub(super) enum Outlook<'a> {
    /// It gets one of these, whatever comes first.
    Sure(Vec<Volume<'a>>),
    /// It may get one of these; if there are none, all is open.
    Open(Vec<Volume<'a>>),
    /// None suits it.
    Never,
}

/// Claims that are more than the volumes that suit them.
#[derive(Debug, Clone)]
pub(crate) struct Lack<'a> {
    /// The class.
    pub(crate) class: &'a str,
    /// The claims, or the StatefulSets that make them.
    pub(crate) claims: Vec<Item<'a>>,
    /// How many volumes they ask for.
    pub(crate) asked: usize,
    /// The volumes.
    pub(crate) volumes: Vec<Item<'a>>,
    /// Whether nobody makes more of them.
    pub(crate) is_certain: bool,
}

/// What comes of the claims without a volume.
#[derive(Debug, Default)]
pub(super) struct Bindings<'a> {
    /// By the position of the object and the name of the template. Of the others, volumes are made on demand.
    pub(super) outlooks: HashMap<(usize, &'a str), Outlook<'a>>,
    pub(super) lacks: Vec<Lack<'a>>,
}

impl<'a> Bindings<'a> {
    /// Finds out what comes of a class' claims.
    pub(super) fn add(&mut self, supply: &Supply<'a>, seekers: &[Seeker<'a>]) {
        let Self { outlooks, lacks } = self;
        let mut tell =
            |seeker: &Seeker<'a>, outlook| _ = outlooks.insert((seeker.item.index, seeker.template), outlook);
        if seekers.len().saturating_mul(supply.free.len()) > MANY {
            for seeker in seekers {
                tell(seeker, Outlook::Open(Vec::new()));
            }
            return;
        }
        let suiting: Vec<Vec<usize>> = seekers
            .iter()
            .map(|seeker| (0..supply.free.len()).filter(|volume| suits(supply.free[*volume], seeker.spec)).collect())
            .collect();
        let unsuited =
            seekers.iter().zip(&suiting).filter(|(_, suiting)| suiting.is_empty() && supply.by_hand == ByHand::Yes);
        for (seeker, _) in unsuited {
            tell(seeker, if supply.is_seen { Outlook::Never } else { Outlook::Open(Vec::new()) });
        }
        for together in rivals(&suiting) {
            let volumes = |numbers: &[usize]| numbers.iter().map(|number| supply.free[*number]).collect::<Vec<_>>();
            let mut wanted: Vec<_> = together.iter().flat_map(|seeker| suiting[*seeker].iter().copied()).collect();
            wanted.sort_unstable();
            wanted.dedup();
            let number: usize = together.iter().fold(0, |sum, seeker| sum.saturating_add(seekers[*seeker].number));
            let each_suits_each =
                together.iter().all(|seeker| suiting[*seeker].len() == wanted.len() && is_plain(seekers[*seeker].spec));
            // Where it matters which it gets, one claim alone may still have whichever is on the node of its pod.
            let are_alike = are_alike(&volumes(&wanted)) || supply.is_delayed && number == 1;
            for seeker in &together {
                let volumes = volumes(&suiting[*seeker]);
                let is_sure = each_suits_each && are_alike && number <= wanted.len();
                tell(&seekers[*seeker], if is_sure { Outlook::Sure(volumes) } else { Outlook::Open(volumes) });
            }
            let used: Vec<_> = together.iter().copied().filter(|seeker| seekers[*seeker].is_used).collect();
            let asked = used.iter().fold(0_usize, |sum, seeker| sum.saturating_add(seekers[*seeker].number));
            let is_certain = supply.by_hand == ByHand::Yes;
            if supply.by_hand != ByHand::No && bound_at_best(seekers, &suiting, &used, supply.free.len()) < asked {
                let claims = used.iter().map(|seeker| seekers[*seeker].item).collect();
                let volumes = volumes(&wanted).iter().map(|volume| volume.item).collect();
                lacks.push(Lack { class: supply.class, claims, asked, volumes, is_certain });
            }
        }
    }
}

/// Seekers that may take one another's volumes, in groups.
fn rivals(suiting: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut group_of: HashMap<usize, usize> = HashMap::default();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (seeker, volumes) in suiting.iter().enumerate().filter(|(_, volumes)| !volumes.is_empty()) {
        let mut merged = vec![seeker];
        let mut known: Vec<_> = volumes.iter().filter_map(|volume| group_of.get(volume).copied()).collect();
        known.sort_unstable();
        known.dedup();
        for group in known {
            merged.append(&mut groups[group]);
        }
        for volume in merged.iter().flat_map(|seeker| &suiting[*seeker]) {
            group_of.insert(*volume, groups.len());
        }
        merged.sort_unstable();
        groups.push(merged);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// How many claims of these seekers have a volume when as many as possible do: a maximum matching, by augmenting paths.
fn bound_at_best(seekers: &[Seeker], suiting: &[Vec<usize>], used: &[usize], volumes: usize) -> usize {
    fn augment(seeker: usize, suiting: &[Vec<usize>], owner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
        suiting[seeker].iter().any(|volume| {
            if std::mem::replace(&mut seen[*volume], true) {
                return false;
            }
            let is_free = match owner[*volume] {
                Some(other) => augment(other, suiting, owner, seen),
                None => true,
            };
            if is_free {
                owner[*volume] = Some(seeker);
            }
            is_free
        })
    }
    let mut owner = vec![None; volumes];
    let mut bound = 0;
    for seeker in used {
        for _ in 0..seekers[*seeker].number.min(volumes) {
            if !augment(*seeker, suiting, &mut owner, &mut vec![false; volumes]) {
                break;
            }
            bound += 1;
        }
    }
    bound
}

/// Whether it does not matter which of these volumes a claim gets: they are in the same places.
pub(super) fn are_alike(volumes: &[Volume]) -> bool {
    volumes.windows(2).all(|pair| pair[0].terms() == pair[1].terms())
}

/// Whether `suits` looks at all that a claim asks for.
fn is_plain(claim: &PersistentVolumeClaimSpec) -> bool {
    claim.selector.as_ref().is_none_or(|selector| selector.match_expressions.as_ref().is_none_or(Vec::is_empty))
}

/// Whether a volume can be bound to a claim, as far as its class, size, modes and labels say.
fn suits(volume: Volume, claim: &PersistentVolumeClaimSpec) -> bool {
    let Some(spec) = &volume.volume.spec else { return false };
    let has = amounts(spec.capacity.as_ref()).get("storage").copied().unwrap_or_default();
    let asked = amounts(claim.resources.as_ref().and_then(|resources| resources.requests.as_ref()));
    let modes = claim.access_modes.iter().flatten();
    let labels = claim.selector.as_ref().and_then(|selector| selector.match_labels.as_ref());
    let carried = volume.volume.metadata.labels.as_ref();
    let volume_mode = |mode: &Option<String>| mode.as_deref().unwrap_or("Filesystem") == "Filesystem";
    has >= asked.get("storage").copied().unwrap_or_default()
        && volume_mode(&spec.volume_mode) == volume_mode(&claim.volume_mode)
        && modes.into_iter().all(|mode| spec.access_modes.iter().flatten().any(|own| own == mode))
        && labels.into_iter().flatten().all(|(key, value)| carried.and_then(|labels| labels.get(key)) == Some(value))
}
