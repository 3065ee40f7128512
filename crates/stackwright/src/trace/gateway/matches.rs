//! What a rule of a route asks of a request:
//! <https://gateway-api.sigs.k8s.io/reference/spec/#httproutematch> and `#grpcroutematch`.

use crate::trace::request::Url;
use crate::trace::route::is_below;
use crate::yaml::Node;

const MORE: &str = "it asks for more than host and path, such as a header: whether the request has that is not known";
const PATTERN: &str = "its path is a regular expression: how that is read is for the controller to say";
const CALL: &str = "it is for calls of gRPC: whether the request is one, and of which method, is not known";

/// How a request meets a rule.
pub(super) struct Matched {
    /// Whether the rule names the whole path.
    pub is_whole: bool,
    /// The path, or the prefix, that it names.
    pub path: String,
    /// Why it is not sure.
    pub doubt: Option<&'static str>,
}

/// How the best match of a rule is met; none where none is.
pub(super) fn best(kind: &str, rule: &Node, url: &Url) -> Option<Matched> {
    let one = match kind {
        "GRPCRoute" => of_call,
        "HTTPRoute" => of_path,
        _ => return Some(anything(None)),
    };
    let all = rule.get("matches").map(Node::items).unwrap_or_default();
    if all.is_empty() {
        return Some(anything((kind == "GRPCRoute" && !is_call(&url.path)).then_some(CALL)));
    }
    let met = all.iter().filter_map(|node| one(node, url));
    met.max_by_key(|matched| (matched.is_whole, matched.path.len()))
}

/// The path that a match of a route names.
pub(super) fn path(node: &Node) -> Option<String> {
    let text = |path| node.at(path).and_then(Node::text);
    let of_method = || match (text("method.service"), text("method.method")) {
        (None, None) => None,
        (service, method) => Some(format!("/{}/{}", service.unwrap_or("*"), method.unwrap_or("*"))),
    };
    text("path.value").map(str::to_owned).or_else(of_method)
}

const fn anything(doubt: Option<&'static str>) -> Matched {
    Matched { is_whole: false, path: String::new(), doubt }
}

fn of_path(node: &Node, url: &Url) -> Option<Matched> {
    let text = |path| node.at(path).and_then(Node::text);
    let asks_more = ["headers", "method", "queryParams"].iter().any(|field| node.get(field).is_some());
    let path = text("path.value").unwrap_or("/");
    let (is_whole, is_met, doubt) = match text("path.type").unwrap_or("PathPrefix") {
        "Exact" => (true, path == url.path, None),
        "PathPrefix" => (false, is_below(path, &url.path), None),
        _ => (false, true, Some(PATTERN)),
    };
    let doubt = doubt.or(asks_more.then_some(MORE));
    is_met.then(|| Matched { is_whole, path: path.to_owned(), doubt })
}

/// A call's path is `/SERVICE/METHOD`.
fn of_call(node: &Node, url: &Url) -> Option<Matched> {
    let text = |path| node.at(path).and_then(Node::text);
    let doubt = node.get("headers").map(|_| MORE);
    let (service, method) = (text("method.service"), text("method.method"));
    let shown = path(node).unwrap_or_default();
    if text("method.type").unwrap_or("Exact") != "Exact" {
        return Some(Matched { is_whole: false, path: shown, doubt: Some(PATTERN) });
    }
    if url.path == "/" {
        return Some(Matched { is_whole: false, path: shown, doubt: Some(CALL) });
    }
    let (asked_service, asked_method) = url.path.strip_prefix('/')?.split_once('/')?;
    let is_met = service.is_none_or(|service| service == asked_service)
        && method.is_none_or(|method| method == asked_method)
        && is_call(&url.path);
    is_met.then(|| Matched { is_whole: service.is_some() && method.is_some(), path: shown, doubt })
}

/// Whether a path has the form of a call's.
fn is_call(path: &str) -> bool {
    let parts: Vec<_> = path.split('/').collect();
    matches!(parts[..], ["", service, method] if !service.is_empty() && !method.is_empty())
}
