//! The actions of a template, followed as far as their paths go.

use std::collections::HashMap;

use super::Reads;
use crate::chart::actions::Token;

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

/// Follows the actions of a template.
pub struct Reader<'r> {
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

impl<'r> Reader<'r> {
    pub fn new(reads: &'r mut Reads) -> Self {
        Self { reads, scopes: Vec::new(), variables: HashMap::new() }
    }

    fn dot(&self) -> Scope {
        self.scopes.last().cloned().unwrap_or(Scope::Context)
    }

    pub fn action(&mut self, tokens: &[Token]) {
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
