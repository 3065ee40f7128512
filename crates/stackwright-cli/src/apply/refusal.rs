//! What kubectl and the API server say no with, as a fact and a way out.

use stackwright::Error;

use super::id::Id;

/// What they refuse of an object.
pub struct Refusal {
    pub id: Id,
    pub error: Error,
    /// Whether it is that someone else decides about fields.
    pub is_conflict: bool,
}

/// Whether an answer has nothing to do with an object, as `unreachable.txt` knows it.
fn is_unreachable(said: &str) -> bool {
    let mut known = include_str!("unreachable.txt").lines().filter(|line| !line.starts_with('#'));
    known.any(|known| said.contains(known))
}

impl Refusal {
    /// That of an object; an error where nothing can be asked of the server at all.
    pub fn of(id: &Id, said: &str) -> Result<Self, Error> {
        let of_webhook = said.contains("webhook");
        if !of_webhook && is_unreachable(said) {
            return Err(error(said, &["apply"]));
        }
        let is_conflict = said.contains("Apply failed with");
        let (fact, help) = if is_conflict { conflict(said) } else { told(&secretless(id, said)) };
        Ok(Self { id: id.clone(), error: Error::new(format!("{id}: {fact}"), help), is_conflict })
    }
}

/// Why nothing can be asked.
pub fn error(said: &str, arguments: &[&str]) -> Error {
    // What its libraries log is for their authors.
    let is_log = |line: &&str| line.starts_with(['E', 'W', 'I']) && line.contains(".go:");
    let lines: Vec<_> = said.lines().map(str::trim).filter(|line| !line.is_empty() && !is_log(line)).collect();
    let line = lines.last().copied().unwrap_or("it said nothing").trim_start_matches("error: ");
    if is_unreachable(said) {
        let help = if said.contains("logged in") || said.contains("Unauthorized") {
            "log in again, as your cluster asks for it"
        } else {
            "see that the cluster runs, and that `kubectl get nodes` reaches it from here"
        };
        return Error::new(format!("the API server can't be asked: {line}"), help);
    }
    let (fact, help) = told(line);
    Error::new(format!("`kubectl {}` fails: {fact}", arguments.first().unwrap_or(&"")), help)
}

/// What an answer about a Secret says without values of it.
fn secretless(id: &Id, said: &str) -> String {
    match said.split_once("Invalid value") {
        Some((before, _)) if id.kind == "Secret" => before.trim_end_matches([' ', ':']).to_owned(),
        _ => said.to_owned(),
    }
}

/// `Apply failed with 1 conflict: conflict with "kubectl-edit" using v1: .data.k`, or a list of managers and fields below it.
fn conflict(said: &str) -> (String, String) {
    let head = said.split("\nPlease review").next().unwrap_or(said);
    let mut managers: Vec<&str> = Vec::new();
    for (number, part) in head.split('"').enumerate() {
        if number % 2 == 1 && !managers.contains(&part) {
            managers.push(part);
        }
    }
    let is_field = |line: &&str| line.starts_with('.');
    let below = head.lines().filter_map(|line| line.trim().strip_prefix("- "));
    let beside = head.lines().filter_map(|line| line.rsplit_once(": ").map(|(_, field)| field.trim()));
    let fields: Vec<_> = below.chain(beside).filter(is_field).collect();
    let (fields, who) = (fields.join(", "), managers.join(", "));
    if managers.iter().all(|manager| *manager == "kubectl-client-side-apply") {
        let fact = format!("{fields} was set by `kubectl apply` ({who})");
        return (fact, "`--force-conflicts` takes it over, once and for all".to_owned());
    }
    let help = "take the change into the code, or overwrite it by `--force-conflicts`";
    (format!("{fields} was changed by {who}, and the code says something else"), help.to_owned())
}

fn told(said: &str) -> (String, String) {
    let text = said.trim().trim_start_matches("error: ");
    let text =
        text.split_once("from server ").map_or(text, |(_, rest)| rest.split_once("): ").map_or(rest, |(_, rest)| rest));
    let text = text.strip_prefix("error when ").and_then(|text| text.split_once("\": ")).map_or(text, |(_, rest)| rest);
    let text = text.lines().next().unwrap_or_default().to_owned();
    let help = way_out(&text);
    (text, help)
}

fn way_out(text: &str) -> String {
    if let Some(webhook) = quoted_after(text, "failed calling webhook ") {
        let at = text.split("https://").nth(1).and_then(|url| url.split(['/', ':', '"']).next());
        let service = at.map(|host| host.split('.').take(2).collect::<Vec<_>>().join(" of namespace "));
        let service =
            service.map(|service| format!("see why the pods of Service {service} don't answer, ")).unwrap_or_default();
        return format!("{service}or delete the configuration of webhook {webhook} until they do");
    }
    if text.contains("admission webhook") {
        return "change the object as the webhook says".to_owned();
    }
    if let Some(user) = quoted_after(text, "User ") {
        let verb = text.split(" cannot ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or("do so");
        let resource = quoted_after(text, "resource ").unwrap_or("it");
        return format!("have someone bind a role to {user} that has the verb {verb} for {resource}");
    }
    if text.contains("being terminated") {
        return "wait until it is gone, then apply again".to_owned();
    }
    if text.contains("exceeded quota") {
        return "raise the ResourceQuota of its namespace, or ask for less".to_owned();
    }
    if text.contains("is invalid") || text.contains("strict decoding error") || text.contains("unknown field") {
        return "change it in the code: the cluster's version of Kubernetes, or what is there, doesn't allow it"
            .to_owned();
    }
    "see what is said of it, then apply again".to_owned()
}

/// The quoted word after some text.
fn quoted_after<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    text.split_once(before)?.1.strip_prefix('"')?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_of(kind: &str, said: &str) -> String {
        let id = Id { group: String::new(), kind: kind.into(), namespace: "shop".into(), name: "web".into() };
        match Refusal::of(&id, said) {
            Ok(refusal) => format!("{}\n{}", refusal.error, refusal.error.help()),
            Err(error) => format!("nothing can be asked: {error}\n{}", error.help()),
        }
    }

    #[test]
    fn what_is_refused_is_told_with_its_way_out() {
        let cases = [
            (
                "error: Apply failed with 1 conflict: conflict with \"kubectl-edit\" using v1: .data.k\nPlease review the fields above",
                "ConfigMap shop/web: .data.k was changed by kubectl-edit, and the code says something else\n\
                 take the change into the code, or overwrite it by `--force-conflicts`",
            ),
            (
                "error: Apply failed with 2 conflicts: conflicts with \"kubectl-client-side-apply\" using apps/v1:\n- .spec.a\n- .spec.b\nPlease review the fields above",
                "ConfigMap shop/web: .spec.a, .spec.b was set by `kubectl apply` (kubectl-client-side-apply)\n\
                 `--force-conflicts` takes it over, once and for all",
            ),
            (
                "Error from server (Forbidden): configmaps \"web\" is forbidden: User \"ada\" cannot patch resource \"configmaps\" in API group \"\" in the namespace \"shop\"",
                "ConfigMap shop/web: configmaps \"web\" is forbidden: User \"ada\" cannot patch resource \"configmaps\" in API group \"\" in the namespace \"shop\"\n\
                 have someone bind a role to ada that has the verb patch for configmaps",
            ),
            (
                "Error from server (InternalError): Internal error occurred: failed calling webhook \"slow.example\": failed to call webhook: Post \"https://slow.hooks.svc:443/?timeout=2s\": context deadline exceeded",
                "ConfigMap shop/web: Internal error occurred: failed calling webhook \"slow.example\": failed to call webhook: Post \"https://slow.hooks.svc:443/?timeout=2s\": context deadline exceeded\n\
                 see why the pods of Service slow of namespace hooks don't answer, or delete the configuration of webhook slow.example until they do",
            ),
            (
                "E1128 21:10:27.524653   20084 memcache.go:265] \"Unhandled Error\" err=\"x\"\nThe connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?",
                "nothing can be asked: the API server can't be asked: The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n\
                 see that the cluster runs, and that `kubectl get nodes` reaches it from here",
            ),
        ];
        for (said, told) in cases {
            assert_eq!(told_of("ConfigMap", said), told);
        }
    }

    #[test]
    fn no_value_of_a_secret_is_told() {
        let told = told_of("Secret", "The Secret \"web\" is invalid: data[k]: Invalid value: \"hunter2\": no");
        assert!(!told.contains("hunter2") && told.contains("data[k]"), "{told}");
    }
}
