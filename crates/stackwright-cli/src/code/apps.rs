//! The apps of a function: what workloads share their labels with.

use std::collections::{BTreeMap, HashMap};

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use stackwright::App;
use stackwright::prelude::NAME_LABEL;

use super::Given;
use super::expression::{Code, quoted};
use super::needs::Needs;
use super::objects::statement;

/// Where the labels of a workload's pods stand.
const TEMPLATE: &str = "/spec/template/metadata/labels";

type Labels = BTreeMap<String, String>;

/// The apps, each with its variable. Each is found by what an object has of it, as a function may have thousands.
#[derive(Debug, Default)]
pub struct Apps {
    all: Vec<(String, App)>,
    by_name: HashMap<String, Vec<usize>>,
    /// The first of each.
    by_namespace: HashMap<String, usize>,
    by_labels: HashMap<Labels, usize>,
    by_both: HashMap<(String, Labels), usize>,
    by_selector: HashMap<String, usize>,
}

impl Apps {
    pub fn add(&mut self, variable: String, app: App) {
        let place = self.all.len();
        self.by_name.entry(app.name.clone()).or_default().push(place);
        self.by_namespace.entry(app.namespace.clone()).or_insert(place);
        self.by_labels.entry(app.labels.clone()).or_insert(place);
        self.by_both.entry((app.namespace.clone(), app.labels.clone())).or_insert(place);
        let selected = app.labels.get(NAME_LABEL).unwrap_or(&app.name);
        self.by_selector.entry(selected.clone()).or_insert(place);
        self.all.push((variable, app));
    }

    /// The variable of the first with these labels.
    pub fn labelled(&self, labels: &Labels) -> Option<&str> {
        Some(&self.all[*self.by_labels.get(labels)?].0)
    }

    /// The first with these labels in a namespace, or in any.
    pub fn labelled_in(&self, namespace: Option<&str>, labels: Labels) -> Option<&(String, App)> {
        let place = match namespace {
            Some(namespace) => self.by_both.get(&(namespace.to_owned(), labels)),
            None => self.by_labels.get(&labels),
        };
        Some(&self.all[*place?])
    }

    /// The variable of the first with this selector.
    pub fn selecting(&self, selector: &LabelSelector) -> Option<&str> {
        let name = selector.match_labels.as_ref()?.get(NAME_LABEL)?;
        let (variable, app) = &self.all[*self.by_selector.get(name)?];
        (app.selector() == *selector).then_some(variable)
    }

    /// Those that are called as an object: of its namespace, if there are any.
    pub fn called(&self, given: &Given) -> Vec<&(String, App)> {
        let called = self.by_name.get(given.name()).into_iter().flatten().map(|place| &self.all[*place]);
        let (own, others): (Vec<_>, Vec<_>) = called.partition(|(_, app)| app.namespace == given.namespace());
        if own.is_empty() { others } else { own }
    }

    /// Those that an object of any name needs the fewest changes from, in their order: any other shares as much with one of them.
    pub fn near(&self, given: &Given) -> Vec<&(String, App)> {
        let (namespace, labels) = (given.namespace().to_owned(), labels(given, "/metadata/labels"));
        let mut places: Vec<_> =
            [self.by_namespace.get(&namespace), self.by_labels.get(&labels), self.by_both.get(&(namespace, labels))]
                .into_iter()
                .flatten()
                .copied()
                .chain([0])
                .collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|place| self.all.get(place)).collect()
    }
}

fn labels(given: &Given, pointer: &str) -> Labels {
    let labels = given.value.pointer(pointer).cloned().unwrap_or_default();
    serde_json::from_value(labels).unwrap_or_default()
}

/// An app for each workload of these objects, and for what else shares its labels.
pub fn of(given: &[Given], members: &[usize]) -> Vec<App> {
    let mut apps: Vec<App> = Vec::new();
    let mut labelled: BTreeMap<(String, Labels), Vec<&Given>> = BTreeMap::new();
    for given in
        members.iter().map(|place| &given[*place]).filter(|given| given.is_typed && !given.namespace().is_empty())
    {
        let (own, of_pods) = (labels(given, "/metadata/labels"), labels(given, TEMPLATE));
        let of_pods = if of_pods.is_empty() { labels(given, &format!("/spec/jobTemplate{TEMPLATE}")) } else { of_pods };
        if !of_pods.is_empty() {
            let labels = if own.is_empty() { of_pods } else { own };
            apps.push(App { labels, ..App::new(given.name(), given.namespace()) });
        } else if !own.is_empty() {
            labelled.entry((given.namespace().to_owned(), own)).or_default().push(given);
        }
    }
    for app in &apps {
        labelled.remove(&(app.namespace.clone(), app.labels.clone()));
    }
    for ((namespace, labels), objects) in labelled {
        if objects.len() > 1 {
            let name = labels.get(NAME_LABEL).map_or(objects[0].name(), String::as_str);
            apps.push(App { labels: labels.clone(), ..App::new(name, namespace) });
        }
    }
    apps
}

/// The line that binds an app.
pub fn line(app: &App, variable: &str, needs: &mut Needs) -> String {
    let namespace = needs.constants.namespace(&app.namespace).map_or_else(|| quoted(&app.namespace), str::to_owned);
    let plain = Code::call("App::new", vec![Code::text(&app.name), Code::Plain(namespace)]);
    let code = if App::new(app.name.as_str(), app.namespace.as_str()) == *app {
        plain
    } else {
        needs.others.insert("std::collections::BTreeMap");
        let pair = |text: &String| Code::Plain(format!("{}.into()", quoted(text)));
        let labels = app.labels.iter().map(|(key, value)| Code::pair(pair(key), pair(value)).into()).collect();
        let labels = Code::call("BTreeMap::from", vec![Code::array(labels)]);
        Code::Struct { name: "App".into(), fields: vec![("labels".into(), labels.into())], base: Some(Box::new(plain)) }
    };
    let mut line = String::new();
    statement(&mut line, &format!("let {variable}"), &code);
    line
}
