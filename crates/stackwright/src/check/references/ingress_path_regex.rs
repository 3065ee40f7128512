use k8s_openapi::api::networking::v1::Ingress;

use super::ingress_class::class;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "ingress-path-regex",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "The path of an Ingress is a regular expression, and its pathType has it taken as it is written.",
    run,
};

/// Annotations by which ingress-nginx, and what reads its annotations, takes paths as regular expressions:
/// <https://github.com/kubernetes/ingress-nginx/blob/dbb11b92ddb7/docs/user-guide/ingress-path-matching.md>, read on 2026-11-29.
const OF_NGINX: [&str; 2] = ["nginx.ingress.kubernetes.io/use-regex", "nginx.ingress.kubernetes.io/rewrite-target"];

/// Annotations by which other controllers do, whatever the pathType says:
/// <https://github.com/nginx/kubernetes-ingress/blob/4d5a6d3b3284/internal/configs/version1/template_helper.go>, read on 2026-11-29.
const OF_OTHERS: [&str; 1] = ["nginx.org/path-regex"];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (item, ingress) in index.all::<Ingress>() {
        let rules = ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten()).enumerate();
        for (number, rule) in rules {
            for (place, path) in rule.http.iter().flat_map(|http| &http.paths).enumerate() {
                let (Some(text), kind) = (path.path.as_deref(), path.path_type.as_str()) else { continue };
                if !matches!(kind, "Exact" | "Prefix") || !is_expression(text) || has(item, &OF_OTHERS) {
                    continue;
                }
                let is_of_nginx = has(item, &OF_NGINX);
                let message = format!("{} has the regular expression {text} as a path of type {kind}", item.label());
                let finding = if is_of_nginx {
                    let help = "write pathType: ImplementationSpecific";
                    // Its configuration may allow it.
                    // https://github.com/kubernetes/ingress-nginx/blob/dbb11b92ddb7/internal/ingress/controller/config/config.go, read on 2026-11-29.
                    CHECK
                        .finding(message, help)
                        .why("ingress-nginx refuses it since 1.12, unless its strict-validate-path-type is false")
                } else {
                    let meant = match class(item, ingress) {
                        Some((class, _)) => format!(", if {class} takes expressions then"),
                        None => String::new(),
                    };
                    let help = format!("write the path itself, or pathType: ImplementationSpecific{meant}");
                    CHECK.finding(message, help).why("no request has these characters in its path")
                };
                findings.push(finding.at(item, format!("spec.rules[{number}].http.paths[{place}].path")));
            }
        }
    }
}

fn has(item: Item<'_>, annotations: &[&str]) -> bool {
    let given = item.object.metadata().annotations.as_ref();
    annotations
        .iter()
        .any(|annotation| given.and_then(|given| given.get(*annotation)).is_some_and(|value| value.as_str() != "false"))
}

/// Whether a path has what only expressions have: a choice, a group with a repetition, any character, or a mark of the end.
fn is_expression(path: &str) -> bool {
    const MARKS: [&str; 8] = [".*", ".+", "(/|$)", "/?(", "[^", "(.", "\\.", "(?"];
    let is_end = path.ends_with('$') || path.ends_with("/*");
    let starts = path.starts_with('^') || path.starts_with("/^");
    (is_end || starts || MARKS.iter().any(|mark| path.contains(mark))) && !crate::yaml::is_unknown(path)
}

#[cfg(test)]
mod tests {
    use super::is_expression;

    #[test]
    fn an_expression_is_known_by_its_marks() {
        for path in ["/api(/|$)(.*)", "/.*", "/*", "/api/[^/]+/x", "/api$", "/(.+)/x", "/^api", "/api/?(.*)", "/v1\\.0"]
        {
            assert!(is_expression(path), "{path}");
        }
        for path in ["/", "/api", "/a.b/c", "/.well-known/acme", "/~user", "/a+b", "/Products(1)", "/a$b", "/${PATH}/x"]
        {
            assert!(!is_expression(path), "{path}");
        }
    }
}
