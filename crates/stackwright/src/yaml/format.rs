use super::objects::{Located, objects};
use super::problem::Problem;
use super::read::{Comment, read};
use super::write::write;

/// A text in canonical form.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Formatted {
    /// The objects as [`render`](crate::render) writes them.
    pub text: String,
    /// What the form has no place for.
    pub lost_comments: Vec<Comment>,
    /// What the text says without quotes, and kubectl reads otherwise than others: the form shows what kubectl reads.
    pub doubts: Vec<Problem>,
}

/// Kubernetes YAML or JSON in the form that render writes: block style, fields in the order of the API, `List`s opened.
///
/// Values are never touched: the types decide the order of fields, the text decides what is in them.
///
/// # Errors
/// As [`objects`].
///
/// ```
/// let formatted = stackwright::yaml::format(r#"{"kind": "ConfigMap", "apiVersion": "v1", "data": {"b": "on", "a": "1"}}"#);
/// assert_eq!(formatted.unwrap().text, "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: \"1\"\n  b: \"on\"\n");
/// ```
pub fn format(text: &str) -> Result<Formatted, Vec<Problem>> {
    let (mut out, mut all_doubts) = (String::new(), Vec::new());
    for Located { object, node, mut doubts, .. } in objects(text)? {
        all_doubts.append(&mut doubts);
        if !out.is_empty() {
            out.push_str("---\n");
        }
        let mut canonical = String::new();
        let problem = |message: String| vec![Problem::new(node.span, message)];
        object.write_yaml(&mut canonical).map_err(|error| problem(error.to_string()))?;
        let order = read(&canonical)?.documents.pop();
        let ordered = match order {
            Some(order) => node.ordered_like(&order),
            None => node.clone(),
        };
        write(&mut out, &ordered).map_err(|error| problem(error.to_string()))?;
    }
    Ok(Formatted { text: out, lost_comments: read(text)?.comments, doubts: all_doubts })
}

#[cfg(test)]
mod tests;
