/// Text inside a quoted label of a Mermaid diagram: <https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters>.
///
/// ```
/// assert_eq!(stackwright::template::mermaid_text("a \"b\" <c>"), "a #quot;b#quot; #lt;c>");
/// ```
pub fn mermaid_text(text: &str) -> String {
    text.replace('&', "#amp;").replace('"', "#quot;").replace('<', "#lt;")
}
