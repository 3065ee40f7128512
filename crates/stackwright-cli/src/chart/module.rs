//! A chart as a Rust module: its coordinates, its values as structs, and its release.

use std::collections::HashSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::chart::Chart;
use super::fields::{Field, Fields, Type};
use super::name::{Names, field_name};
use crate::rust;

/// Where a chart is from, and which one it is.
pub struct Origin {
    /// The URL that Helm installs it from; empty where nobody said.
    pub repository: String,
    /// The name that it has there.
    pub name: String,
    /// `sha256:` and the digest of its archive, or of its files.
    pub digest: String,
}

/// The source of the module. It is made of the chart alone: the same chart gives the same text.
pub fn module(chart: &Chart, origin: &Origin, values: &Fields) -> String {
    let mut names = Names::default();
    let root = names.new_name("Values");
    let mut structs = Structs { names, out: String::new() };
    structs.of_fields(&root, &[format!("All values of the chart {}.", chart.name)], values);
    let groups = chart.groups();
    let body = structs.out;

    let mut out = format!("//! Values of the chart {} {}", chart.name, chart.version);
    let about = prose(std::slice::from_ref(&chart.about));
    _ = match about.first() {
        Some(about) if !about.is_empty() => writeln!(out, ": {about}"),
        _ => writeln!(out, "."),
    };
    out.push_str(HEAD);
    out.push_str("use serde::Serialize;\n");
    let uses = [("Map", "Map<String, Value>"), ("Value", "<Value>"), ("Value", ", Value>")];
    let mut uses: Vec<_> = uses.into_iter().filter(|(_, used)| body.contains(used)).map(|(name, _)| name).collect();
    uses.dedup();
    match uses.as_slice() {
        [] => {}
        [one] => _ = writeln!(out, "use serde_json::{one};"),
        both => _ = writeln!(out, "use serde_json::{{{}}};", both.join(", ")),
    }
    _ = write!(
        out,
        "use stackwright::{{Chart, Release}};

/// The chart, its pinned version, and the digest of what was read of it.
pub const CHART: Chart = Chart {{
    repository: {:?},
    name: {:?},
    version: {:?},
    digest: Some({:?}),
}};

",
        origin.repository, origin.name, chart.version, origin.digest
    );
    if groups.is_empty() {
        out.push_str(
            "/// A release of the chart with these values.
pub fn release(name: &str, namespace: &str, values: &Values) -> Release {
    Release::new(name, namespace, CHART, values)
}
",
        );
    } else {
        let listed: Vec<_> = groups.iter().map(|group| format!("{group:?}")).collect();
        _ = write!(
            out,
            "/// The API groups of the kinds that it defines.
pub const BRINGS: [&str; {}] = [{}];

/// A release of the chart with these values.
pub fn release(name: &str, namespace: &str, values: &Values) -> Release {{
    Release {{ brings: BRINGS.map(str::to_owned).into(), ..Release::new(name, namespace, CHART, values) }}
}}
",
            groups.len(),
            listed.join(", ")
        );
    }
    out + &body
}

const HEAD: &str = "//!
//! `stackwright chart` wrote it from the chart's schema, defaults and templates, and writes it anew for another version.
//! Only what is `Some` is written; what the chart doesn't say the type of is open JSON. Its pods are not known here.

#![allow(clippy::all, clippy::pedantic, rustdoc::all)]

";

struct Structs {
    names: Names,
    out: String,
}

impl Structs {
    /// Writes a struct, and behind it those of its fields.
    fn of_fields(&mut self, name: &str, about: &[String], fields: &Fields) {
        let mut below = Vec::new();
        let mut members = String::new();
        let mut taken: HashSet<String> = HashSet::new();
        if fields.is_open {
            taken.insert("more".to_owned());
        }
        for field in &fields.known {
            let member = field_name(&field.key, &mut taken);
            documented(&mut members, "    ", &sentences(field));
            if rust::camel(&member) == field.key {
                members.push_str("    #[serde(skip_serializing_if = \"Option::is_none\")]\n");
            } else {
                _ = writeln!(
                    members,
                    "    #[serde(rename = {:?}, skip_serializing_if = \"Option::is_none\")]",
                    field.key
                );
            }
            let of = self.type_of(name, &field.key, &field.of, &mut below);
            _ = writeln!(members, "    pub {member}: Option<{of}>,");
        }
        if fields.is_open {
            members.push_str("    /// Whatever else the chart passes on.\n    #[serde(flatten)]\n    pub more: Map<String, Value>,\n");
        }
        self.out.push('\n');
        documented(&mut self.out, "", about);
        self.out
            .push_str("#[derive(Clone, Debug, Default, PartialEq, Serialize)]\n#[serde(rename_all = \"camelCase\")]\n");
        _ = writeln!(self.out, "pub struct {name} {{\n{members}}}");
        for (name, key, fields) in below {
            self.of_fields(&name, &[format!("What {key} holds.")], fields);
        }
    }

    /// The type of a field, whose own structs are still to be written.
    fn type_of<'f>(
        &mut self,
        parent: &str,
        key: &str,
        of: &'f Type,
        below: &mut Vec<(String, String, &'f Fields)>,
    ) -> String {
        match of {
            Type::Any => "Value".to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::Integer => "i64".to_owned(),
            Type::Number => "f64".to_owned(),
            Type::Text => "String".to_owned(),
            Type::List(of) => format!("Vec<{}>", self.type_of(parent, key, of, below)),
            Type::Map(of) if **of == Type::Any => "Map<String, Value>".to_owned(),
            Type::Map(of) => format!("std::collections::BTreeMap<String, {}>", self.type_of(parent, key, of, below)),
            Type::Kubernetes(path) => format!("k8s_openapi::api::{path}"),
            Type::Struct(fields) => {
                let parent = if parent == "Values" { "" } else { parent };
                let name = self.names.new_name(&format!("{parent}_{key}"));
                below.push((name.clone(), format!("`{}`", key.replace('`', "'")), fields));
                name
            }
        }
    }
}

/// What is said of a field: the chart's words, and its default where that is short.
fn sentences(field: &Field) -> Vec<String> {
    let mut about = field.about.clone();
    if about.is_empty() {
        about.push(format!("The value `{}`.", field.key));
    }
    let default = match &field.default {
        Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => None,
        Some(default) => {
            Some(default.to_string()).filter(|text| text.len() <= 60 && !text.contains(['`', '\\']) && text != "\"\"")
        }
    };
    if let (Some(_), Some(last)) = (&default, about.last_mut())
        && !last.ends_with(['.', ':', '!', '?'])
    {
        last.push('.');
    }
    about.extend(default.map(|default| format!("The chart's default is `{default}`.")));
    about
}

fn documented(out: &mut String, indent: &str, about: &[String]) {
    for line in prose(about) {
        _ = writeln!(out, "{indent}/// {line}");
    }
}

/// Lines of documentation: a chart's words are no tests, so none begins with white space and none fences code.
fn prose(lines: &[String]) -> Vec<String> {
    let lines = lines.iter().flat_map(|line| line.lines());
    let plain = lines.map(|line| line.replace(char::is_control, " ").replace("```", "'''").replace("~~~", "'''"));
    plain.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}
