//! `src/code/types.txt` holds the fields of k8s-openapi's structs as that crate's source has them, and `crds.txt` those of stackwright-crds.
//!
//! `REFRESH=1 cargo test -p stackwright-cli --test types` writes them anew, for another version of either.

#[path = "types/crds.rs"]
mod crds;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const TABLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/code");

#[test]
fn the_table_of_types_is_that_of_k8s_openapi() {
    let (version, source) = package("k8s-openapi");
    let release = format!("v1_{}", stackwright::kubernetes::KNOWN.end());
    let mut structs = BTreeMap::new();
    read(&source.join(&release), &release, &mut structs);
    hold("types.txt", &table(&version, &release, &structs));
}

#[test]
fn the_table_of_crds_is_that_of_stackwright_crds() {
    let (_, source) = package("stackwright-crds");
    hold("crds.txt", &crds::table(&source));
}

/// Asserts that a table is this one, or makes it so.
fn hold(name: &str, table: &str) {
    let path = Path::new(TABLES).join(name);
    if env::var_os("REFRESH").is_some() {
        fs::write(&path, table).expect("the table can be written");
    }
    let written = fs::read_to_string(&path).expect("the table is there");
    assert!(written == table, "{name} is not what the sources say: see the head of this test");
}

/// The version of a package, and the folder of its source.
fn package(name: &str) -> (String, PathBuf) {
    let mut cargo = Command::new(env!("CARGO"));
    // Of packages for other systems, building has fetched none.
    cargo.args(["metadata", "--format-version", "1", "--offline", "--filter-platform", "host-tuple"]);
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    let metadata = cargo.output().expect("cargo is there").stdout;
    let metadata: serde_json::Value = serde_json::from_slice(&metadata).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let package = packages.iter().find(|package| package["name"] == name).expect("it is among them");
    let text = |field: &str| package[field].as_str().expect("it is text").to_owned();
    (text("version"), Path::new(&text("manifest_path")).with_file_name("src"))
}

/// A struct: its fields with their names in JSON and their types, and what kind of object it is.
#[derive(Default)]
struct Struct {
    fields: Vec<[String; 3]>,
    object: Option<[String; 3]>,
}

fn read(folder: &Path, module: &str, structs: &mut BTreeMap<String, Struct>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            read(&path, &format!("{module}::{stem}"), structs);
        } else if stem != "mod" {
            let text = fs::read_to_string(&path).expect("a source is text");
            structs.extend(parsed(&text, module));
        }
    }
}

fn parsed(text: &str, module: &str) -> Option<(String, Struct)> {
    let start = text.lines().find_map(|line| line.strip_prefix("pub struct ")?.strip_suffix(" {"))?;
    let mut found = Struct::default();
    let body = text.split_once("pub struct ")?.1.split_once("\n}")?.0;
    for line in body.lines() {
        let Some((name, kind)) = line.strip_prefix("    pub ").and_then(|field| field.split_once(": ")) else {
            continue;
        };
        let key = format!("\" => Field::Key_{},", name.trim_start_matches("r#"));
        let line = text.lines().find_map(|line| line.strip_suffix(key.as_str()));
        let json = line.map_or(name, |line| line.trim().trim_start_matches('"'));
        found.fields.push([name.to_owned(), json.to_owned(), short(kind.trim_end_matches(','))]);
    }
    let constant = |name: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(&format!("const {name}: &'static str = \"")));
        line.map(|line| line.trim_end_matches("\";").to_owned())
    };
    if let (Some(version), Some(kind)) = (constant("API_VERSION"), constant("KIND")) {
        let is_cluster_wide = text.contains("type Scope = crate::ClusterResourceScope");
        let scope = if is_cluster_wide { "cluster" } else { "namespace" };
        found.object = Some([version, kind, scope.to_owned()]);
    }
    Some((format!("{}::{start}", module.split_once("::")?.1), found))
}

/// A type in the table's own words: `?` an option, `[` a list, `{` a map from texts.
fn short(kind: &str) -> String {
    let inside = |open: &str| kind.strip_prefix(open).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("?{}", short(inner));
    }
    if let Some(inner) = inside("std::vec::Vec<").or_else(|| inside("Vec<")) {
        return format!("[{}", short(inner));
    }
    let map = inside("std::collections::BTreeMap<std::string::String, ").or_else(|| inside("BTreeMap<String, "));
    if let Some(inner) = map {
        return format!("{{{}", short(inner));
    }
    match kind {
        "std::string::String" => "String".to_owned(),
        "crate::ByteString" => "ByteString".to_owned(),
        other => other.trim_start_matches("crate::").to_owned(),
    }
}

/// The table of what objects are made of. CustomResourceDefinitions are not: nobody writes those as code.
fn table(version: &str, release: &str, structs: &BTreeMap<String, Struct>) -> String {
    let is_written =
        |found: &&Struct| found.object.as_ref().is_some_and(|[.., kind, _]| kind != "CustomResourceDefinition");
    let objects = structs
        .iter()
        .filter(|(_, found)| is_written(found) && found.fields.iter().any(|[name, ..]| name == "metadata"));
    let mut open: Vec<&str> = objects.map(|(name, _)| name.as_str()).collect();
    let mut used = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some((name, found)) = structs.get_key_value(name)
            && used.insert(name.as_str())
        {
            open.extend(found.fields.iter().map(|[.., kind]| kind.trim_start_matches(['?', '[', '{'])));
        }
    }
    let mut table = format!(
        "# The fields of k8s-openapi {version}'s structs for {release}, of its source; tests/types.rs writes and holds it.\n\
         # A struct, then its apiVersion, kind and scope if it is an object. Its fields: Rust's name, JSON's, the type:\n\
         # ? an option, [ a list, {{ a map from texts.\n"
    );
    for name in used {
        let found = &structs[name];
        let object = found.object.as_ref().map(|object| format!(" {}", object.join(" "))).unwrap_or_default();
        _ = writeln!(table, "{name}{object}");
        for field in &found.fields {
            _ = writeln!(table, " {}", field.join(" "));
        }
    }
    table
}
