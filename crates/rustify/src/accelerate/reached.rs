//! The part of a generated crate that one function reaches, in words that do not hang on the other functions.
//!
//! Names of the crate end in numbers that count all functions and captured names of the file, and some items tell lines
//! of it: a text here has numbers in the order in which it comes to the items, and no lines.

use std::collections::HashMap;
use std::fmt::Write;

/// The crate's items by name. Modules may have items of one name: all of them count.
#[derive(Debug, Default)]
pub struct Items<'a> {
    named: HashMap<&'a str, Vec<&'a str>>,
    /// What stands outside of items with a name, and belongs to every function.
    rest: Vec<&'a str>,
}

/// The first words of a line that begins an item.
const BEGINNINGS: [&str; 8] = [
    "pub(crate) fn ",
    "pub(crate) static ",
    "pub(crate) const ",
    "pub(crate) struct ",
    "fn ",
    "static ",
    "const ",
    "struct ",
];

impl<'a> Items<'a> {
    /// Takes the crate's own files apart; the support is the same for every crate of one version.
    pub fn of(files: &'a [(String, String)]) -> Self {
        let mut items = Self::default();
        let own = |name: &str| name.starts_with("src/") && !name.contains("support/");
        for (_, text) in files.iter().filter(|(name, _)| own(name)) {
            for block in blocks(text) {
                match name_of(block) {
                    Some(name) => items.named.entry(name).or_default().push(block),
                    None => items.rest.push(block),
                }
            }
        }
        items
    }

    /// All that the entry of a function reaches; nothing where the crate has no such entry.
    pub fn reached(&self, qualname: &str, line: u32) -> Option<String> {
        let head = [format!("qualname: {qualname:?},"), format!("line: {line},")];
        let is_entry = |block: &&str| head.iter().all(|part| block.contains(part.as_str()));
        let mut entries = self.named.values().flatten().copied().filter(is_entry);
        let entry = entries.next()?;
        if entries.next().is_some() {
            return None;
        }
        let mut walk = Walk {
            items: self,
            numbers: HashMap::new(),
            waiting: Vec::new(),
            text: String::new(),
        };
        walk.write(entry);
        while let Some(name) = walk.waiting.pop() {
            for block in &self.named[name] {
                walk.write(block);
            }
        }
        for block in &self.rest {
            // What names the crate and lists all of its functions.
            if !block.starts_with("impl Table") && !block.starts_with("support::attach::module!") {
                walk.write(block);
            }
        }
        Some(walk.text)
    }
}

struct Walk<'a, 'b> {
    items: &'b Items<'a>,
    numbers: HashMap<&'a str, usize>,
    waiting: Vec<&'a str>,
    text: String,
}

impl<'a> Walk<'a, '_> {
    /// An item's lines, names of items in it as numbers.
    fn write(&mut self, block: &'a str) {
        for line in block.lines() {
            if line.trim_start().starts_with("line: ") {
                continue;
            }
            if line.trim_start().starts_with("///") {
                self.text.push_str(line);
            } else {
                self.code(without_line(line));
            }
            self.text.push('\n');
        }
    }

    fn code(&mut self, line: [&'a str; 2]) {
        for part in line {
            let mut rest = part;
            while let Some(at) = rest.find(is_part_of_name) {
                self.text.push_str(&rest[..at]);
                rest = &rest[at..];
                let end = rest.find(|c| !is_part_of_name(c)).unwrap_or(rest.len());
                self.word(&rest[..end]);
                rest = &rest[end..];
            }
            self.text.push_str(rest);
        }
    }

    fn word(&mut self, word: &'a str) {
        if !self.items.named.contains_key(word) {
            self.text.push_str(word);
            return;
        }
        let next = self.numbers.len();
        let waiting = &mut self.waiting;
        let number = *self.numbers.entry(word).or_insert_with(|| {
            waiting.push(word);
            next
        });
        let _ = write!(self.text, "#{number}");
    }
}

fn is_part_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A line in two parts, without the number of the line of the file that a captured function tells.
fn without_line(line: &str) -> [&str; 2] {
    const PLACE: &str = "Place::Function(\"";
    let whole = [line, ""];
    let Some(at) = line.find(PLACE) else {
        return whole;
    };
    let Some(comma) = line[at + PLACE.len()..].find("\", ") else {
        return whole;
    };
    let from = at + PLACE.len() + comma + 3;
    let digits = line[from..]
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(0);
    [&line[..from], &line[from + digits..]]
}

/// Pieces between empty lines; what goes on indented belongs to the piece before.
fn blocks(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut begin = 0;
    for (at, _) in text.match_indices("\n\n") {
        let next = &text[at + 2..];
        if next.starts_with([' ', '}', '\n']) {
            continue;
        }
        found.push(&text[begin..at]);
        begin = at + 2;
    }
    found.push(&text[begin..]);
    found
}

fn name_of(block: &str) -> Option<&str> {
    let line = block
        .lines()
        .find(|line| !line.starts_with("//") && !line.starts_with('#'))?;
    let name = BEGINNINGS.iter().find_map(|b| line.strip_prefix(b))?;
    name.split(|c| !is_part_of_name(c))
        .next()
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(lib: &str, functions: &str) -> Vec<(String, String)> {
        let captures = "pub(crate) static FUNCTION_G_4: Capture = Capture::new(Place::Function(\"g\", 9, c\"\"));";
        vec![
            ("src/lib.rs".into(), lib.into()),
            ("src/functions.rs".into(), functions.into()),
            ("src/captures.rs".into(), captures.into()),
            (
                "src/support/list.rs".into(),
                "pub(crate) fn helper() {}".into(),
            ),
        ]
    }

    const LIB: &str = "static FUNCTION_0: Function = Function {\n    qualname: \"f\",\n    line: 3,\n    entries: &[f_0],\n};\n\n\
        impl Table for Module {\n    const FUNCTIONS: &[] = &[&FUNCTION_0];\n}";
    const FUNCTIONS: &str = "///     def f():\npub(crate) fn f_0() { captures::FUNCTION_G_4; g_1() }\n\npub(crate) fn g_1() -> i64 { 1 }\n\n\
        pub(crate) fn h_2() -> i64 { 7 }";

    fn text(lib: &str, functions: &str, line: u32) -> Option<String> {
        let files = files(lib, functions);
        Items::of(&files).reached("f", line)
    }

    #[test]
    fn numbers_lines_and_other_functions_do_not_count() {
        let before = text(LIB, FUNCTIONS, 3);
        assert!(before.is_some());
        assert_eq!(before, text(LIB, &FUNCTIONS.replace('7', "8"), 3));
        let moved = FUNCTIONS.replace("f_0", "f_5").replace("g_1", "g_6");
        assert_eq!(
            before,
            text(
                &LIB.replace("f_0", "f_5").replace("line: 3", "line: 4"),
                &moved,
                4
            )
        );
    }

    #[test]
    fn what_is_reached_counts() {
        let before = text(LIB, FUNCTIONS, 3);
        assert_ne!(before, text(LIB, &FUNCTIONS.replace("{ 1 }", "{ 2 }"), 3));
        assert_ne!(
            before,
            text(LIB, &FUNCTIONS.replace("def f()", "def f( )"), 3)
        );
        assert_eq!(text(LIB, FUNCTIONS, 5), None);
    }
}
