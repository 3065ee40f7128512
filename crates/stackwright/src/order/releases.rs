use super::{Cycle, needs};
use crate::{Cluster, Release};

/// The releases of a cluster in the order in which they can be installed: what one needs comes before it, then what the cluster's objects
/// need, then the rest. And the first cycle, if there is one.
pub(super) fn sorted(cluster: &Cluster) -> (Vec<&Release>, Option<Cycle<'_>>) {
    let mut releases: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.releases).collect();
    releases.sort_by_key(|release| (&release.namespace, &release.name));
    if releases.len() < 2 {
        return (releases, None);
    }
    releases.sort_by_key(|release| !needs::is_needed(release, cluster));
    let mut visit = Visit { cluster, releases: &releases, path: Vec::new(), done: Vec::new(), cycle: None };
    for release in 0..releases.len() {
        visit.release(release);
    }
    (visit.done.iter().map(|number| releases[*number]).collect(), visit.cycle)
}

/// A walk from releases to what they need, depth first.
struct Visit<'a, 'c> {
    cluster: &'c Cluster,
    releases: &'a [&'c Release],
    /// The releases on the way to this one, each with why it needs the next.
    path: Vec<(usize, String)>,
    done: Vec<usize>,
    cycle: Option<Cycle<'c>>,
}

impl Visit<'_, '_> {
    fn release(&mut self, number: usize) {
        if self.done.contains(&number) {
            return;
        }
        if let Some(from) = self.path.iter().position(|(known, _)| *known == number) {
            let cycle = || Cycle(self.path[from..].iter().map(|(on, why)| (self.releases[*on], why.clone())).collect());
            self.cycle.get_or_insert_with(cycle);
            return;
        }
        for on in (0..self.releases.len()).filter(|on| *on != number) {
            if let Some(why) = needs::why(self.releases[number], self.releases[on], self.cluster) {
                self.path.push((number, why));
                self.release(on);
                self.path.pop();
            }
        }
        self.done.push(number);
    }
}
