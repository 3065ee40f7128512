//! The proof: the code is compiled and run, and what it makes is compared with what was read.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::env;
use std::fmt::Write as _;
use std::process::{Command, Output};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use stackwright::{Error, File, yaml};

use super::given::{as_json, id};
use crate::code::{self, Given, Module};
use crate::report;
use crate::tree::Tree;
use crate::writer::{Folder, disk};

/// The crates that the code may use.
const CRATES: [&str; 3] = ["stackwright", "k8s-openapi", "serde_json"];
/// The crate of types, of which it uses some features.
const CRDS: &str = "stackwright-crds";
/// What a line of the run begins with that says a declared secret.
const SECRET: &str = "# secret ";

/// A crate of its own in a repository's folder of targets, where the code is compiled with the repository's dependencies.
pub struct Workshop {
    folder: Utf8PathBuf,
    targets: Utf8PathBuf,
    manifest: String,
    lock: String,
}

impl Workshop {
    /// The workshop in the target folder of the repository that the code is written to, or of a checkout.
    pub fn of(checkout: Option<&Utf8Path>, out: &Utf8Path, crds: &BTreeSet<&str>) -> Result<Self, Error> {
        let there = |folder: &&Utf8Path| disk::entries(folder).is_ok_and(|entries| !entries.is_empty());
        let start = checkout.or_else(|| out.ancestors().find(there)).unwrap_or(".".into());
        let start = if start.as_str().is_empty() { ".".into() } else { start };
        let offline =
            run(Command::new(cargo()).args(["metadata", "--format-version", "1", "--offline"]).current_dir(start))?;
        let metadata = if offline.status.success() {
            offline
        } else {
            run(Command::new(cargo()).args(["metadata", "--format-version", "1"]).current_dir(start))?
        };
        let help = "run it in your repository, name a checkout of Stackwright with --path, or leave the proof out with --no-proof";
        if !metadata.status.success() {
            let why = String::from_utf8_lossy(&metadata.stderr);
            let why = match why.lines().next().unwrap_or_default().trim_start_matches("error: ") {
                // It names the whole path.
                why if why.contains("could not find `Cargo.toml`") => format!("no Cargo.toml is in {start} or above"),
                why => why.to_owned(),
            };
            return Err(Error::new(format!("the code can't be proven: {why}"), help));
        }
        let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap_or_default();
        let text = |field: &str| metadata.get(field).and_then(Value::as_str).unwrap_or_default();
        let (targets, root) = (Utf8PathBuf::from(text("target_directory")), Utf8PathBuf::from(text("workspace_root")));
        let dependencies = CRATES.iter().map(|name| dependency(&metadata, name)).collect::<Option<Vec<_>>>();
        let Some(mut dependencies) = dependencies else {
            return Err(Error::new(format!("the code can't be proven: {root} does not use stackwright"), help));
        };
        if !crds.is_empty() {
            let features: Vec<_> = crds.iter().copied().collect();
            let add = format!("cargo add {CRDS} --features {}", features.join(","));
            let fact = format!("the code can't be proven: {root} does not use {CRDS}");
            let help = || Error::new(fact, format!("run `{add}`, or leave the proof out with --no-proof"));
            dependencies.push(types(&metadata, crds).ok_or_else(help)?);
        }
        let manifest = disk::text(&root.join("Cargo.toml"))?.unwrap_or_default();
        let manifest = format!(
            "[package]\nname = \"adopted\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{}\n{}",
            dependencies.concat(),
            profiles(&manifest),
        );
        let lock = disk::text(&root.join("Cargo.lock"))?.unwrap_or_default();
        Ok(Self { folder: targets.join("adopt"), targets, manifest, lock })
    }

    /// What the code makes otherwise than it was read, a line each.
    pub fn differences(&self, name: &str, module: &Module, objects: &[Given]) -> Result<Vec<String>, Error> {
        let mut files = vec![
            File::new("Cargo.toml", self.manifest.clone()),
            File::new("Cargo.lock", self.lock.clone()),
            File::new("src/main.rs", main(name, module.can_fail)),
        ];
        files.extend(
            module.files.iter().map(|file| File { path: Utf8Path::new("src").join(&file.path), ..file.clone() }),
        );
        let files = files.into_iter().map(|file| (file.path.clone(), file)).collect();
        Folder::locked(&self.folder)?.write(&Tree { files, cluster: None }, true)?;

        report::note(&format!("proving it: cargo compiles it in {}", self.folder));
        let mut cargo = Command::new(cargo());
        cargo.args(["run", "--quiet", "--offline", "--target-dir", self.targets.as_str()]).current_dir(&self.folder);
        let done = run(&mut cargo)?;
        // What the compiler warns of, too.
        report::text(&String::from_utf8_lossy(&done.stderr));
        if !done.status.success() {
            return Err(Error::new(
                "the code does not compile or run",
                "mend it by what the compiler says, or report it",
            ));
        }
        Ok(compared(&String::from_utf8_lossy(&done.stdout), objects))
    }
}

fn cargo() -> String {
    env::var("CARGO").unwrap_or("cargo".to_owned())
}

fn run(command: &mut Command) -> Result<Output, Error> {
    let help = "install Rust (https://rustup.rs), or leave the proof out with --no-proof";
    command.output().map_err(|error| Error::io("cannot start cargo", help, error))
}

/// The line of a manifest for a crate as a repository uses it.
fn dependency(metadata: &Value, name: &str) -> Option<String> {
    let package = package(metadata, name)?;
    Some(line(name, &place(package)?, &features(metadata, package)?))
}

/// The same for the crate of types, also where the repository doesn't use it, but a checkout of which it is a part.
fn types(metadata: &Value, wanted: &BTreeSet<&str>) -> Option<String> {
    let place = if let Some(package) = package(metadata, CRDS) {
        place(package)?
    } else {
        let library = package(metadata, CRATES[0]).filter(|library| library["source"].is_null())?;
        at(&folder(library)?.with_file_name(CRDS))
    };
    Some(line(CRDS, &place, wanted))
}

fn line(name: &str, place: &str, features: &BTreeSet<&str>) -> String {
    format!("{name} = {{ {place}, features = {} }}\n", features.iter().copied().collect::<Value>())
}

fn package<'v>(metadata: &'v Value, name: &str) -> Option<&'v Value> {
    metadata.get("packages")?.as_array()?.iter().find(|package| package["name"] == name)
}

/// Where a package is from, as a manifest says it.
fn place(package: &Value) -> Option<String> {
    Some(match package["source"] {
        Value::Null => at(folder(package)?),
        _ => format!("version = \"={}\"", package["version"].as_str()?),
    })
}

fn at(folder: &Utf8Path) -> String {
    format!("path = {}", Value::from(folder.as_str()))
}

fn folder(package: &Value) -> Option<&Utf8Path> {
    Utf8Path::new(package["manifest_path"].as_str()?).parent()
}

/// The features of a package that a repository uses.
fn features<'v>(metadata: &'v Value, package: &Value) -> Option<BTreeSet<&'v str>> {
    let nodes = metadata.get("resolve")?.get("nodes")?.as_array()?;
    let features = nodes.iter().find(|node| node["id"] == package["id"])?.get("features")?.as_array()?;
    Some(features.iter().filter_map(Value::as_str).filter(|feature| *feature != "default").collect())
}

/// The profiles of a manifest, by which its dependencies were compiled.
fn profiles(manifest: &str) -> String {
    let mut is_profile = false;
    let lines = manifest.lines().filter(|line| {
        if line.starts_with('[') {
            is_profile = line.starts_with("[profile");
        }
        is_profile
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A program that prints what the stack makes.
fn main(name: &str, can_fail: bool) -> String {
    let stack = if can_fail {
        format!("{name}::stack().expect(\"what was read can be read again\")")
    } else {
        format!("{name}::stack()")
    };
    format!(
        "mod {name};

fn main() {{
    let stack = {stack};
    for object in &stack.objects {{
        let mut text = String::new();
        object.write_yaml(&mut text).expect(\"what was read can be written\");
        print!(\"---\\n{{text}}\");
    }}
    for secret in &stack.secrets {{
        let mut keys: Vec<_> = secret.keys.iter().map(|key| key.name.as_str()).collect();
        keys.sort();
        println!(\"{SECRET}{{}}/{{}} {{}} {{}}\", secret.namespace, secret.name, secret.type_, keys.join(\",\"));
    }}
}}
"
    )
}

/// What a run printed, held against what was read.
fn compared(printed: &str, objects: &[Given]) -> Vec<String> {
    let secrets: Vec<_> = printed.lines().filter_map(|line| line.strip_prefix(SECRET)).collect();
    let mut made: HashMap<[String; 4], Vec<Value>> = HashMap::new();
    let read = yaml::readable(printed);
    let mut different: Vec<_> = read.problems.iter().map(|problem| format!("what the code makes: {problem}")).collect();
    for located in read.objects {
        // What a struct can't hold was taken as it is.
        let value = if located.problems.is_empty() {
            as_json(&located.object)
        } else {
            serde_json::to_value(&located.node).ok()
        };
        let value = value.unwrap_or_default();
        made.entry(id(&value)).or_default().push(value);
    }
    for given in objects {
        if code::is_declared(given) {
            let expected = secret(given);
            if !secrets.contains(&expected.as_str()) {
                different.push(format!("{}: {} is declared as another: {expected}", given.place, given.label()));
            }
            continue;
        }
        let of_id = made.get_mut(&id(&given.value));
        let same = of_id.as_ref().and_then(|made| made.iter().position(|made| *made == given.value));
        match (of_id, same) {
            (Some(of_id), Some(place)) => _ = of_id.swap_remove(place),
            (Some(of_id), None) if !of_id.is_empty() => {
                let fields = fields(&given.value, &of_id.swap_remove(0));
                different.push(format!("{}: {}: {fields}", given.place, given.label()));
            }
            _ => different.push(format!("{}: {} is not made", given.place, given.label())),
        }
    }
    let more = made.into_iter().filter(|(_, left)| !left.is_empty());
    different.extend(more.map(|(id, _)| format!("{} {} is made, and was not read", id[1], id[3])));
    different
}

fn secret(given: &Given) -> String {
    let mut keys: Vec<_> = code::keys(given).collect();
    keys.sort_unstable();
    let type_ = given.value.get("type").and_then(Value::as_str).unwrap_or("Opaque");
    format!("{}/{} {type_} {}", given.namespace(), given.name(), keys.join(","))
}

/// The fields in which two values differ.
fn fields(read: &Value, made: &Value) -> String {
    let (mut all, mut other) = (BTreeMap::new(), BTreeMap::new());
    flat(read, "", &mut all);
    flat(made, "", &mut other);
    let mut text = String::new();
    for (path, value) in all.iter().filter(|(path, value)| other.get(*path) != Some(value)).take(3) {
        let new = other.get(path).map_or_else(|| "nothing".to_owned(), ToString::to_string);
        _ = write!(text, "{path} is {new} and was {value}; ");
    }
    for (path, value) in other.iter().filter(|(path, _)| !all.contains_key(*path)).take(3) {
        _ = write!(text, "{path} is {value} and was nothing; ");
    }
    text.trim_end_matches("; ").to_owned()
}

fn flat<'v>(value: &'v Value, path: &str, out: &mut BTreeMap<String, &'v Value>) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            entries.iter().for_each(|(key, value)| flat(value, &format!("{path}.{key}"), out));
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(number, value)| flat(value, &format!("{path}[{number}]"), out));
        }
        _ => _ = out.insert(path.trim_start_matches('.').to_owned(), value),
    }
}
