//! What a chart's templates read of its values.
//!
//! A template is not run. Its actions are followed as far as their paths go: fields, variables, `with`, and the functions that pick a
//! value out of another. Where that ends, such as in what a helper is given, the value is known to be passed on, and stays open.

use std::collections::{BTreeMap, HashMap};

use super::actions::{Token, actions};

/// The values that templates read, by their paths.
#[derive(Debug, Default)]
pub struct Reads(BTreeMap<Vec<String>, Use>);

/// How a value is read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// It is written out as it is, with all that it holds, as `toYaml` does.
    pub is_written_whole: bool,
    /// It is passed on, and what is read of it there is not followed.
    pub is_passed_on: bool,
    /// It switches a subchart on or off.
    pub is_switch: bool,
}

impl Reads {
    /// Adds what a template reads.
    pub fn template(&mut self, text: &str) {
        let mut reader = Reader { reads: self, scopes: Vec::new(), variables: HashMap::new() };
        for action in actions(text) {
            reader.action(&action);
        }
    }

    /// Adds a value that is read.
    pub fn add(&mut self, path: &[String]) -> &mut Use {
        self.0.entry(path.to_vec()).or_default()
    }

    /// How the value of a path is read itself.
    pub fn of(&self, path: &[String]) -> Use {
        self.0.get(path).copied().unwrap_or_default()
    }

    /// Adds what others read.
    pub fn extend(&mut self, others: &Reads) {
        for (path, other) in &others.0 {
            let own = self.add(path);
            own.is_written_whole |= other.is_written_whole;
            own.is_passed_on |= other.is_passed_on;
            own.is_switch |= other.is_switch;
        }
    }

    /// The keys that are read of the value of a path, in the order of the alphabet.
    pub fn keys_below(&self, path: &[String]) -> Vec<&str> {
        let below = self.0.range(path.to_vec()..).take_while(|(read, _)| read.starts_with(path));
        let mut keys: Vec<_> = below.filter_map(|(read, _)| read.get(path.len())).map(String::as_str).collect();
        keys.dedup();
        keys
    }
}

/// What an expression is, as far as values go.
#[derive(Debug, Clone, PartialEq)]
enum Scope {
    /// What a template is given as a whole: `.Values` is in it, or in something of it.
    Context,
    /// The value of a path.
    Value(Vec<String>),
    /// A text that stands in the template.
    Text(String),
    /// Something else.
    Other,
}

struct Reader<'r> {
    reads: &'r mut Reads,
    /// What the dot is in each block around.
    scopes: Vec<Scope>,
    variables: HashMap<String, Scope>,
}

/// Functions that write a value out with all that it holds.
const WRITE_WHOLE: [&str; 6] = ["toYaml", "toYamlPretty", "toJson", "toPrettyJson", "toRawJson", "toToml"];

/// Functions that look at a value, and pass nothing of what it holds on.
const LOOK: [&str; 24] = [
    "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "if", "else", "with", "default", "empty", "quote",
    "squote", "printf", "print", "len", "kindIs", "hasKey", "int", "required", "fail",
];

impl Reader<'_> {
    fn dot(&self) -> Scope {
        self.scopes.last().cloned().unwrap_or(Scope::Context)
    }

    fn action(&mut self, tokens: &[Token]) {
        let (word, rest) = match tokens {
            [Token::Word(word), rest @ ..] => (word.as_str(), rest),
            _ => ("", tokens),
        };
        match word {
            "end" => _ = self.scopes.pop(),
            "define" => self.scopes.push(Scope::Context),
            "else" => {
                self.scopes.pop();
                match rest {
                    [Token::Word(word), rest @ ..] => self.block(word, rest),
                    _ => self.scopes.push(self.dot()),
                }
            }
            "if" | "with" | "range" | "block" => self.block(word, rest),
            _ => _ = self.assigned(tokens),
        }
    }

    fn block(&mut self, word: &str, rest: &[Token]) {
        let found = self.assigned(rest);
        if let Scope::Value(path) = &found {
            // What its items are, its default says.
            self.reads.add(path).is_passed_on |= word == "range";
        }
        let scope = match word {
            "if" => self.dot(),
            "range" => Scope::Other,
            _ => found,
        };
        if word == "range" {
            // What a variable stands for is an item.
            let names = rest.iter().position(|token| *token == Token::Assign).map_or(&[][..], |at| &rest[..at]);
            for token in names {
                if let Token::Path { root: Some(name), .. } = token {
                    self.variables.insert(name.clone(), Scope::Other);
                }
            }
        }
        self.scopes.push(scope);
    }

    /// What an action says, whose variable then stands for it.
    fn assigned(&mut self, tokens: &[Token]) -> Scope {
        let Some(at) = tokens.iter().position(|token| *token == Token::Assign) else {
            return self.pipeline(&mut &*tokens);
        };
        let found = self.pipeline(&mut &tokens[at + 1..]);
        if let Some(Token::Path { root: Some(name), .. }) = tokens[..at].last() {
            self.variables.insert(name.clone(), found.clone());
        }
        found
    }

    /// What commands with pipes between them give; it ends behind the bracket that closes it.
    fn pipeline(&mut self, tokens: &mut &[Token]) -> Scope {
        let mut piped = None;
        loop {
            let (mut function, mut operands) = (None, Vec::new());
            let is_end = loop {
                let Some((token, rest)) = tokens.split_first() else { break true };
                *tokens = rest;
                match token {
                    Token::Pipe => break false,
                    Token::Close => break true,
                    Token::Open => {
                        let inner = self.pipeline(tokens);
                        operands.push(self.fields(inner, tokens));
                    }
                    Token::Word(word) if function.is_none() && operands.is_empty() => function = Some(word.as_str()),
                    Token::Text(text) => operands.push(Scope::Text(text.clone())),
                    Token::Path { root, keys } => operands.push(self.path(root.as_deref(), keys)),
                    Token::Word(_) | Token::Assign | Token::Fields(_) => operands.push(Scope::Other),
                }
            };
            operands.extend(piped.take());
            let found = self.command(function, operands);
            if is_end {
                return found;
            }
            piped = Some(found);
        }
    }

    /// The fields of what brackets hold, where any follow them.
    fn fields(&mut self, inner: Scope, tokens: &mut &[Token]) -> Scope {
        match tokens.split_first() {
            Some((Token::Fields(keys), rest)) => {
                *tokens = rest;
                self.below(inner, keys)
            }
            _ => inner,
        }
    }

    fn path(&mut self, root: Option<&str>, keys: &[String]) -> Scope {
        let scope = match root {
            None => self.dot(),
            Some("") => Scope::Context,
            Some(name) => self.variables.get(name).cloned().unwrap_or(Scope::Other),
        };
        self.below(scope, keys)
    }

    fn below(&mut self, scope: Scope, keys: &[String]) -> Scope {
        let values = keys.iter().position(|key| key == "Values");
        let path = match (scope, values) {
            (_, Some(at)) => keys[at + 1..].to_vec(),
            (Scope::Value(path), None) => [&path, keys].concat(),
            (Scope::Context, None) if keys.is_empty() => return Scope::Context,
            _ => return Scope::Other,
        };
        if !path.is_empty() {
            self.reads.add(&path);
        }
        Scope::Value(path)
    }

    fn command(&mut self, function: Option<&str>, operands: Vec<Scope>) -> Scope {
        let Some(function) = function else { return operands.into_iter().next_back().unwrap_or(Scope::Other) };
        let is_value = |scope: &&Scope| matches!(scope, Scope::Value(_));
        match function {
            "default" | "required" => return operands.into_iter().next_back().unwrap_or(Scope::Other),
            "or" | "coalesce" => return operands.iter().find(is_value).cloned().unwrap_or(Scope::Other),
            "index" | "get" | "hasKey" => {
                let keys = operands.iter().skip(1).map(|key| match key {
                    Scope::Text(key) => Some(key.clone()),
                    _ => None,
                });
                if let (Some(from), Some(keys)) = (operands.first(), keys.collect::<Option<Vec<_>>>()) {
                    return self.below(from.clone(), &keys);
                }
            }
            "dig" => {
                let keys = operands.iter().map_while(|key| match key {
                    Scope::Text(key) => Some(key.clone()),
                    _ => None,
                });
                // The last text may be what is taken where nothing is.
                let keys: Vec<_> = keys.take(operands.len().saturating_sub(2)).collect();
                let from = operands.last().cloned().unwrap_or(Scope::Other);
                return self.below(from, &keys);
            }
            _ => {}
        }
        for operand in &operands {
            let Scope::Value(path) = operand else { continue };
            if path.is_empty() {
                continue;
            }
            let read = self.reads.add(path);
            read.is_written_whole |= WRITE_WHOLE.contains(&function);
            read.is_passed_on |= !LOOK.contains(&function);
        }
        Scope::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths that a template reads, those that are written whole with a star.
    fn read(template: &str) -> Vec<String> {
        let mut reads = Reads::default();
        reads.template(template);
        let named = |(path, read): (&Vec<String>, &Use)| path.join(".") + if read.is_written_whole { "*" } else { "" };
        reads.0.iter().map(named).collect()
    }

    #[test]
    fn paths_are_followed() {
        assert_eq!(read("{{ .Values.a.b }}{{- $.Values.c -}}"), ["a.b", "c"]);
        assert_eq!(
            read("{{ with .Values.a }}{{ .b }}{{ else }}{{ .Values.c }}{{ end }}{{ .Values.d }}"),
            ["a", "a.b", "c", "d"]
        );
        assert_eq!(
            read("{{ $web := .Values.web }}{{ if $web.on }}{{ toYaml $web.labels | indent 2 }}{{ end }}"),
            ["web", "web.labels*", "web.on"]
        );
        assert_eq!(read(r#"{{ index .Values "a-b" "c" | quote }}{{ (.Values.d).e }}"#), ["a-b.c", "d", "d.e"]);
        assert_eq!(
            read(r#"{{ dig "a" "b" "none" .Values.top }}{{ (get .Values "x").y }}"#),
            ["top", "top.a.b", "x", "x.y"]
        );
        assert_eq!(read("{{ define \"x\" }}{{ .root.Values.a | toYaml }}{{ end }}"), ["a*"]);
        assert_eq!(read("{{/* .Values.no */}}{{ printf \"%s }} .Values.no\" .Values.yes }}"), ["yes"]);
    }

    #[test]
    fn items_have_fields_of_their_own() {
        assert_eq!(
            read("{{ range $k, $v := .Values.list }}{{ .x }}{{ $v.y }}{{ $.Values.z }}{{ end }}"),
            ["list", "z"]
        );
        assert_eq!(read("{{ with .Values.a | default .Values.b }}{{ toYaml . }}{{ end }}"), ["a*", "b"]);
    }

    #[test]
    fn no_text_is_too_broken() {
        for text in
            ["{{", "{{ (", "{{ ) }}{{ end }}{{ end }}", "{{ .Values. }}", "{{ \"", "{{ `x }}", "{{ $ := }}", "}}"]
        {
            read(text);
        }
    }
}
