//! What a change means for the whole cluster, without the objects.

use stackwright::check::{Index, Item};
use stackwright::{Direction, Matter, shifts};

use super::compared::Place;

/// Something that is otherwise for the whole cluster.
#[derive(Clone)]
pub struct ToldShift {
    pub matter: Matter,
    pub direction: Direction,
    /// Which way it goes, such as `wider`.
    pub word: &'static str,
    pub fact: String,
    pub objects: Vec<Named>,
    /// Where the first of the objects comes from.
    pub place: Option<Place>,
}

/// An object, by what makes it this one.
#[derive(Clone)]
pub struct Named {
    pub api_version: String,
    pub kind: String,
    pub namespace: String,
    pub name: String,
}

impl Named {
    fn of(item: &Item<'_>) -> Self {
        Self {
            api_version: item.object.api_version().to_owned(),
            kind: item.object.kind().to_owned(),
            namespace: item.namespace.to_owned(),
            name: item.object.name().to_owned(),
        }
    }
}

/// What is otherwise in an index than before, each with the place of its first object.
pub fn told<'a>(index: &Index<'a>, before: &Index<'a>, place: impl Fn(&Item<'a>) -> Option<Place>) -> Vec<ToldShift> {
    // A shift may name the previous object, which comes from somewhere else.
    let place = |item: &Item<'a>| place(&index.find(item.id())?);
    let shifts = shifts(index, before).into_iter().map(|shift| ToldShift {
        matter: shift.matter,
        direction: shift.direction,
        word: shift.word(),
        place: shift.objects.first().and_then(place),
        objects: shift.objects.iter().map(Named::of).collect(),
        fact: shift.fact,
    });
    shifts.collect()
}

/// The shifts of one matter that go one way, in their order.
pub fn alike(shifts: &[ToldShift]) -> impl Iterator<Item = &[ToldShift]> {
    shifts.chunk_by(|one, other| (one.matter, one.direction) == (other.matter, other.direction))
}
