//! A module of Rust: one stack of these objects.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use stackwright::File;

use super::Given;
use super::apps::{self, Apps};
use super::constants::Constants;
use super::expression::Code;
use super::files::Files;
use super::groups::{self, Group};
use super::names::Names;
use super::needs::Needs;
use super::objects::{self, Written};
use super::references::{Count, Index, Key, Site, Target};
use super::secrets;
use super::source::{Parts, head, plain_call, signature, words, write_stack, write_texts};

/// A module as it is to be written.
pub struct Module {
    /// Its source first, then the files beside it.
    pub files: Vec<File>,
    /// Whether its `stack` can fail.
    pub can_fail: bool,
    /// Whether it uses serde_json.
    pub has_json: bool,
    /// The features of stackwright-crds that it uses.
    pub crds: BTreeSet<&'static str>,
    /// The references in the objects.
    pub references: Count,
}

/// A variable that holds an object.
#[derive(Debug, Clone)]
pub struct Bound {
    pub variable: String,
    /// Whether it is a reference itself.
    pub is_reference: bool,
    /// Whether it is a declared secret.
    pub is_secret: bool,
    /// The object's place among those that are given.
    pub place: usize,
}

impl Bound {
    /// The object as an argument.
    pub fn argument(&self) -> String {
        format!("{}{}", if self.is_reference { "" } else { "&" }, self.variable)
    }
}

/// What a function of the module knows by name.
#[derive(Debug, Default)]
pub struct Scope {
    bound: HashMap<Key, Bound>,
    pub names: Names,
    /// The lines of its body.
    pub lines: String,
    pub apps: Apps,
}

impl Scope {
    pub fn bound(&self, key: &Key) -> Option<&Bound> {
        self.bound.get(key)
    }

    fn bind(&mut self, given: &Given, bound: Bound) {
        self.bound.insert(Key::of(given), bound);
    }
}

/// The module of a stack. Its files lie below a folder of its name.
pub fn module(name: &str, from: &str, given: &[Given]) -> Module {
    let index = Index::new(given);
    let sites: Vec<_> = given.iter().map(|given| index.sites(given)).collect();
    let mut needs = Needs::new(Files::new(name), constants(given, &sites));
    let groups = groups::groups(given, &sites, &index);
    let mut code = Source { given, sites: &sites, needs: &mut needs, count: Count::default(), texts: Vec::new() };

    let mut scope = Scope::default();
    let mut secrets = Vec::new();
    for (place, object) in given.iter().enumerate().filter(|(_, object)| secrets::is_declared(object)) {
        let variable = scope.names.name([object.name(), &format!("{} secret", object.name())]);
        secrets::declare(&mut scope.lines, &variable, object, code.needs);
        scope.bind(object, Bound { variable: variable.clone(), is_reference: false, is_secret: true, place });
        secrets.push(variable);
    }
    let mut functions = String::new();
    let objects = if let [only] = &groups[..] {
        code.objects(&only.members, &mut scope).iter().map(|name| format!("{name}.into()")).collect()
    } else {
        code.in_functions(&groups, &mut scope, &mut functions)
    };
    let is_split = groups.len() > 1;
    let texts = std::mem::take(&mut code.texts);
    let count = Count { all: sites.iter().map(HashMap::len).sum(), ..code.count };
    let can_fail = !texts.is_empty();

    let mut body = String::new();
    write_stack(&mut body, name, &scope.lines, &Parts { objects, secrets, is_split, can_fail });
    body.push_str(&functions);
    if can_fail {
        write_texts(&mut body, &texts);
    }
    let source = format!("//! {name}: adopted from {from}.\n\n{}{body}", head(&body, &needs, can_fail));
    let has_json = body.contains("json!(");
    let modules = given.iter().filter_map(|given| {
        let kind = given.structure()?;
        Some((kind.path.rsplit_once("::")?.0, kind.feature?))
    });
    // One whose objects are written as YAML takes none.
    let crds = modules.collect::<BTreeSet<_>>().into_iter().filter(|(module, _)| source.contains(module));
    let crds = crds.map(|(_, feature)| feature).collect();
    let mut files = vec![File::new(format!("{name}.rs"), source)];
    files.extend(needs.files.written());
    Module { files, can_fail, has_json, crds, references: count }
}

/// The constants of texts that several objects share.
fn constants(given: &[Given], sites: &[HashMap<String, Site>]) -> Constants {
    let namespaces: BTreeSet<_> = given.iter().map(Given::namespace).filter(|name| !name.is_empty()).collect();
    let targets = sites.iter().flat_map(HashMap::values).filter_map(|site| match &site.target {
        Target::Port(name) => Some(name.clone()),
        _ => None,
    });
    let ports: BTreeSet<_> = targets.collect();
    Constants::new(namespaces.into_iter().map(str::to_owned).collect(), ports.into_iter().collect())
}

/// Writes the source, and keeps the books.
struct Source<'a> {
    given: &'a [Given],
    sites: &'a [HashMap<String, Site>],
    needs: &'a mut Needs,
    count: Count,
    /// The files of objects that stay as YAML.
    texts: Vec<String>,
}

impl Source<'_> {
    /// Writes the lines that make objects, in this order. Returns the variable of each.
    fn objects(&mut self, members: &[usize], scope: &mut Scope) -> Vec<String> {
        let apps = self.bind_apps(members, scope);
        let before = std::mem::take(&mut scope.lines);
        let mut called: HashMap<&str, usize> = HashMap::new();
        for place in members {
            *called.entry(self.given[*place].name()).or_default() += 1;
        }
        let mut made = Vec::new();
        for &place in members {
            let given = &self.given[place];
            let shares_name = called[given.name()] > 1;
            match objects::write(self.given, place, self.sites[place].clone(), shares_name, scope, self.needs) {
                Written::Bound { variable, recovered } => {
                    self.count.recovered += recovered;
                    let bound = Bound { variable: variable.clone(), is_reference: false, is_secret: false, place };
                    scope.bind(given, bound);
                    made.push(variable);
                }
                Written::Yaml(file) => self.texts.push(file),
            }
        }
        // An app that made nothing is not worth a line.
        let words = words(&scope.lines);
        let used = apps.into_iter().filter(|(variable, _)| words.contains(variable.as_str())).map(|(_, line)| line);
        scope.lines = before + &used.collect::<String>() + &scope.lines;
        made
    }

    /// Binds the apps of objects. Returns the variables, each with its line.
    fn bind_apps(&mut self, members: &[usize], scope: &mut Scope) -> Vec<(String, String)> {
        let apps = apps::of(self.given, members);
        let is_alone = apps.len() == 1;
        let mut lines = Vec::new();
        for app in apps {
            let long = format!("{} app", app.name);
            let variable = if is_alone { scope.names.name(["app", &long]) } else { scope.names.name([&long]) };
            lines.push((variable.clone(), apps::line(&app, &variable, self.needs)));
            scope.apps.add(variable, app);
        }
        lines
    }

    /// Writes a function for each group, and in `stack` the calls of them.
    fn in_functions(&mut self, groups: &[Group], scope: &mut Scope, functions: &mut String) -> Vec<String> {
        let (mut calls, mut handed) = (Vec::new(), Vec::new());
        for group in groups {
            let name = scope.names.name([&group.name, &format!("{} objects", group.name)]);
            // What it calls its own is called so until it ends.
            let before = scope.names.count();
            let mut inner = Scope { names: std::mem::take(&mut scope.names), ..Scope::default() };
            for &place in &group.borrowed {
                if let Some(bound) = scope.bound(&Key::of(&self.given[place])) {
                    inner.bind(&self.given[place], Bound { is_reference: true, ..bound.clone() });
                }
            }
            let members = self.objects(&group.members, &mut inner);
            scope.names = std::mem::take(&mut inner.names);
            scope.names.forget_after(before);
            if members.is_empty() {
                continue;
            }
            let (mut parameters, mut arguments) = (Vec::new(), Vec::new());
            let words = words(&inner.lines);
            for &place in &group.borrowed {
                let bound = scope.bound(&Key::of(&self.given[place]));
                let Some(bound) = bound.filter(|bound| words.contains(bound.variable.as_str())) else { continue };
                let kind = if bound.is_secret { "SecretSpec".to_owned() } else { self.type_of(place) };
                parameters.push(format!("{}: &{kind}", bound.variable));
                arguments.push(bound.argument());
            }
            let arguments = arguments.join(", ");
            if group.is_shared {
                let place = group.members[0];
                let kind = self.type_of(place);
                _ = write!(
                    functions,
                    "\n{}\n{}    {}\n}}\n",
                    signature(&name, &parameters, &kind),
                    inner.lines,
                    members[0]
                );
                let call = plain_call(&format!("{name}({arguments})"));
                objects::statement(&mut scope.lines, &format!("let {name}"), &call);
                handed.push(format!("vec![Object::from({name})]"));
                scope.bind(&self.given[place], Bound { variable: name, is_reference: false, is_secret: false, place });
            } else {
                let objects = members.iter().map(|name| Code::Plain(format!("{name}.into()")).into()).collect();
                let head = signature(&name, &parameters, "Vec<Object>");
                _ = write!(functions, "\n{head}\n{}    ", inner.lines);
                Code::vector(objects).write(functions, 4, 4, 0);
                functions.push_str("\n}\n");
                calls.push(format!("{name}({arguments})"));
            }
        }
        // What was handed to others is given away last.
        calls.extend(handed);
        calls
    }

    fn type_of(&mut self, place: usize) -> String {
        let given = &self.given[place];
        given.structure().map_or("Object".to_owned(), |kind| self.needs.named(kind.path))
    }
}
