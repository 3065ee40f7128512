//! `${NAME}` and its kin, as Flux replaces them in what it applies.
//!
//! Read in fluxcd/pkg, envsubst/parse and envsubst/funcs.go, on 2026-11-28.

mod functions;

use functions::changed;

/// What is known of a variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known<'v> {
    Value(&'v str),
    Unset,
    /// It may have any value: what names it is left as it is.
    Unknown,
}

/// The text with its variables replaced. One that is not set and has no default stays: Flux makes nothing of it, and a check says so.
///
/// # Errors
/// Why Flux cannot read it.
pub fn replaced<'v>(text: &str, known: &dyn Fn(&str) -> Known<'v>) -> Result<String, &'static str> {
    let mut reader = Reader { letters: text.chars().collect(), at: 0 };
    let mut out = String::with_capacity(text.len());
    while let Some(letter) = reader.next() {
        match (letter, reader.peek()) {
            // Two are one, and what follows is no variable. Before a brace both stay, so that it is still known to be none.
            ('$', Some('$')) => {
                reader.at += 1;
                out.push('$');
                if reader.peek() == Some('{') {
                    reader.at += 1;
                    out.push_str("${");
                }
            }
            ('$', Some('{')) => {
                let start = reader.at - 1;
                reader.at += 1;
                let call = reader.call()?;
                match call.value(known) {
                    Some(value) => out.push_str(&value),
                    None => out.extend(&reader.letters[start..reader.at]),
                }
            }
            _ => out.push(letter),
        }
    }
    Ok(out)
}

/// A variable, and what is done with its value.
struct Call {
    name: String,
    operator: String,
    arguments: Vec<Argument>,
}

enum Argument {
    Text(String),
    Call(Call),
}

impl Call {
    /// What it stands for; none where that isn't known.
    fn value<'v>(&self, known: &dyn Fn(&str) -> Known<'v>) -> Option<String> {
        let value = match known(&self.name) {
            Known::Value(value) => value,
            Known::Unknown => return None,
            Known::Unset if self.operator.is_empty() => return None,
            Known::Unset => "",
        };
        let argument = |argument: &Argument| match argument {
            Argument::Text(text) => Some(text.clone()),
            Argument::Call(call) => call.value(known),
        };
        let is_default = self.operator.ends_with(['=', '-', '?', '+']) || self.operator.is_empty();
        if is_default && !value.is_empty() {
            return Some(value.to_owned());
        }
        let arguments: Vec<_> = self.arguments.iter().map(argument).collect::<Option<_>>()?;
        Some(if is_default { arguments.concat() } else { changed(&self.operator, value, &arguments) })
    }
}

struct Reader {
    letters: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        Some(letter)
    }

    fn takes(&mut self, letter: char) -> bool {
        let is_next = self.peek() == Some(letter);
        self.at += usize::from(is_next);
        is_next
    }

    fn closing(&mut self) -> Result<(), &'static str> {
        if self.takes('}') { Ok(()) } else { Err("bad substitution") }
    }

    fn name(&mut self) -> Result<String, &'static str> {
        let start = self.at;
        while self.peek().is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
            self.at += 1;
        }
        if start == self.at {
            Err("unable to parse variable name")
        } else {
            Ok(self.letters[start..self.at].iter().collect())
        }
    }

    /// What stands behind `${`, and the brace that ends it.
    fn call(&mut self) -> Result<Call, &'static str> {
        if self.takes('#') {
            let name = self.name().map_err(|_| "bad substitution")?;
            self.closing()?;
            return Ok(Call { name, operator: "#".to_owned(), arguments: Vec::new() });
        }
        let name = self.name()?;
        let mut operator = String::new();
        let mut arguments = Vec::new();
        let second = self.letters.get(self.at + 1).copied();
        match self.peek() {
            Some(':') if second.is_some_and(|second| "=-?+".contains(second)) => {
                operator = self.letters[self.at..self.at + 2].iter().collect();
                self.at += 2;
                self.default(&mut arguments)?;
            }
            Some('=') => {
                operator.extend(self.next());
                self.default(&mut arguments)?;
            }
            Some(':') => {
                operator.extend(self.next());
                arguments.push(self.argument(&[':', '}'], false)?);
                if self.takes(':') {
                    arguments.push(self.argument(&['}'], false)?);
                }
                self.closing()?;
            }
            Some(letter @ (',' | '^' | '#' | '%')) => {
                operator.extend(self.next());
                if self.takes(letter) {
                    operator.push(letter);
                }
                if matches!(letter, '#' | '%') {
                    arguments.push(self.argument(&['}'], false)?);
                }
                self.closing()?;
            }
            Some('/') => {
                operator.extend(self.next());
                operator.extend(self.peek().filter(|letter| "/#%".contains(*letter)));
                self.at += operator.len() - 1;
                arguments.push(self.argument(&['/'], true)?);
                if !self.takes('/') {
                    return Err("bad substitution");
                }
                if self.peek() != Some('}') {
                    arguments.push(self.argument(&['}'], true)?);
                }
                self.closing()?;
            }
            Some('}') => self.at += 1,
            _ => return Err("missing closing brace"),
        }
        Ok(Call { name, operator, arguments })
    }

    fn default(&mut self, arguments: &mut Vec<Argument>) -> Result<(), &'static str> {
        while self.peek() != Some('}') {
            arguments.push(self.argument(&['}'], false)?);
        }
        self.closing()
    }

    /// A text up to one of these, or a variable in its place.
    fn argument(&mut self, ends: &[char], escapes: bool) -> Result<Argument, &'static str> {
        let is_call = |reader: &Self| reader.peek() == Some('$') && reader.letters.get(reader.at + 1) == Some(&'{');
        if is_call(self) {
            self.at += 2;
            return Ok(Argument::Call(self.call()?));
        }
        let mut text = String::new();
        while let Some(letter) = self.peek() {
            let next = self.letters.get(self.at + 1).copied();
            let is_escape = escapes && matches!((letter, next), ('\\', Some('/' | '\\')) | ('$', Some('$')));
            if is_escape {
                text.extend(next);
                self.at += 2;
            } else if ends.contains(&letter) || is_call(self) {
                break;
            } else {
                text.push(letter);
                self.at += 1;
            }
        }
        if text.is_empty() { Err("unable to parse substitution within function") } else { Ok(Argument::Text(text)) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, replaced};

    fn of(text: &str) -> Result<String, &'static str> {
        replaced(text, &|name| match name {
            "A" => Known::Value("abcABC123"),
            "EMPTY" => Known::Value(""),
            "DOMAIN" => Known::Value("example.org"),
            "HIDDEN" => Known::Unknown,
            _ => Known::Unset,
        })
    }

    /// What fluxcd/pkg envsubst/eval_test.go expects of the same.
    #[test]
    fn functions_are_those_of_flux() {
        for (text, wanted) in [
            ("plain $A $(B)", "plain $A $(B)"),
            ("${A}", "abcABC123"),
            ("${A,} ${A,,} ${A^} ${A^^}", "abcABC123 abcabc123 AbcABC123 ABCABC123"),
            ("${#A}", "9"),
            ("${A:0} ${A:3} ${A:-4:2} ${A:9} ${A:20}", "abcABC123 ABC123 abcABC123  "),
            ("${A:0:3} ${A:3:3} ${A:3:100}", "abc ABC ABC123"),
            ("${A#abc} ${A##*C} ${A%123} ${A%%C*}", "ABC123 123 abcABC abcAB"),
            ("${A/abc/x} ${A//1/x} ${A/#abc/x} ${A/%123/x}", "xABC123 abcABCx23 xABC123 abcABCx"),
            ("${DOMAIN//./-} ${DOMAIN/example\\/x/y}", "example-org example.org"),
            ("${NO:=x} ${NO:-y z} ${NO=w} ${EMPTY:=x} ${A:-x}", "x y z w x abcABC123"),
            ("${NO:=${A}} ${NO:=a${DOMAIN}b}", "abcABC123 aexample.orgb"),
            ("$${A} $$A", "$${A} $A"),
            ("${NO}", "${NO}"),
            ("${HIDDEN:=x} ${A}", "${HIDDEN:=x} abcABC123"),
        ] {
            assert_eq!(of(text).as_deref(), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn what_flux_refuses_is_refused() {
        for text in ["${", "${}", "${a.b}", "${A[@]}", "${A", "${A:", "${!A}", "${A/x}"] {
            assert!(of(text).is_err(), "{text}: {:?}", of(text));
        }
    }

    /// Any text is read or refused, and text without a dollar stays.
    #[test]
    fn no_text_is_too_odd() {
        let pieces = ["$", "{", "}", "A", ":", "=", "/", "#", "%", "\\", "é", "-", ","];
        let mut state = 1_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..8 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[usize::try_from(state >> 33).unwrap_or_default() % pieces.len()]);
            }
            let outcome = of(&text);
            if !text.contains('$') {
                assert_eq!(outcome.as_deref(), Ok(text.as_str()));
            }
        }
    }
}
