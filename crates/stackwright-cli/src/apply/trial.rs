//! Server-side apply of many objects in few runs of kubectl, with what is refused of each.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use stackwright::Error;
use stackwright::check::PART_OF;

use super::MANAGER;
use super::id::Id;
use super::kubectl::{self, Kubectl};
use super::refusal::Refusal;
use super::wanted::Wanted;

/// kubectl asks so often before it holds back.
const MOST: usize = 250;
/// How many runs there are at once.
const RUNS: usize = 4;
/// Where so many objects are refused, it is known what is wrong.
const ENOUGH: usize = 20;

/// How objects are applied.
pub struct Trial<'k> {
    pub kubectl: &'k Kubectl,
    /// The id of the inventory, which becomes their label.
    pub set: &'k str,
    /// Whether they are not: the server only says what would become of them.
    pub is_dry: bool,
    pub force: bool,
}

/// What became of objects.
#[derive(Default)]
pub struct Tried {
    /// As the server has them then.
    pub objects: BTreeMap<Id, Value>,
    pub refused: Vec<Refusal>,
}

impl Trial<'_> {
    /// Applies objects in any order.
    pub fn all(&self, wanted: &[&Wanted<'_>]) -> Result<Tried, Error> {
        let mut all = Tried::default();
        for tried in in_chunks(wanted, |chunk| {
            let mut tried = Tried::default();
            self.chunk(chunk, &mut tried).map(|()| tried)
        })? {
            all.objects.extend(tried.objects);
            all.refused.extend(tried.refused);
        }
        Ok(all)
    }

    /// kubectl doesn't say which object it is that is refused: one half after the other is tried.
    fn chunk(&self, wanted: &[&Wanted<'_>], tried: &mut Tried) -> Result<(), Error> {
        if tried.refused.len() >= ENOUGH || wanted.is_empty() {
            return Ok(());
        }
        let mut arguments = vec!["apply", "--server-side", "--field-manager", MANAGER, "--output=json"];
        arguments.push("--show-managed-fields");
        arguments.extend(self.is_dry.then_some("--dry-run=server"));
        arguments.extend(self.force.then_some("--force-conflicts"));
        arguments.extend(["-f", "-"]);
        let values: Vec<_> = wanted.iter().map(|one| self.labelled(&one.value)).collect();
        let said = self.kubectl.run(&arguments, &stream(&values), limit(wanted.len()))?;
        if said.success == Some(true) {
            tried.objects.extend(kubectl::items(&said.out)?.into_iter().map(|object| (Id::of(&object), object)));
            return Ok(());
        }
        if let [one] = wanted {
            tried.refused.push(Refusal::of(&one.id, &said.err)?);
            return Ok(());
        }
        let (first, second) = wanted.split_at(wanted.len() / 2);
        self.chunk(first, tried)?;
        self.chunk(second, tried)
    }

    fn labelled(&self, object: &Value) -> Value {
        let mut object = object.clone();
        object["metadata"]["labels"][PART_OF] = self.set.into();
        object
    }
}

/// A webhook that hangs would hold every object up: what takes so long is tried by halves. One alone is waited for.
fn limit(count: usize) -> Option<Duration> {
    (count > 1).then(|| Duration::from_secs(20) + Duration::from_millis(400) * u32::try_from(count).unwrap_or(u32::MAX))
}

/// What a function makes of chunks of things, a few of which it is given at once.
pub fn in_chunks<T: Sync, R: Send>(
    things: &[T],
    of: impl Fn(&[T]) -> Result<R, Error> + Sync,
) -> Result<Vec<R>, Error> {
    let size = things.len().div_ceil(RUNS).clamp(1, MOST).max(things.len().min(25));
    let chunks: Vec<_> = things.chunks(size).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        while let Some(chunk) = chunks.get(next.fetch_add(1, Ordering::Relaxed)) {
            made.push(of(chunk));
        }
        made
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..RUNS.min(chunks.len())).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// Objects as kubectl reads several: one after the other.
pub fn stream<'v>(objects: impl IntoIterator<Item = &'v Value>) -> String {
    objects.into_iter().fold(String::new(), |text, object| text + &object.to_string() + "\n")
}
