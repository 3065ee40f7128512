//! The text of a module: its imports and constants, its functions.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;

use super::expression::{Code, quoted};
use super::needs::Needs;
use super::objects;
use super::types::whole;

/// What `stack` is made of.
pub struct Parts {
    pub objects: Vec<String>,
    pub secrets: Vec<String>,
    pub is_split: bool,
    pub can_fail: bool,
}

/// The imports and constants that a body uses.
pub fn head(body: &str, needs: &Needs, can_fail: bool) -> String {
    let words = words(body);
    let is_used = |path: &&str| words.contains(path.rsplit("::").next().unwrap_or_default());
    let mut lines: BTreeSet<String> = needs.others.iter().copied().filter(is_used).map(str::to_owned).collect();
    let mut grouped: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in needs.imports().into_iter().filter(|path| is_used(path)) {
        let (module, name) = path.rsplit_once("::").unwrap_or_default();
        grouped.entry(module).or_default().push(name);
    }
    for (module, names) in grouped {
        let path = format!("{}::", whole(module));
        lines.insert(match &names[..] {
            [only] => format!("{path}{only}"),
            several => braces(&path, several),
        });
    }
    lines.insert("stackwright::prelude::*".to_owned());
    if can_fail {
        lines.insert("stackwright::yaml".to_owned());
    }
    let std: Vec<_> = lines.extract_if(.., |path| path.starts_with("std::")).collect();
    let mut head = String::new();
    for path in &std {
        _ = writeln!(head, "use {path};");
    }
    if !std.is_empty() {
        head.push('\n');
    }
    for path in &lines {
        _ = writeln!(head, "use {path};");
    }
    head.push('\n');
    let constants: Vec<_> = needs.constants.all().filter(|(name, _)| words.contains(name)).collect();
    for (name, text) in &constants {
        _ = writeln!(head, "const {name}: &str = {};", quoted(text));
    }
    if !constants.is_empty() {
        head.push('\n');
    }
    head
}

/// What stands in code that may be a name of Rust.
pub fn words(code: &str) -> HashSet<&str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').collect()
}

/// Imports of several names, in as many lines as rustfmt gives them.
fn braces(path: &str, names: &[&str]) -> String {
    let flat = format!("{path}{{{}}}", names.join(", "));
    if flat.len() + "use ;".len() <= 120 {
        return flat;
    }
    let (mut lines, mut line) = (String::new(), String::from("   "));
    for name in names {
        // rustfmt keeps one column free.
        if line.len() + name.len() + 2 >= 120 {
            lines.push_str(&line);
            lines.push('\n');
            line = String::from("   ");
        }
        _ = write!(line, " {name},");
    }
    format!("{path}{{\n{lines}{line}\n}}")
}

/// Writes the function `stack`, whose first lines are these.
pub fn write_stack(source: &mut String, name: &str, lines: &str, parts: &Parts) {
    let title = if parts.can_fail {
        "\n///\n/// # Errors\n/// When a file of YAML beside it can't be read any more.\npub fn stack() -> Result<Stack, Error> {"
    } else {
        "\npub fn stack() -> Stack {"
    };
    _ = writeln!(source, "/// The objects of {name}.{title}");
    source.push_str(lines);
    let objects = || parts.objects.iter().map(|object| plain_call(object).into()).collect();
    let is_short = !parts.is_split && !parts.can_fail && parts.secrets.is_empty();
    if parts.is_split {
        objects::statement(source, "let objects", &Code::array(objects()));
        let chained = if parts.can_fail { ".chain(written()?)" } else { "" };
        _ = writeln!(source, "    let objects = objects.into_iter().flatten(){chained}.collect();");
    } else if parts.can_fail {
        objects::statement(source, "let mut objects", &Code::vector(objects()));
        source.push_str("    objects.extend(written()?);\n");
    } else if !is_short {
        objects::statement(source, "let objects", &Code::array(objects()));
    }
    // What one function makes is an array, and what more is made than that, a list.
    let is_list = parts.is_split || parts.can_fail;
    let own = if is_short { Code::array(objects()) } else { Code::plain(if is_list { "[]" } else { "objects" }) };
    let base = Code::call("Stack::new", vec![Code::text(name), own]);
    let mut fields = Vec::new();
    if is_list {
        fields.push(("objects".to_owned(), Code::plain("objects").into()));
    }
    if !parts.secrets.is_empty() {
        let secrets = parts.secrets.iter().map(|secret| Code::plain(secret).into()).collect();
        fields.push(("secrets".to_owned(), Code::vector(secrets).into()));
    }
    let stack = if fields.is_empty() {
        base
    } else {
        Code::Struct { name: "Stack".to_owned(), fields, base: Some(Box::new(base)) }
    };
    let stack = if parts.can_fail { Code::call("Ok", vec![stack]) } else { stack };
    source.push_str("    ");
    stack.write(source, 4, 4, 0);
    source.push_str("\n}\n");
}

/// A call of plain arguments as an expression that can be broken.
pub fn plain_call(text: &str) -> Code {
    match text.split_once('(').and_then(|(name, rest)| Some((name, rest.strip_suffix(')')?))) {
        Some((name, arguments)) if !arguments.is_empty() && !arguments.contains(['(', '"', '[']) => {
            Code::call(name, arguments.split(", ").map(Code::plain).collect())
        }
        _ => Code::plain(text),
    }
}

/// The head of a function.
pub fn signature(name: &str, parameters: &[String], result: &str) -> String {
    let flat = format!("fn {name}({}) -> {result} {{", parameters.join(", "));
    if flat.len() <= 120 {
        return flat;
    }
    format!("fn {name}(\n    {},\n) -> {result} {{", parameters.join(",\n    "))
}

/// The function that reads what stays as YAML.
pub fn write_texts(source: &mut String, files: &[String]) {
    source.push_str("\n/// What stays as it was written: nobody would write it as code.\nfn written() -> Result<Vec<Object>, Error> {\n");
    let pair = |file: &String| Code::pair(Code::text(file), Code::call("include_str!", vec![Code::text(file)])).into();
    objects::statement(source, "let files", &Code::array(files.iter().map(pair).collect()));
    source.push_str(
        "    let mut objects = Vec::new();
    for (file, text) in files {
        let broken = |problems: Vec<yaml::Problem>| {
            let lines: Vec<_> = problems.iter().map(|problem| format!(\"{file}:{problem}\")).collect();
            Error::new(lines.join(\"\\n\"), \"mend it: the API server refuses it too\")
        };
        objects.extend(yaml::objects(text).map_err(broken)?.into_iter().map(|read| read.object));
    }
    Ok(objects)
}
",
    );
}
