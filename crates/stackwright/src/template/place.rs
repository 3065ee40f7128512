use super::Language;

/// Where in a file a value stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'t> {
    /// The file up to the value, with the values before it.
    pub before: &'t str,
    /// The template's text behind it, up to the next value.
    pub after: &'t str,
}

/// What begins and ends a quoted text.
#[derive(Debug, Clone, Copy)]
pub struct Quotes {
    /// The quote itself, the same at both ends.
    pub mark: &'static str,
    /// Whether a backslash takes the meaning of what follows it.
    pub escapes: bool,
    /// Whether the text may go on in the next line.
    pub lines: bool,
}

/// What a value is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Code,
    Quotes,
    Comment,
}

impl<'t> Place<'t> {
    /// The line up to the value.
    pub fn line(&self) -> &'t str {
        self.before.rsplit('\n').next().unwrap_or_default()
    }

    /// Whether the value is a word of its own, with white space or one of these at its ends.
    pub fn is_word(&self, openers: &[char], closers: &[char]) -> bool {
        let begins = |char: char| char.is_whitespace() || openers.contains(&char);
        let ends = |char: char| char.is_whitespace() || closers.contains(&char);
        self.before.chars().next_back().is_none_or(begins) && self.after.chars().next().is_some_and(ends)
    }
}

impl Language {
    /// What comes next is part of, at the end of a text.
    pub(super) fn within(&self, text: &str) -> Within {
        self.scan(text, &[]).0
    }

    /// The same, and the text behind the last of these characters that is code.
    pub(super) fn scan<'t>(&self, text: &'t str, separators: &[char]) -> (Within, &'t str) {
        let mut rest = text;
        let mut since = text;
        let mut last = '\n';
        while let Some(char) = rest.chars().next() {
            let opened = self.quotes.iter().find(|quotes| rest.starts_with(quotes.mark));
            let is_word = |start: &str| !start.starts_with('#') || last.is_whitespace() || ";(){}".contains(last);
            let comment = self.comments.iter().find(|(start, _)| rest.starts_with(start) && is_word(start));
            let (end, within) = match (opened, comment, self.heredoc(rest, last)) {
                (Some(quotes), ..) => {
                    (quotes.end(&rest[quotes.mark.len()..]).map(|at| at + quotes.mark.len()), Within::Quotes)
                }
                (None, Some((start, end)), _) => {
                    let found = rest[start.len()..].find(end);
                    // The end of a line is not part of the comment.
                    (found.map(|at| start.len() + at + end.trim_end_matches('\n').len()), Within::Comment)
                }
                (None, None, Some(end)) => (end, Within::Quotes),
                (None, None, None) if char == '\\' => {
                    let escaped = rest[1..].chars().next().map_or(0, char::len_utf8);
                    (Some(1 + escaped), Within::Code)
                }
                (None, None, None) => (Some(char.len_utf8()), Within::Code),
            };
            let Some(end) = end else { return (within, since) };
            if within == Within::Code && separators.contains(&char) {
                since = &rest[end..];
            }
            last = rest[..end].chars().next_back().unwrap_or('\n');
            rest = &rest[end..];
        }
        (Within::Code, since)
    }

    /// Where the text ends that begins in the line after `<<WORD`, if that is what the text begins with: `Some(None)` before its end.
    #[expect(clippy::option_option, reason = "whether there is one, and whether it has an end")]
    fn heredoc(&self, text: &str, last: char) -> Option<Option<usize>> {
        // `<<<` is followed by the text itself.
        let rest = text.strip_prefix("<<").filter(|_| self.heredocs && last != '<')?;
        let rest = rest.trim_start_matches(['-', '~']);
        let word = rest.trim_start_matches(['\'', '"', '\\', ' ']);
        let length = word.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(word.len());
        let word = &word[..length];
        // A number is shifted, and in Ruby something small is appended.
        let is_apart = rest.starts_with(' ') && !word.starts_with(|char: char| char.is_ascii_uppercase());
        if word.is_empty() || is_apart || word.starts_with(|char: char| char.is_ascii_digit()) {
            return None;
        }
        // What follows in the line itself is code, and taken for text here: less is accepted there.
        let body = text.find('\n')? + 1;
        let mut at = body;
        for line in text[body..].split_inclusive('\n') {
            at += line.len();
            if line.trim() == word && line.ends_with('\n') {
                return Some(Some(at));
            }
        }
        Some(None)
    }
}

impl Quotes {
    /// Behind the closing quote of a text that begins between them, or the end of a line that it cannot pass.
    fn end(&self, text: &str) -> Option<usize> {
        let mut escaped = false;
        text.char_indices().find_map(|(at, char)| {
            if std::mem::take(&mut escaped) {
                return None;
            }
            escaped = self.escapes && char == '\\';
            let closes = text[at..].starts_with(self.mark).then_some(at + self.mark.len());
            closes.or_else(|| (char == '\n' && !self.lines).then_some(at + 1))
        })
    }
}
