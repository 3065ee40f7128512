use std::fmt::Write as _;

/// How long a line may be, as this project's rustfmt.toml has it.
const WIDTH: usize = 120;
/// The items of a list that fit several into a line.
const SHORT: usize = 10;

/// An expression of Rust.
#[derive(Debug, Clone)]
pub enum Code {
    /// Written as it is, in one line.
    Plain(String),
    /// A call, a macro's call, an array or a tuple.
    List { open: String, items: Vec<Item>, close: &'static str },
    /// A struct, and where its other fields are from.
    Struct { name: String, fields: Vec<(String, Item)>, base: Option<Box<Code>> },
}

/// An expression with the comments above it.
#[derive(Debug, Clone)]
pub struct Item {
    pub comments: Vec<String>,
    pub code: Code,
}

impl From<Code> for Item {
    fn from(code: Code) -> Self {
        Self { comments: Vec::new(), code }
    }
}

impl Code {
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    /// `name(arguments)`.
    pub fn call(name: &str, arguments: Vec<Code>) -> Self {
        let items = arguments.into_iter().map(Item::from).collect();
        Self::List { open: format!("{name}("), items, close: ")" }
    }

    /// `vec![items]`.
    pub fn vector(items: Vec<Item>) -> Self {
        Self::List { open: "vec![".to_owned(), items, close: "]" }
    }

    /// `[items]`.
    pub fn array(items: Vec<Item>) -> Self {
        Self::List { open: "[".to_owned(), items, close: "]" }
    }

    /// `(first, second)`.
    pub fn pair(first: Code, second: Code) -> Self {
        Self::List { open: "(".to_owned(), items: vec![first.into(), second.into()], close: ")" }
    }

    pub fn some(self) -> Self {
        Self::call("Some", vec![self])
    }

    /// A text as Rust writes it.
    pub fn text(text: &str) -> Self {
        Self::Plain(quoted(text))
    }

    /// The expression in one line, if nothing in it asks for more.
    pub fn flat(&self) -> Option<String> {
        self.within(usize::MAX)
    }

    /// The same, if it has no more than so many letters.
    pub fn within(&self, most: usize) -> Option<String> {
        let mut flat = String::new();
        let fits = self.flatten(&mut flat, most) && (flat.len() <= most || flat.chars().count() <= most);
        fits.then_some(flat)
    }

    /// Appends it in one line; stops where that is surely too long.
    fn flatten(&self, out: &mut String, most: usize) -> bool {
        // A letter has four bytes at most.
        if out.len() / 4 > most {
            return false;
        }
        match self {
            Self::Plain(text) => out.push_str(text),
            Self::List { open, items, close } => {
                out.push_str(open);
                for (number, item) in items.iter().enumerate() {
                    out.push_str(if number > 0 { ", " } else { "" });
                    if !item.comments.is_empty() || !item.code.flatten(out, most) {
                        return false;
                    }
                }
                out.push_str(close);
            }
            Self::Struct { name, fields, base } => {
                out.push_str(&spaced(name));
                let mut start = "{ ";
                for (field, item) in fields {
                    out.push_str(start);
                    start = ", ";
                    out.push_str(field);
                    if !item.code.is_called(field) {
                        out.push_str(": ");
                    }
                    if !item.comments.is_empty() || !item.code.is_called(field) && !item.code.flatten(out, most) {
                        return false;
                    }
                }
                if let Some(base) = base {
                    out.push_str(start);
                    out.push_str("..");
                    if !base.flatten(out, most) {
                        return false;
                    }
                    start = ", ";
                }
                out.push_str(if start == ", " { " }" } else { "{}" });
            }
        }
        true
    }

    /// Whether it is this name alone: a field of a name like its value's is not named twice.
    fn is_called(&self, field: &str) -> bool {
        matches!(self, Self::Plain(value) if value == field)
    }

    /// Appends the expression to a line that has `column` letters, in a block indented by `indent`; `after` letters follow it.
    pub fn write(&self, out: &mut String, indent: usize, column: usize, after: usize) {
        if !matches!(self, Self::Plain(_))
            && let Some(flat) = self.within(WIDTH.saturating_sub(column + after))
        {
            out.push_str(&flat);
            return;
        }
        let inner = indent + 4;
        match self {
            Self::Plain(text) => out.push_str(text),
            Self::List { open, items, close } => {
                out.push_str(open);
                match &items[..] {
                    [only] if only.comments.is_empty() && only.code.can_hug(open) => {
                        only.code.write(out, indent, column + open.chars().count(), after + close.len());
                    }
                    _ => write_items(out, items, inner, open.ends_with('[')),
                }
                let is_broken = out.ends_with('\n');
                out.push_str(&" ".repeat(if is_broken { indent } else { 0 }));
                out.push_str(close);
            }
            Self::Struct { name, fields, base } => {
                _ = writeln!(out, "{}{{", spaced(name));
                for (field, item) in fields {
                    write_comments(out, &item.comments, inner);
                    _ = write!(out, "{:inner$}{field}", "");
                    if !item.code.is_called(field) {
                        out.push_str(": ");
                        item.code.write(out, inner, inner + field.len() + 2, 1);
                    }
                    out.push_str(",\n");
                }
                if let Some(base) = base {
                    _ = write!(out, "{:inner$}..", "");
                    base.write(out, inner, inner + 2, 0);
                    out.push('\n');
                }
                _ = write!(out, "{:indent$}}}", "");
            }
        }
    }

    /// Whether rustfmt leaves it in the line of what it is the only argument of.
    fn can_hug(&self, open: &str) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Struct { .. } => true,
            Self::List { open: own, .. } => own.ends_with('(') || own.ends_with('[') && open.ends_with('('),
        }
    }
}

/// A struct's name before its brace; JSON has none.
fn spaced(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("{name} ") }
}

fn write_items(out: &mut String, items: &[Item], indent: usize, may_fill: bool) {
    out.push('\n');
    let flat: Vec<_> = items.iter().map(|item| item.code.within(SHORT).filter(|_| item.comments.is_empty())).collect();
    if may_fill && flat.iter().all(|flat| flat.as_ref().is_some_and(|flat| flat.len() <= SHORT)) {
        let mut line = " ".repeat(indent);
        for item in flat.into_iter().flatten() {
            if line.len() > indent && line.len() + item.len() + 2 > WIDTH {
                out.push_str(&line);
                out.push('\n');
                line = " ".repeat(indent);
            }
            if line.len() > indent {
                line.push(' ');
            }
            line.push_str(&item);
            line.push(',');
        }
        out.push_str(&line);
        out.push('\n');
        return;
    }
    for item in items {
        write_comments(out, &item.comments, indent);
        _ = write!(out, "{:indent$}", "");
        item.code.write(out, indent, indent, 1);
        out.push_str(",\n");
    }
}

/// Writes comments, a line each.
pub fn write_comments(out: &mut String, comments: &[String], indent: usize) {
    for comment in comments {
        let line = format!("{:indent$}// {comment}", "");
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// A text in quotes: in raw ones where it has quotes itself.
pub fn quoted(text: &str) -> String {
    let is_plain = |c: char| !c.is_control() && !is_invisible(c);
    if text.contains(['"', '\\']) && text.chars().all(is_plain) && !text.contains("\"#") {
        let marks = if text.contains('"') { "#" } else { "" };
        return format!("r{marks}\"{text}\"{marks}");
    }
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if is_plain(c) => quoted.push(c),
            c => _ = write!(quoted, "{}", c.escape_unicode()),
        }
    }
    quoted.push('"');
    quoted
}

/// Letters that are not seen, or turn the order of what is seen: the compiler refuses some of them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_as_the_compiler_reads_them() {
        for (text, code) in [
            ("web", r#""web""#),
            ("say \"hi\"", "r#\"say \"hi\"\"#"),
            (r"\d+", r#"r"\d+""#),
            ("a\n\"b\"#", r##""a\n\"b\"#""##),
            ("\u{202e}\u{7f}", r#""\u{202e}\u{7f}""#),
        ] {
            assert_eq!(quoted(text), code);
        }
    }

    #[test]
    fn what_does_not_fit_is_broken_as_rustfmt_breaks_it() {
        let long = Code::text(&"x".repeat(100));
        let code = Code::vector(vec![
            Code::Struct {
                name: "Container".into(),
                fields: vec![("image".into(), long.some().into())],
                base: Some(Box::new(Code::plain("default()"))),
            }
            .into(),
        ]);
        let mut out = String::new();
        Code::some(code).write(&mut out, 0, 0, 1);
        let image = "x".repeat(100);
        assert_eq!(out, format!("Some(vec![Container {{\n    image: Some(\"{image}\"),\n    ..default()\n}}])"));
    }
}
