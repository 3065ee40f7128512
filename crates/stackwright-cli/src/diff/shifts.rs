//! What a change means for the whole cluster, without the objects.

use stackwright::check::{Index, Item};
use stackwright::{Direction, Matter, shifts};

/// Something that is otherwise for the whole cluster.
#[derive(Clone)]
pub struct ToldShift {
    pub matter: Matter,
    pub direction: Direction,
    /// Which way it goes, such as `wider`.
    pub word: &'static str,
    pub fact: String,
    pub objects: Vec<Named>,
    /// The file and line of the code that makes the first of the objects.
    pub made_at: Option<(&'static str, u32)>,
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

/// What is otherwise in an index than before; `is_ours` says that the program's code made its objects.
pub fn told<'a>(index: &Index<'a>, before: &Index<'a>, is_ours: bool) -> Vec<ToldShift> {
    // The shift may name the previous object, which was read from a file.
    let made_at = |item: &Item<'_>| {
        let ours = index.find(item.id()).filter(|_| is_ours)?;
        let made_at = ours.object.made_at();
        Some((made_at.file(), made_at.line()))
    };
    let shifts = shifts(index, before).into_iter().map(|shift| ToldShift {
        matter: shift.matter,
        direction: shift.direction,
        word: shift.word(),
        made_at: shift.objects.first().and_then(made_at),
        objects: shift.objects.iter().map(Named::of).collect(),
        fact: shift.fact,
    });
    shifts.collect()
}

/// The shifts of one matter that go one way, in their order.
pub fn alike(shifts: &[ToldShift]) -> impl Iterator<Item = &[ToldShift]> {
    shifts.chunk_by(|one, other| (one.matter, one.direction) == (other.matter, other.direction))
}
