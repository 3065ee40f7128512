//! The table of stackwright-crds, of what `stackwright types` wrote there.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const HEAD: &str = "\
# The fields of stackwright-crds' types, of its source; tests/types.rs writes and holds it. It is read as types.txt.
# After = the feature of the types below. An enum's variants: Rust's name, = and the text.
";

/// The table of all modules in a folder of sources.
pub fn table(source: &Path) -> String {
    let entries = fs::read_dir(source).expect("a folder of sources");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| !path.ends_with("lib.rs"));
    paths.sort();
    let mut table = HEAD.to_owned();
    for path in paths {
        let module = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        _ = writeln!(table, "= {}", module.replace('_', "-"));
        let text = fs::read_to_string(&path).expect("a source is text");
        // rustfmt breaks what is long.
        let text = text.replace(":\n                ", ": ");
        let mut reader = Reader::default();
        text.lines().for_each(|line| reader.line(line));
        for item in reader.items {
            let object = reader.objects.get(&item.path).map(|object| format!(" {}", object.join(" ")));
            _ = writeln!(table, "{}{}", item.path, object.unwrap_or_default());
            item.lines.iter().for_each(|line| _ = writeln!(table, " {line}"));
        }
    }
    table
}

/// A struct or an enum.
struct Item {
    path: String,
    lines: Vec<String>,
}

#[derive(Default)]
struct Reader {
    group: String,
    module: String,
    /// The paths of what a module imports.
    imports: HashMap<String, String>,
    items: Vec<Item>,
    /// The apiVersion, kind and scope of each object.
    objects: HashMap<String, Vec<String>>,
    /// The type of the `impl` that is open.
    of: String,
    is_open: bool,
    rename: Option<String>,
    is_flat: bool,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let depth = line.len() - line.trim_start().len();
        let code = line.trim().trim_end_matches([',', ';', '{']).trim_end();
        let quoted = |text: &str| text.split('"').nth(1).unwrap_or_default().to_owned();
        if let Some(name) = code.strip_prefix("pub mod ") {
            if depth == 0 {
                name.clone_into(&mut self.group);
            } else {
                self.module = format!("stackwright_crds::{}::{name}", self.group);
                self.imports.clear();
            }
        } else if let (8, Some(path)) = (depth, code.strip_prefix("use ")) {
            let name = path.rsplit("::").next().expect("a path has a name");
            self.imports.insert(name.to_owned(), path.trim_start_matches("k8s_openapi::").to_owned());
        } else if let Some(name) = code.strip_prefix("pub struct ").or_else(|| code.strip_prefix("pub enum ")) {
            self.items.push(Item { path: format!("{}::{name}", self.module), lines: Vec::new() });
            self.is_open = true;
        } else if let Some(name) = code.strip_prefix("impl k8s_openapi::Resource for ") {
            self.of = format!("{}::{name}", self.module);
        } else if code.starts_with("const API_VERSION") || code.starts_with("const KIND") {
            self.objects.entry(self.of.clone()).or_default().push(quoted(code));
        } else if let Some(scope) = code.strip_prefix("type Scope = k8s_openapi::") {
            let scope = if scope.starts_with("Cluster") { "cluster" } else { "namespace" };
            self.objects.entry(self.of.clone()).or_default().push(scope.to_owned());
        } else if depth == 8 {
            self.is_open = false;
        } else if self.is_open {
            self.member(code);
        }
    }

    /// A line in a struct or an enum.
    fn member(&mut self, code: &str) {
        let item = self.items.last_mut().expect("one is open");
        if code.starts_with("///") || code.starts_with("#[default]") {
        } else if code.starts_with("#[") {
            self.rename = code.split_once("rename = \"").and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned()));
            self.is_flat = code.contains("flatten");
        } else if let Some((name, kind)) = code.strip_prefix("pub ").and_then(|field| field.split_once(": ")) {
            let json = self.rename.take().unwrap_or_else(|| camel(name));
            assert!(
                !std::mem::take(&mut self.is_flat),
                "{json}: the table has no word for what is kept beside the fields"
            );
            let short = super::short(kind);
            let name_of_kind = short.trim_start_matches(['?', '[', '{']);
            let path = match (name_of_kind, self.imports.get(name_of_kind)) {
                ("String" | "bool" | "i32" | "i64" | "serde_json::Value", _) => name_of_kind.to_owned(),
                (_, Some(path)) => path.clone(),
                _ => format!("{}::{name_of_kind}", self.module),
            };
            item.lines.push(format!("{name} {json} {}{path}", &short[..short.len() - name_of_kind.len()]));
        } else {
            let text = self.rename.take().unwrap_or_else(|| code.to_owned());
            item.lines.push(format!("{code} = {text}"));
        }
    }
}

/// What serde makes of a field's name.
fn camel(name: &str) -> String {
    let mut words = name.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |all, word| all + &word[..1].to_ascii_uppercase() + &word[1..])
}
