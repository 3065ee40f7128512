//! Objects as statements: a variable that a constructor makes, and the fields in which it differs.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use serde_json::Value;
use stackwright::yaml;

use super::comments::Comments;
use super::constructors::{self, Base};
use super::expression::{Code, quoted, write_comments};
use super::literal::Writer;
use super::module::Scope;
use super::needs::Needs;
use super::references::Site;
use super::types::{self, Shape, Struct};
use super::{Given, names};

/// In as many fields an object may differ from what a constructor makes.
const MOST_CHANGES: usize = 6;
/// As long a custom resource may be, as JSON, to stand in the code.
const MOST_JSON: usize = 1000;

/// How an object was written.
pub enum Written {
    /// By a variable, with so many of its references.
    Bound { variable: String, recovered: usize },
    /// As YAML, in this file.
    Yaml(String),
}

/// Writes the lines that make an object.
pub fn write(
    all: &[Given],
    place: usize,
    sites: HashMap<String, Site>,
    shares_name: bool,
    scope: &mut Scope,
    needs: &mut Needs,
) -> Written {
    let given = &all[place];
    let kind = given.structure();
    let wanted = format!("{} {}", given.name(), names::snake(&given.kind));
    let is_workload = ["/spec/template", "/spec/jobTemplate"].iter().any(|place| given.value.pointer(place).is_some());
    let wanted = if shares_name && !is_workload { [wanted.as_str(), &wanted] } else { [given.name(), &wanted] };
    let variable = scope.names.name(wanted);
    let comments = Comments::of(given);
    let mut writer = Writer {
        given,
        all,
        scope,
        needs,
        comments,
        sites,
        recovered: HashSet::new(),
        lets: Vec::new(),
        volumes: HashMap::new(),
    };
    let body = match kind {
        Some(kind) => writer.body(kind, &variable),
        // Nobody writes these as code, or they have a field that has no literal.
        None if given.is_typed && is_of_kubernetes(given) => None,
        None => writer.custom().map(|code| (code, Vec::new())),
    };
    let Some((code, changes)) = body else {
        return Written::Yaml(yaml_file(given, needs));
    };
    let mut above = writer.comments.take("");
    above.extend(writer.comments.take_below(""));
    let recovered = writer.recovered.iter().filter(|path| writer.sites.contains_key(*path)).count();
    let lets = std::mem::take(&mut writer.lets);
    for (name, code) in lets {
        statement(&mut scope.lines, &format!("let {name}"), &code);
    }
    write_comments(&mut scope.lines, &above, 4);
    let mutable = if changes.is_empty() { "" } else { "mut " };
    statement(&mut scope.lines, &format!("let {mutable}{variable}"), &code);
    for Change { field, code, comments } in changes {
        write_comments(&mut scope.lines, &comments, 4);
        statement(&mut scope.lines, &field, &code);
    }
    Written::Bound { variable, recovered }
}

/// Whether an object is one of Kubernetes' own kinds.
fn is_of_kubernetes(given: &Given) -> bool {
    given.kind == "CustomResourceDefinition" || is_in_k8s_openapi(given)
}

/// Whether an object's kind has a struct in k8s-openapi.
fn is_in_k8s_openapi(given: &Given) -> bool {
    types::object(&given.api_version, &given.kind).is_some_and(|kind| kind.feature.is_none())
}

/// A file with an object's YAML, and the comments that stood in it.
fn yaml_file(given: &Given, needs: &mut Needs) -> String {
    let mut text = String::new();
    for comment in &given.comments {
        text.push_str(format!("# {}", comment.text).trim_end());
        text.push('\n');
    }
    // What was read as YAML can be written as YAML.
    text.push_str(&yaml::to_string(&given.value).unwrap_or_default());
    needs.files.path(&format!("{}-{}.yaml", given.kind.to_lowercase(), given.name()), &text)
}

/// `    target = code;`
pub fn statement(out: &mut String, target: &str, code: &Code) {
    let start = format!("    {target} = ");
    // What fits into the next line is not broken.
    let flat = code.within(120).map_or(usize::MAX, |flat| flat.chars().count());
    if start.len().saturating_add(flat) >= 120 && flat < 120 - 8 {
        _ = write!(out, "{}\n        ", start.trim_end());
        code.write(out, 8, 8, 1);
    } else {
        out.push_str(&start);
        code.write(out, 4, start.len(), 1);
    }
    _ = writeln!(out, ";");
}

/// A field that is set after an object was made.
struct Change {
    field: String,
    code: Code,
    comments: Vec<String>,
}

/// Where an object differs from another: the field with its path, and its place in Rust.
struct Difference {
    path: String,
    access: String,
    kind: types::Type,
}

impl Writer<'_> {
    fn body(&mut self, kind: &'static Struct, variable: &str) -> Option<(Code, Vec<Change>)> {
        let given = self.given;
        if let Some(Base { code, value }) = constructors::object(self, kind) {
            let differences = differences(kind, &value, &given.value, "", variable)?;
            let change = |difference: Difference| {
                let comments = self.comments.take(&difference.path);
                let code = match given.value.pointer_of(&difference.path) {
                    Some(value) => self.value(difference.kind, value, &difference.path)?,
                    None => Code::plain("None"),
                };
                Some(Change { field: difference.access, code, comments })
            };
            return Some((code, differences.into_iter().map(change).collect::<Option<_>>()?));
        }
        let code = self.structure(kind, &given.value, "")?;
        Some((code, Vec::new()))
    }

    /// A custom resource, or an object that no struct can hold.
    fn custom(&mut self) -> Option<Code> {
        let given = self.given;
        let entries = given.value.as_object()?;
        let metadata = types::object("v1", "ConfigMap")?.field("metadata")?;
        let content = entries.iter().filter(|(key, _)| !["apiVersion", "kind", "metadata"].contains(&key.as_str()));
        let content: Vec<_> = content.collect();
        // What the reader refuses has no other place than the code.
        if !is_in_k8s_openapi(given) && !content.iter().all(|(_, value)| is_short(value)) {
            return None;
        }
        self.needs.others.insert("serde_json::json");
        let item = |(key, value): &(&String, &Value)| {
            Code::pair(Code::text(key), Code::call("json!", vec![json(value)])).into()
        };
        let items = content.iter().map(item).collect();
        let metadata = self.value(metadata.kind, entries.get("metadata")?, "/metadata")?;
        let head = [Code::text(&given.api_version), Code::text(&given.kind), metadata];
        Some(Code::call("Object::custom", head.into_iter().chain([Code::array(items)]).collect()))
    }
}

/// Whether a value reads well as code: the macro `json!` takes no more than some hundred steps, either.
pub fn is_short(value: &Value) -> bool {
    fn is_small(value: &Value, depth: usize) -> bool {
        match value {
            Value::Object(entries) => {
                depth < 8 && entries.len() < 16 && entries.values().all(|value| is_small(value, depth + 1))
            }
            Value::Array(items) => {
                depth < 8 && items.len() < 24 && items.iter().all(|value| is_small(value, depth + 1))
            }
            Value::String(text) => !super::files::Files::is_long(text),
            _ => true,
        }
    }
    is_small(value, 0) && value.to_string().len() <= MOST_JSON
}

/// A value as `json!` takes it.
pub fn json(value: &Value) -> Code {
    match value {
        Value::String(text) => Code::text(text),
        Value::Array(items) => Code::array(items.iter().map(|item| json(item).into()).collect()),
        Value::Object(entries) => {
            let field = |(key, value): (&String, &Value)| (quoted(key), json(value).into());
            Code::Struct { name: String::new(), fields: entries.iter().map(field).collect(), base: None }
        }
        // The compiler takes a number without a type for a small one.
        Value::Number(number) if number.as_i64().is_some_and(|number| i32::try_from(number).is_err()) => {
            Code::Plain(format!("{number}i64"))
        }
        other => Code::Plain(other.to_string()),
    }
}

/// How many fields of an object have to be set after this was made; none where setting fields does not make it the object.
pub fn changes(kind: &'static Struct, base: &Value, value: &Value) -> Option<usize> {
    differences(kind, base, value, "", "").map(|differences| differences.len()).filter(|count| *count <= MOST_CHANGES)
}

fn differences(
    kind: &'static Struct,
    base: &Value,
    value: &Value,
    path: &str,
    access: &str,
) -> Option<Vec<Difference>> {
    let mut all = Vec::new();
    let is_known = |key: &String| ["apiVersion", "kind"].contains(&key.as_str()) || kind.field(key).is_some();
    if !value.as_object()?.keys().all(is_known) {
        return None;
    }
    for field in &kind.fields {
        let (old, new) = (base.get(field.json), value.get(field.json));
        if old == new {
            continue;
        }
        let path = format!("{path}/{}", field.json);
        let access = format!("{access}.{}", field.name);
        let (inner, reach) = match field.kind.shape() {
            Shape::Option(inner) => (inner, format!("{access}.get_or_insert_default()")),
            _ => (field.kind, access.clone()),
        };
        if let (Shape::Struct(inner), Some(old), Some(new)) = (inner.shape(), old, new)
            && let Some(below) = differences(inner, old, new, &path, &reach)
            && below.len() <= 3
            && old.as_object().is_some_and(|old| !old.is_empty())
        {
            all.extend(below);
            continue;
        }
        if new.is_none() && !matches!(field.kind.shape(), Shape::Option(_)) {
            return None;
        }
        all.push(Difference { path, access, kind: field.kind });
    }
    Some(all)
}

/// Values by the paths of this code, whose keys are written as they are.
trait PointerOf {
    fn pointer_of(&self, path: &str) -> Option<&Value>;
}

impl PointerOf for Value {
    fn pointer_of(&self, path: &str) -> Option<&Value> {
        path.split('/').skip(1).try_fold(self, |value, key| match value {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?),
            other => other.get(key),
        })
    }
}
