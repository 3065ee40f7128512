//! Descriptions as doc comments.

/// How many characters a line of a comment has at most, where its words allow that.
const WIDTH: usize = 90;

/// A description's lines. Nothing in it is an example that a doctest would run.
pub fn lines(description: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_code = false;
    for line in description.lines() {
        let line: String = line.chars().filter(|c| !c.is_control()).collect();
        let trimmed = line.trim();
        if let Some(language) = trimmed.strip_prefix("```") {
            in_code = !in_code;
            let opens = in_code && language.chars().all(|c| c.is_ascii_alphanumeric());
            lines.push(if opens { "```text".to_owned() } else { "```".to_owned() });
            if in_code && !opens {
                // Code in one line, or none at all.
                lines.pop();
                in_code = false;
                wrapped(&trimmed.replace('`', ""), &mut lines);
            }
        } else if in_code {
            lines.push(line.trim_end().to_owned());
        } else if trimmed.is_empty() {
            lines.push(String::new());
        } else {
            // What is indented would be code, and so would what stands between other fences.
            wrapped(&trimmed.replace("```", "`").replace("~~~", "~"), &mut lines);
        }
    }
    if in_code {
        lines.push("```".to_owned());
    }
    let end = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    lines.truncate(end);
    lines.drain(..lines.iter().position(|line| !line.is_empty()).unwrap_or(0));
    lines
}

fn wrapped(text: &str, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
}
