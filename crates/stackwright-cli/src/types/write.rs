//! Types as Rust code.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use stackwright::Error;

use super::definition::{Definition, Version};
use super::schema::{Body, Fields, IMPORTS, Item, Types, Variant, description};
use super::{doc, names};
use crate::flags::Docs;
use crate::rust;

/// The code of an API group.
pub struct Group {
    name: String,
    /// The name and code of each version.
    versions: Vec<(String, String)>,
}

/// Who begins a file, and which lints are not for it: what it says, and how, its CRDs decide.
const HEAD: &str = "\
//! Types of custom resources, written by `stackwright types` from the CRDs that define them. Run it again, and edit nothing here.

#![allow(dead_code, missing_docs, non_camel_case_types, rustdoc::all)]
#![allow(clippy::all, clippy::pedantic, clippy::nursery)]
";

impl Group {
    pub fn new(name: &str, versions: BTreeMap<&str, Vec<(&Definition, &Version)>>, docs: Docs) -> Result<Self, Error> {
        let versions =
            versions.into_iter().map(|(version, kinds)| Ok::<_, Error>((version.to_owned(), module(&kinds, docs)?)));
        Ok(Self { name: name.to_owned(), versions: versions.collect::<Result<_, Error>>()? })
    }
}

/// The file of all groups: a module each, and in it a module for each version.
pub fn file(groups: Vec<Group>) -> String {
    let mut file = HEAD.to_owned();
    let mut taken = HashSet::new();
    for group in groups {
        let name = names::distinct(&names::snake(&group.name), &mut taken);
        _ = writeln!(file, "\n/// The group `{}`.\npub mod {name} {{", group.name);
        let mut taken = HashSet::new();
        for (at, (version, code)) in group.versions.iter().enumerate() {
            let name = names::distinct(&names::snake(version), &mut taken);
            let before = if at == 0 { "" } else { "\n" };
            _ = writeln!(file, "{before}    /// Version `{version}` of `{}`.\n    pub mod {name} {{", group.name);
            for line in code.lines() {
                file.push_str(if line.is_empty() { "" } else { "        " });
                file.push_str(line);
                file.push('\n');
            }
            file.push_str("    }\n");
        }
        file.push_str("}\n");
    }
    file
}

/// The module of one version: each kind, and then what is in it.
fn module(kinds: &[(&Definition, &Version)], docs: Docs) -> Result<String, Error> {
    let mut types = Types::new();
    let mut named = Vec::new();
    for (definition, version) in kinds {
        named.push((types.kind(&definition.kind), *definition, *version));
    }
    let mut code = String::new();
    for (name, definition, version) in named {
        let fields = types.object(&definition.file, &name, version.schema.as_ref())?;
        kind(&mut code, &name, definition, version, &fields, docs);
        types.items.drain(..).for_each(|item| self::item(&mut code, &item, docs));
    }
    types.imports.extend(["Deserialize", "ObjectMeta"]);
    let mut paths: Vec<_> =
        IMPORTS.iter().filter(|(name, _)| types.imports.contains(name)).map(|(_, path)| *path).collect();
    paths.sort_unstable();
    Ok(format!("use {};\n{code}", paths.join(";\nuse ")))
}

/// A kind's struct, and what makes it an object.
fn kind(code: &mut String, name: &str, definition: &Definition, version: &Version, fields: &Fields, docs: Docs) {
    let Definition { group, kind, plural, .. } = definition;
    let version_name = &version.name;
    let head = format!("`{kind}` of `{group}/{version_name}`.");
    let description = version.schema.as_ref().map(description).unwrap_or_default();
    let text = if docs == Docs::Full && !description.is_empty() { format!("{head}\n\n{description}") } else { head };
    code.push('\n');
    comment(code, "", &text);
    code.push_str("#[derive(Clone, Debug, Default, PartialEq, Deserialize)]\n#[serde(rename_all = \"camelCase\")]\n");
    _ = writeln!(code, "pub struct {name} {{");
    code.push_str(
        "    /// Its name, namespace, labels and annotations.\n    #[serde(default)]\n    pub metadata: ObjectMeta,\n",
    );
    self::fields(code, fields, docs);
    code.push_str("}\n");

    let scope = if definition.is_cluster_wide { "Cluster" } else { "Namespace" };
    let literals = [
        ("API_VERSION", format!("{group}/{version_name}")),
        ("GROUP", group.clone()),
        ("KIND", kind.clone()),
        ("VERSION", version_name.clone()),
        ("URL_PATH_SEGMENT", plural.clone()),
    ];
    _ = writeln!(code, "\nimpl k8s_openapi::Resource for {name} {{");
    for (constant, value) in literals {
        _ = writeln!(code, "    const {constant}: &'static str = {value:?};");
    }
    _ = writeln!(code, "    type Scope = k8s_openapi::{scope}ResourceScope;\n}}");
    _ = write!(
        code,
        "
impl k8s_openapi::Metadata for {name} {{
    type Ty = ObjectMeta;

    fn metadata(&self) -> &ObjectMeta {{
        &self.metadata
    }}

    fn metadata_mut(&mut self) -> &mut ObjectMeta {{
        &mut self.metadata
    }}
}}

impl serde::Serialize for {name} {{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
        use k8s_openapi::Resource as _;
        use serde::ser::SerializeMap as _;

        let mut fields = serializer.serialize_map(None)?;
        fields.serialize_entry(\"apiVersion\", Self::API_VERSION)?;
        fields.serialize_entry(\"kind\", Self::KIND)?;
        fields.serialize_entry(\"metadata\", &self.metadata)?;
"
    );
    for field in &fields.fields {
        let (key, name) = (&field.key, &field.name);
        if field.is_optional {
            _ = writeln!(code, "        if let Some(value) = &self.{name} {{");
            _ = writeln!(code, "            fields.serialize_entry({key:?}, value)?;\n        }}");
        } else {
            _ = writeln!(code, "        fields.serialize_entry({key:?}, &self.{name})?;");
        }
    }
    if let Some((rest, _)) = &fields.rest {
        _ = writeln!(code, "        for (key, value) in &self.{rest} {{");
        code.push_str("            if ![\"apiVersion\", \"kind\", \"status\"].contains(&key.as_str()) {\n");
        code.push_str("                fields.serialize_entry(key, value)?;\n            }\n        }\n");
    }
    code.push_str("        fields.end()\n    }\n}\n");
}

fn item(code: &mut String, Item { name, description, body }: &Item, docs: Docs) {
    code.push('\n');
    if docs == Docs::Full {
        comment(code, "", description);
    }
    match body {
        Body::Struct(fields) => {
            code.push_str("#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]\n");
            code.push_str("#[serde(rename_all = \"camelCase\")]\n");
            _ = writeln!(code, "pub struct {name} {{");
            self::fields(code, fields, docs);
        }
        Body::Enum(variants) => {
            code.push_str("#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]\n");
            _ = writeln!(code, "pub enum {name} {{");
            for Variant { value, name, is_default } in variants {
                if *is_default {
                    code.push_str("    #[default]\n");
                }
                if value != name {
                    _ = writeln!(code, "    #[serde(rename = {value:?})]");
                }
                _ = writeln!(code, "    {name},");
            }
        }
    }
    code.push_str("}\n");
}

fn fields(code: &mut String, fields: &Fields, docs: Docs) {
    for field in &fields.fields {
        if docs == Docs::Full {
            comment(code, "    ", &field.description);
        }
        let mut attributes = Vec::new();
        if rust::camel(&field.name) != field.key {
            attributes.push(format!("rename = {:?}", field.key));
        }
        if field.is_optional {
            attributes.push("skip_serializing_if = \"Option::is_none\"".to_owned());
        }
        if !attributes.is_empty() {
            _ = writeln!(code, "    #[serde({})]", attributes.join(", "));
        }
        _ = writeln!(code, "    pub {}: {},", field.name, field.type_);
    }
    if let Some((name, type_)) = &fields.rest {
        code.push_str("    /// What else is in it: its schema names no more.\n    #[serde(flatten)]\n");
        _ = writeln!(code, "    pub {name}: {type_},");
    }
}

fn comment(code: &mut String, indent: &str, text: &str) {
    for line in doc::lines(text) {
        let line = format!("{indent}/// {line}");
        code.push_str(line.trim_end());
        code.push('\n');
    }
}
