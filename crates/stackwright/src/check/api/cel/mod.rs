//! Expressions of CEL, the language of admission policies and of the rules of custom resources: whether one is whole, which names
//! it uses, and what it comes to, as far as the text alone says.

mod token;

use token::{Token, tokens};

/// What an expression comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    Bool,
    Number,
    String,
    Bytes,
    Null,
    List,
    Map,
    /// What only the values would tell.
    Unknown,
}

/// What an expression may use.
pub struct Names<'n> {
    /// Its variables.
    pub variables: &'n [&'n str],
    /// The type of a variable or of a field of one, by the names on the way to it; nothing if there is no such field.
    pub field: FieldType<'n>,
}

type FieldType<'n> = &'n dyn Fn(&[&str]) -> Option<Type>;

/// What is wrong with an expression, if it is to come to one of these types; none stands for any.
pub fn fault(text: &str, names: &Names<'_>, wanted: &[Type]) -> Option<String> {
    match type_of(text, names) {
        Err(why) => Some(why),
        Ok(Type::Unknown) => None,
        Ok(found) => (!wanted.is_empty() && !wanted.contains(&found)).then(|| {
            let wanted: Vec<_> = wanted.iter().map(|wanted| wanted.name()).collect();
            format!("it comes to {}, not to {}", found.name(), wanted.join(" or "))
        }),
    }
}

/// What an expression comes to.
pub fn type_of(text: &str, names: &Names<'_>) -> Result<Type, String> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, next: 0, names, own: Vec::new(), depth: 0 };
    let found = parser.expression()?;
    match parser.peek() {
        None => Ok(found),
        Some(token) => Err(format!("{token} can't stand where it stands")),
    }
}

impl Type {
    fn name(self) -> &'static str {
        match self {
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Bytes => "bytes",
            Self::Null => "null",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Unknown => "a value",
        }
    }
}

/// Words of the language that can't be variables.
pub const RESERVED: [&str; 21] = [
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// What functions begin with that belong to libraries, and types, which are values too.
const LIBRARIES: [&str; 23] = [
    "base64",
    "cel",
    "format",
    "google",
    "json",
    "lists",
    "math",
    "optional",
    "sets",
    "strings",
    "kubernetes",
    "bool",
    "bytes",
    "double",
    "dyn",
    "int",
    "list",
    "map",
    "null_type",
    "string",
    "timestamp",
    "type",
    "uint",
];

/// Functions whose first arguments are variables of their own for the rest: by how many.
const MACROS: [(&str, &[usize]); 11] = [
    ("all", &[2, 3]),
    ("exists", &[2, 3]),
    ("exists_one", &[2]),
    ("existsOne", &[2, 3]),
    ("filter", &[2]),
    ("map", &[2, 3]),
    ("transformList", &[3, 4]),
    ("transformMap", &[3, 4]),
    ("transformMapEntry", &[3, 4]),
    ("sortBy", &[2]),
    ("bind", &[3]),
];

/// Calls and brackets in one another beyond this are no expression that a person wrote.
const DEEPEST: usize = 64;

struct Parser<'t, 'n> {
    tokens: &'t [Token<'t>],
    next: usize,
    names: &'n Names<'n>,
    /// Variables of the macros around the place.
    own: Vec<&'t str>,
    depth: usize,
}

type Outcome = Result<Type, String>;

impl<'t> Parser<'t, '_> {
    fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.next).copied()
    }

    fn takes(&mut self, sign: &str) -> bool {
        let is_next = self.peek() == Some(Token::Sign(sign));
        self.next += usize::from(is_next);
        is_next
    }

    fn one_of(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        signs.iter().copied().find(|sign| self.takes(sign))
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.takes(sign) {
            return Ok(());
        }
        Err(match self.peek() {
            Some(token) => format!("{token} stands where {sign} is due"),
            None => format!("it ends before {sign}"),
        })
    }

    fn expression(&mut self) -> Outcome {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("its brackets are too deep".to_owned());
        }
        let condition = self.either()?;
        let found = if self.takes("?") {
            is_bool(condition, "?")?;
            let yes = self.either()?;
            self.expect(":")?;
            let no = self.expression()?;
            if yes == no { yes } else { Type::Unknown }
        } else {
            condition
        };
        self.depth -= 1;
        Ok(found)
    }

    fn either(&mut self) -> Outcome {
        self.logic("||", Self::both)
    }

    fn both(&mut self) -> Outcome {
        self.logic("&&", Self::relation)
    }

    fn logic(&mut self, sign: &str, part: fn(&mut Self) -> Outcome) -> Outcome {
        let mut found = part(self)?;
        while self.takes(sign) {
            is_bool(found, sign)?;
            is_bool(part(self)?, sign)?;
            found = Type::Bool;
        }
        Ok(found)
    }

    fn relation(&mut self) -> Outcome {
        let mut found = self.sum()?;
        while let Some(sign) = self.one_of(&["<=", ">=", "<", ">", "==", "!=", "in"]) {
            let other = self.sum()?;
            let is_equality = matches!(sign, "==" | "!=") && (found == Type::Null || other == Type::Null);
            if sign != "in" && !is_equality {
                alike(found, other, sign)?;
            }
            found = Type::Bool;
        }
        Ok(found)
    }

    fn sum(&mut self) -> Outcome {
        let mut found = self.product()?;
        while let Some(sign) = self.one_of(&["+", "-"]) {
            found = alike(found, self.product()?, sign)?;
        }
        Ok(found)
    }

    fn product(&mut self) -> Outcome {
        let mut found = self.signed()?;
        while let Some(sign) = self.one_of(&["*", "/", "%"]) {
            found = alike(found, self.signed()?, sign)?;
        }
        Ok(found)
    }

    fn signed(&mut self) -> Outcome {
        let mut found = None;
        let sign = self.one_of(&["!", "-"]);
        if let Some(sign) = sign {
            while self.takes(sign) {}
            let operand = self.member()?;
            let wanted = if sign == "!" { Type::Bool } else { Type::Number };
            alike(operand, wanted, sign)?;
            found = Some(if operand == Type::Unknown && sign == "-" { Type::Unknown } else { wanted });
        }
        found.map_or_else(|| self.member(), Ok)
    }

    /// A value with the fields, items and calls that are asked of it.
    fn member(&mut self) -> Outcome {
        let start = self.next;
        let mut found = self.primary()?;
        // The names from a variable on.
        let mut path = match self.tokens[start] {
            Token::Name(name) if self.next == start + 1 && !self.own.contains(&name) => vec![name],
            _ => Vec::new(),
        };
        loop {
            if self.takes(".") {
                self.takes("?");
                let Some(Token::Name(name) | Token::Sign(name @ "in")) = self.peek() else {
                    return Err("a name is due after the dot".to_owned());
                };
                self.next += 1;
                if self.takes("(") {
                    found = self.call(name, found, true)?;
                    path.clear();
                } else if path.is_empty() {
                    found = Type::Unknown;
                } else {
                    path.push(name);
                    found = (self.names.field)(&path).ok_or_else(|| format!("there is no field {}", path.join(".")))?;
                }
            } else if self.takes("[") {
                self.takes("?");
                self.expression()?;
                self.expect("]")?;
                found = Type::Unknown;
                path.clear();
            } else if self.peek() == Some(Token::Sign("{")) && !path.is_empty() {
                // A message of a type with this name.
                self.next += 1;
                self.list("}", true)?;
                return Ok(Type::Unknown);
            } else {
                return Ok(found);
            }
        }
    }

    fn primary(&mut self) -> Outcome {
        let Some(token) = self.peek() else { return Err("it ends where a value is due".to_owned()) };
        self.next += 1;
        match token {
            Token::Number => Ok(Type::Number),
            Token::Text => Ok(Type::String),
            Token::Bytes => Ok(Type::Bytes),
            Token::Name("true" | "false") => Ok(Type::Bool),
            Token::Name("null") => Ok(Type::Null),
            Token::Name(name) if self.takes("(") => self.call(name, Type::Unknown, false),
            Token::Name(name) => self.variable(name),
            Token::Sign("(") => {
                let found = self.expression()?;
                self.expect(")")?;
                Ok(found)
            }
            Token::Sign("[") => self.list("]", false).map(|_| Type::List),
            Token::Sign("{") => self.list("}", true).map(|_| Type::Map),
            Token::Sign(".") => self.primary(),
            Token::Sign(_) => Err(format!("{token} stands where a value is due")),
        }
    }

    fn variable(&self, name: &str) -> Outcome {
        if RESERVED.contains(&name) {
            return Err(format!("{name} is a word of the language, not a name"));
        }
        if self.own.contains(&name) || LIBRARIES.contains(&name) {
            return Ok(Type::Unknown);
        }
        if !self.names.variables.contains(&name) {
            return Err(format!("there is no variable {name}, only {}", self.names.variables.join(", ")));
        }
        (self.names.field)(&[name]).ok_or_else(|| format!("there is no variable {name}"))
    }

    /// Values up to a bracket, each after a key if there are keys; a comma may end them.
    fn list(&mut self, end: &str, has_keys: bool) -> Result<Vec<Type>, String> {
        let mut found = Vec::new();
        while !self.takes(end) {
            self.takes("?");
            if has_keys {
                // The fields of a message are names, and the keys of a map values.
                let is_field = matches!(self.peek(), Some(Token::Name(_)))
                    && self.tokens.get(self.next + 1) == Some(&Token::Sign(":"));
                if is_field {
                    self.next += 1;
                } else {
                    self.expression()?;
                }
                self.expect(":")?;
            }
            found.push(self.expression()?);
            if !self.takes(",") {
                self.expect(end)?;
                break;
            }
        }
        Ok(found)
    }

    /// What a function comes to; the bracket of its arguments is open.
    fn call(&mut self, name: &str, receiver: Type, is_method: bool) -> Outcome {
        let own = self.own.len();
        if is_method && MACROS.iter().any(|(known, _)| *known == name) {
            let count = self.arguments();
            let is_macro = MACROS.iter().any(|(known, counts)| *known == name && counts.contains(&count));
            if is_macro && !matches!(receiver, Type::Unknown | Type::List | Type::Map) {
                return Err(format!("{name} goes through lists and maps, not through {}", receiver.name()));
            }
            let variables = if matches!(count, 3 | 4) && !matches!(name, "map" | "bind") { 2 } else { 1 };
            for _ in 0..if is_macro { variables } else { 0 } {
                let Some(Token::Name(variable)) = self.peek() else {
                    return Err(format!("{name} begins with a name for what it goes through"));
                };
                self.next += 1;
                self.own.push(variable);
                self.expect(",")?;
            }
        }
        self.list(")", false)?;
        self.own.truncate(own);
        Ok(match name {
            "has" | "all" | "exists" | "exists_one" | "existsOne" | "startsWith" | "endsWith" | "contains"
            | "matches" | "isQuantity" | "isURL" | "isIP" | "isCIDR" | "isSorted" | "hasValue" | "allowed" | "bool" => {
                Type::Bool
            }
            "size" | "int" | "uint" | "double" | "indexOf" | "lastIndexOf" => Type::Number,
            "string" | "join" | "replace" | "lowerAscii" | "upperAscii" | "trim" | "substring" => Type::String,
            "split" | "filter" | "map" => Type::List,
            _ => Type::Unknown,
        })
    }

    /// How many arguments there are up to the bracket that closes the open one.
    fn arguments(&self) -> usize {
        let (mut depth, mut commas) = (0, 0);
        for token in &self.tokens[self.next..] {
            match token {
                Token::Sign("(" | "[" | "{") => depth += 1,
                Token::Sign(")" | "]" | "}") if depth == 0 => break,
                Token::Sign(")" | "]" | "}") => depth -= 1,
                Token::Sign(",") if depth == 0 => commas += 1,
                _ => {}
            }
        }
        commas + 1
    }
}

fn is_bool(found: Type, sign: &str) -> Result<(), String> {
    alike(found, Type::Bool, sign).map(|_| ())
}

/// The type of two values that an operator needs to be of one type.
fn alike(one: Type, other: Type, sign: &str) -> Outcome {
    match (one, other) {
        (Type::Unknown, _) | (_, Type::Unknown) => Ok(Type::Unknown),
        _ if one == other => Ok(one),
        _ => Err(format!("{sign} can't take {} and {}", one.name(), other.name())),
    }
}

#[cfg(test)]
mod tests;
