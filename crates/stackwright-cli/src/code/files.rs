//! Long texts, each in a file of its own beside the code.

use std::collections::{BTreeMap, HashMap};

use camino::Utf8PathBuf;
use stackwright::File;

/// The files beside a module.
#[derive(Debug)]
pub struct Files {
    /// The folder, relative to the module's source.
    folder: String,
    texts: BTreeMap<String, String>,
    /// What became of each name that was asked for.
    asked: HashMap<String, Asked>,
}

/// The files of one name.
#[derive(Debug, Default)]
struct Asked {
    /// The name of each text.
    names: HashMap<String, String>,
    /// How many are numbered.
    numbered: usize,
}

impl Files {
    pub fn new(folder: &str) -> Self {
        Self { folder: folder.to_owned(), texts: BTreeMap::new(), asked: HashMap::new() }
    }

    /// Whether a text is better read in a file: it has more lines than a reader of code wants to see.
    pub fn is_long(text: &str) -> bool {
        text.lines().nth(3).is_some() || text.len() > 300 && text.contains('\n')
    }

    /// The path of a file with this text, from the module's source: of this name, or one like it where that has another text.
    pub fn path(&mut self, name: &str, text: &str) -> String {
        let name: String =
            name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' }).collect();
        let name = name.trim_start_matches(['.', '-']);
        let name = if name.is_empty() { "text" } else { name };
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
        let extension = if extension == "rs" { "rs.txt" } else { extension };
        let first = format!("{stem}.{extension}");
        let asked = self.asked.entry(first.clone()).or_default();
        let name = asked.names.get(text).cloned().unwrap_or_else(|| {
            let is_free = |name: &String| self.texts.get(name).is_none_or(|other| other == text);
            let mut name = first;
            while !is_free(&name) {
                asked.numbered += 1;
                name = format!("{stem}-{}.{extension}", asked.numbered + 1);
            }
            asked.names.insert(text.to_owned(), name.clone());
            name
        });
        let path = format!("{}/{name}", self.folder);
        self.texts.insert(name, text.to_owned());
        path
    }

    /// The files, as they are to be written.
    pub fn written(self) -> Vec<File> {
        let folder = Utf8PathBuf::from(self.folder);
        self.texts.into_iter().map(|(name, text)| File::new(folder.join(name), text)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_texts_have_two_files() {
        let mut files = Files::new("shop");
        assert_eq!(files.path("nginx.conf", "a"), "shop/nginx.conf");
        assert_eq!(files.path("nginx.conf", "a"), "shop/nginx.conf");
        assert_eq!(files.path("nginx.conf", "b"), "shop/nginx-2.conf");
        assert_eq!(files.path("../../etc/passwd", "c"), "shop/etc-passwd.txt");
        assert_eq!(files.path("main.rs", "d"), "shop/main.rs.txt");
        assert_eq!(files.written().len(), 4);
    }
}
