//! A text as the parser of YAML 1.2 has to see it to read what kubectl reads in YAML 1.1.

use std::borrow::Cow;
use std::ops::Range;

use super::lines::Lines;
use super::node::Span;
use super::part::Part;
use super::problem::Problem;
use super::quoted::{escaped_single_quotes, likely_quoted, quoted_end, unindented_lines};

/// A part of a text, with other bytes where YAML 1.2 reads the part's own otherwise than YAML 1.1: white space before
/// comments and the lines of quoted scalars, which older Go programs write without; line breaks; `\'`.
///
/// ```yaml
/// message: '0/3 nodes are available:
/// 3 are cordoned'# why
/// ```
///
/// Places are reported in the text as it was.
pub(super) struct Mended<'t> {
    lines: &'t Lines<'t>,
    part: Range<usize>,
    is_json: bool,
    /// Whether the line `---` before it is a part of it to kubectl.
    pub(super) is_explicit: bool,
    text: Cow<'t, str>,
    /// In their order.
    mends: Vec<Mend>,
    /// Quoted scalars that were mended before the parser came to them. What doesn't prove to be one has to be as it was.
    guesses: Option<Vec<Range<usize>>>,
    has_stand_ins: bool,
    /// What kubectl takes for one line break, and other readers for none or for two.
    pub(super) doubt: Option<Problem>,
}

struct Mend {
    at: usize,
    removed: usize,
    added: &'static str,
    is_guess: bool,
    /// Where the mended text has what is added.
    to: usize,
}

impl Mend {
    fn new(at: usize, removed: usize, added: &'static str) -> Self {
        Self { at, removed, added, is_guess: false, to: 0 }
    }
}

/// As deep as any block can be.
const SPACES: &str = match std::str::from_utf8(&[b' '; 1024]) {
    Ok(spaces) => spaces,
    Err(_) => "",
};
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// What no text has: Unicode has set it aside for programs' own use. The parser doesn't take the mark for text everywhere.
const STAND_IN: &str = "\u{10fffe}";
/// What kubectl takes for one line break.
const NEXT_LINE: (&str, &str) = (
    "kubectl takes the character U+0085 for a line break, and other readers for text",
    "write \"\\u0085\", or remove it",
);
const RETURNS: (&str, &str) = (
    "kubectl takes two carriage returns and a line feed for one line break, and other readers for two",
    "end lines with the line feed alone",
);
/// How many bytes mends may add.
const MOST_ADDED: usize = 32 << 20;

impl<'t> Mended<'t> {
    pub(super) fn new(lines: &'t Lines<'t>, Part { bytes: part, is_json, begin, .. }: Part) -> Self {
        let text = Cow::Borrowed(&lines.text[part.clone()]);
        let mut mended = Self {
            lines,
            part,
            is_json,
            is_explicit: !is_json && begin.is_none(),
            text,
            mends: Vec::new(),
            guesses: None,
            has_stand_ins: false,
            doubt: None,
        };
        if !is_json {
            mended.mend_line_breaks(begin);
            mended.mend_marks(begin);
            mended.apply();
        }
        mended
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn is_json(&self) -> bool {
        self.is_json
    }

    /// What the whole text has from one of its own bytes on, if a character begins there.
    pub(super) fn original_from(&self, byte: usize) -> &'t str {
        self.lines.text.get(byte..).unwrap_or_default()
    }

    /// What the whole text has before one of its own bytes.
    pub(super) fn original_until(&self, byte: usize) -> &'t str {
        &self.lines.text[..byte]
    }

    /// The header of the block scalar that begins at a byte of the whole text: `|2-`.
    pub(super) fn header(&self, begin: usize) -> &'t str {
        let text = self.lines.text;
        let begin = if text[begin..].starts_with(['|', '>']) {
            begin
        } else {
            text[..begin].rfind(['|', '>']).unwrap_or(begin)
        };
        text[begin..].lines().next().unwrap_or_default()
    }

    /// The place in the whole text of two bytes of this one.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.lines.span(self.original_byte(start), self.original_byte(end))
    }

    /// A scalar's or a comment's text, with the characters that the whole text has.
    pub(super) fn restored(&self, text: String) -> String {
        if self.has_stand_ins { text.replace(STAND_IN, BYTE_ORDER_MARK) } else { text }
    }

    fn original_byte(&self, byte: usize) -> usize {
        let next = self.mends.partition_point(|mend| mend.to <= byte);
        let limit = self.mends.get(next).map_or(self.part.end, |mend| mend.at);
        let original = match next.checked_sub(1).map(|last| &self.mends[last]) {
            None => self.part.start + byte,
            Some(mend) if byte < mend.to + mend.added.len() => mend.at,
            Some(mend) => mend.at + mend.removed + (byte - mend.to - mend.added.len()),
        };
        original.min(limit)
    }

    /// kubectl ends the last line of a stream if nobody else has, and drops a carriage return at the end of each line.
    /// Others are line breaks, and so is U+0085.
    fn mend_line_breaks(&mut self, begin: Option<usize>) {
        let text = &self.lines.text[self.part.clone()];
        let bytes = text.as_bytes();
        let broken = if text.is_ascii() && !bytes.contains(&b'\r') { "" } else { text };
        let mut doubtful = None;
        for (at, found) in broken.match_indices(['\r', '\u{85}']) {
            let place = self.part.start + at;
            let returns = bytes[at..].iter().take(3).take_while(|byte| **byte == b'\r').count();
            let is_before_feed = bytes.get(at + returns) == Some(&b'\n');
            match returns {
                // In the line `---`, which goes away with everything in it.
                0 if begin.is_some_and(|begin| place < begin) => {}
                1.. if begin.is_some_and(|begin| place + returns < begin && !is_before_feed) => {
                    self.mends.push(Mend::new(place, 1, " "));
                }
                1 if is_before_feed && (at == 0 || bytes[at - 1] != b'\r') => {}
                1 if is_before_feed => self.mends.push(Mend::new(place, 1, "")),
                2 if is_before_feed => doubtful = doubtful.or(Some((place..place + 3, RETURNS))),
                returns => {
                    let next_line = (place..place + found.len(), NEXT_LINE);
                    doubtful = doubtful.or((returns == 0).then_some(next_line));
                    self.mends.push(Mend::new(place, found.len(), "\n"));
                }
            }
        }
        self.doubt = doubtful.map(|(place, (message, help))| {
            Problem::doubt(self.lines.span(place.start, place.end), message.to_owned()).help(help)
        });
        if !text.is_empty() && !text.ends_with(['\n', '\r']) {
            self.mends.push(Mend::new(self.part.end, 0, "\n"));
        }
    }

    /// kubectl skips a byte order mark where a document begins. Anywhere else, it is a character.
    fn mend_marks(&mut self, begin: Option<usize>) {
        let text = &self.lines.text[self.part.clone()];
        let is_marked_twice = begin.is_some_and(|begin| self.original_from(begin).starts_with("\u{feff}\u{feff}"));
        if text.is_ascii() || is_marked_twice || text.contains(STAND_IN) {
            return;
        }
        let marks = text.match_indices(BYTE_ORDER_MARK).map(|(at, _)| self.part.start + at);
        self.mends.extend(marks.map(|at| {
            let stand_in = if Some(at) == begin { "" } else { STAND_IN };
            Mend::new(at, BYTE_ORDER_MARK.len(), stand_in)
        }));
        self.has_stand_ins = self.mends.iter().any(|mend| mend.added == STAND_IN);
    }

    /// Puts a space before a comment. Says whether there is one.
    pub(super) fn space_comment(&mut self, at: usize) -> bool {
        self.text[at..].starts_with('#') && self.mend(vec![Mend::new(self.original_byte(at), 0, " ")])
    }

    /// Mends the quoted scalar that goes on at a byte. It begins after `from`, maybe after other quoted scalars. Says
    /// whether there is something to mend.
    pub(super) fn mend_quoted(&mut self, from: usize, at: usize) -> bool {
        let mut start = from;
        let quoted = loop {
            let Some(quote) = self.text[start..].find(['\'', '"']).map(|found| start + found) else { return false };
            match quoted_end(&self.text, quote) {
                _ if quote > at => return false,
                Some(end) if end > at => break quote..end,
                Some(end) => start = end,
                None => return false,
            }
        };
        let mut mends = self.mends_of(&quoted);
        // Who wrote one such scalar has written others, and reading the text again for each would take long.
        if self.guesses.is_none() {
            let mut guesses = Vec::new();
            for likely in likely_quoted(&self.text, quoted.end) {
                let of_likely = self.mends_of(&likely);
                if !of_likely.is_empty() {
                    mends.extend(of_likely.into_iter().map(|mend| Mend { is_guess: true, ..mend }));
                    guesses.push(self.original_byte(likely.start)..self.original_byte(likely.end));
                }
            }
            self.guesses = Some(guesses);
        }
        self.mend(mends)
    }

    fn mends_of(&self, quoted: &Range<usize>) -> Vec<Mend> {
        let (lines, indent) = unindented_lines(&self.text, quoted);
        let spaces = &SPACES[..indent.min(SPACES.len())];
        let indented = lines.into_iter().map(|begin| Mend::new(self.original_byte(begin), 0, spaces));
        // `x27` behind the backslash is the same character.
        let unescaped = escaped_single_quotes(&self.text, quoted).into_iter();
        indented.chain(unescaped.map(|at| Mend::new(self.original_byte(at), 1, "x27"))).collect()
    }

    /// What was guessed after the first guesses, in the whole text.
    pub(super) fn guess(&self, after: usize) -> Option<&Range<usize>> {
        self.guesses.as_ref()?.get(after)
    }

    /// Takes all guesses back but the first ones.
    pub(super) fn take_guesses_back(&mut self, right: usize) {
        let Some(guesses) = &mut self.guesses else { return };
        let Some(wrong) = guesses.get(right).map(|guess| guess.start) else { return };
        guesses.truncate(right);
        self.mends.retain(|mend| !mend.is_guess || mend.at < wrong);
        self.apply();
    }

    /// Applies mends. Says whether there is a new one among them.
    fn mend(&mut self, mut mends: Vec<Mend>) -> bool {
        mends.retain(|mend| {
            self.mends.binary_search_by_key(&(mend.at, mend.removed), |known| (known.at, known.removed)).is_err()
        });
        let added: usize = mends.iter().chain(&self.mends).map(|mend| mend.added.len()).sum();
        if mends.is_empty() || added > MOST_ADDED {
            return false;
        }
        self.mends.append(&mut mends);
        self.apply();
        true
    }

    fn apply(&mut self) {
        if self.mends.is_empty() {
            self.text = Cow::Borrowed(&self.lines.text[self.part.clone()]);
            return;
        }
        self.mends.sort_unstable_by_key(|mend| (mend.at, mend.removed));
        let added: usize = self.mends.iter().map(|mend| mend.added.len()).sum();
        let mut text = String::with_capacity(self.part.len() + added);
        let mut from = self.part.start;
        for mend in &mut self.mends {
            text.push_str(&self.lines.text[from..mend.at]);
            mend.to = text.len();
            text.push_str(mend.added);
            from = mend.at + mend.removed;
        }
        text.push_str(&self.lines.text[from..self.part.end]);
        self.text = Cow::Owned(text);
    }
}
