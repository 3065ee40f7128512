//! What a host's file no longer declares, and what goes with it.

use std::collections::BTreeSet;

use camino::Utf8Path;
use stackwright::Consequence;

/// How a host's file declares something that others lean on: a line of `lost.txt`.
struct Declaration {
    /// The end of the file's path.
    file: &'static str,
    /// What the line holds in whose block it stands, if it stands in one.
    block: &'static str,
    /// What its line holds.
    line: &'static str,
    /// What follows the part of the line that names it.
    until: &'static str,
    consequence: Consequence,
    then: &'static str,
}

fn declarations() -> impl Iterator<Item = Declaration> {
    let lines = include_str!("lost.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|text| {
        let mut fields = text.split('|');
        let [file, block, line, until, consequence, then] = std::array::from_fn(|_| fields.next().unwrap_or_default());
        let consequence = Consequence::ALL.into_iter().find(|known| known.to_string() == consequence)?;
        Some(Declaration { file, block, line, until, consequence, then })
    })
}

/// What a file declared before and declares no more, with what that leads to: the worst of it.
pub fn lost(path: &Utf8Path, old: &str, new: &str) -> Option<(Consequence, String, &'static str)> {
    let lost =
        declarations().filter(|declaration| path.as_str().ends_with(declaration.file)).filter_map(|declaration| {
            let (old, new) = (declaration.all(old), declaration.all(new));
            let gone: Vec<_> = old.difference(&new).map(|(block, line)| format!("`{line}`{block}")).collect();
            (!gone.is_empty())
                .then(|| (declaration.consequence, format!("{} is gone", gone.join(", ")), declaration.then))
        });
    lost.min_by_key(|(consequence, ..)| *consequence)
}

impl Declaration {
    /// What a text declares, each with the block that it is in.
    fn all<'t>(&self, text: &'t str) -> BTreeSet<(String, &'t str)> {
        let mut block = String::new();
        let mut found = BTreeSet::new();
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if !self.block.is_empty() && line.contains(self.block) {
                block = format!(" in `{line}`");
            } else if line.contains(self.line) {
                found.insert((block.clone(), line.split(self.until).next().unwrap_or(line)));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MACHINES: &str = "config.vm.define \"one\" do |node|
  # a disk, of which node.vm.disk says more
  node.vm.disk :disk, name: \"data\", size: \"20GB\"
end
config.vm.define \"two\" do |node|
end
";

    #[test]
    fn every_line_is_read() {
        let lines = include_str!("lost.txt").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(declarations().filter(|declaration| !declaration.then.is_empty()).count(), lines.count());
    }

    #[test]
    fn a_disk_goes_with_its_line() {
        let path = Utf8Path::new("machines/Vagrantfile");
        assert_eq!(lost(path, MACHINES, &MACHINES.replace("20GB", "40GB")), None);
        let moved = MACHINES.replacen("\"one\"", "\"three\"", 1);
        for without in [MACHINES.replace(":disk, name", ":dvd, name"), moved] {
            let (consequence, fact, _) = lost(path, MACHINES, &without).expect("a disk goes");
            assert_eq!(consequence, Consequence::DataLoss);
            assert_eq!(fact, "`node.vm.disk :disk, name: \"data\"` in `config.vm.define \"one\" do |node|` is gone");
        }
        assert_eq!(lost("machines/up.sh".into(), MACHINES, ""), None);
    }

    #[test]
    fn an_export_that_moves_is_gone() {
        let old = "/srv/nfs 192.168.56.0/24(rw,no_root_squash)\n";
        let path = Utf8Path::new("machines/exports");
        assert_eq!(lost(path, old, &old.replace("rw", "ro")), None);
        let (consequence, fact, _) = lost(path, old, &old.replace("/srv/nfs", "/data/nfs")).expect("it moves");
        assert_eq!((consequence, fact.as_str()), (Consequence::Outage, "`/srv/nfs` is gone"));
    }
}
