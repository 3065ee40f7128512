//! The cluster that kubectl talks to, and whether it is the one that the code describes.

use std::collections::BTreeSet;

use serde_json::Value;
use stackwright::{Cluster, Error};

use super::kubectl::Kubectl;

/// A server that doesn't answer at first is away.
const SOON: &str = "--request-timeout=20s";

/// A context of the person's kubeconfig, and what answers there.
pub struct Target {
    pub kubectl: Kubectl,
    pub context: String,
    pub server: String,
}

impl Target {
    /// The context of a name, or the current one, if its nodes are those of the cluster.
    pub fn of(cluster: &Cluster, context: Option<&str>) -> Result<Self, Error> {
        let (context, server) = context_of(context)?;
        let target = Self { kubectl: Kubectl { context: Some(context.clone()) }, context, server };
        if cluster.nodes.is_empty() {
            target.kubectl.text(&["get", "--raw", "/version", SOON], "")?;
            return Ok(target);
        }
        let nodes = target.kubectl.objects(&["get", "nodes", "--output=json", SOON], "")?;
        let names = nodes.iter().filter_map(|node| node.pointer("/metadata/name")?.as_str());
        same_nodes(cluster, &target.context, &names.collect())?;
        Ok(target)
    }

    /// As it is told: `context admin@lab, https://192.168.56.11:6443`.
    pub fn label(&self) -> String {
        format!("context {}, {}", self.context, self.server)
    }
}

fn context_of(asked: Option<&str>) -> Result<(String, String), Error> {
    let config = Kubectl { context: None }.objects(&["config", "view", "--output=json"], "")?;
    let config = config.first().unwrap_or(&Value::Null);
    let named = |list: &'static str| config.get(list).and_then(Value::as_array).into_iter().flatten();
    let name = |item: &Value| item.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let known: Vec<_> = named("contexts").map(name).collect();
    let list = if known.is_empty() { "it has none".to_owned() } else { format!("it has {}", known.join(", ")) };
    let current = config.get("current-context").and_then(Value::as_str).filter(|current| !current.is_empty());
    let wanted = asked.or(current).ok_or_else(|| {
        let help = format!("name one by `--context`, or set KUBECONFIG: {list}");
        Error::new("kubectl has no current context", help)
    })?;
    let missing = || {
        let help = format!("name one of your kubeconfig, or set KUBECONFIG: {list}");
        Error::new(format!("kubectl has no context `{wanted}`"), help)
    };
    let context = named("contexts").find(|context| name(context) == wanted).ok_or_else(missing)?;
    let cluster = context.pointer("/context/cluster").and_then(Value::as_str).unwrap_or_default();
    let entry = named("clusters").find(|entry| name(entry) == cluster);
    let server = entry.and_then(|entry| entry.pointer("/cluster/server")?.as_str()).unwrap_or("no server");
    Ok((wanted.to_owned(), server.to_owned()))
}

/// Holds a context to the nodes that the code knows, of which at least one has to be there.
fn same_nodes(cluster: &Cluster, context: &str, live: &BTreeSet<&str>) -> Result<(), Error> {
    let known: Vec<_> = cluster.nodes.iter().map(stackwright::Node::name).collect();
    if known.iter().any(|name| live.contains(name)) {
        return Ok(());
    }
    let list = |names: Vec<&str>| match names.as_slice() {
        [] => "none".to_owned(),
        names if names.len() > 5 => format!("{} and {} more", names[..5].join(", "), names.len() - 5),
        names => names.join(", "),
    };
    let own = cluster.kubeconfig().map(|path| format!("; {path} in its folder is its own")).unwrap_or_default();
    Err(Error::new(
        format!(
            "context {context} isn't cluster {}: its nodes are {}, and the code has {}",
            cluster.name,
            list(live.iter().copied().collect()),
            list(known)
        ),
        format!("choose the cluster's context by `--context`, or its kubeconfig by KUBECONFIG{own}"),
    ))
}
