//! A rule page in Markdown → [`Page`]: what it says, and the examples that prove it.
//!
//! A page is one `# title`, TOML blocks with the rules, prose, and sections: each `## title` with
//! fenced blocks is an example. `` ```rust shop/src/cart.rs `` is a file of its workspace (the first
//! folder is a package), `` ```toml shop/Cargo.toml `` too; a `` ```toml `` block without a path adds
//! rules for this example alone. `//~ rule-id` (in TOML `#~ rule-id`) at the end of a line says that
//! the rule must be found broken there, once for each time that it is named.

use std::ops::Range;

use crate::model::{FileId, Span};

use super::Problem;

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The text of `# …`: the id of the page's rule, or a verb.
    pub title: String,
    /// The rules that all examples share, as a `boundaries.toml` of the page's own length: what is
    /// no TOML is blank, so that places in it are places in the page.
    pub boundaries: String,
    /// What stands before the first example, its rules left out.
    pub prose: String,
    /// In the order of the page.
    pub examples: Vec<Example>,
}

/// A small workspace and what must be found in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// The text of `## …`.
    pub title: String,
    /// The page's rules and those of this example; in it, too, what is no TOML is blank.
    pub boundaries: String,
    /// Its files.
    pub files: Vec<ExampleFile>,
    /// Where its title stands.
    pub span: Span,
}

/// A file of an example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExampleFile {
    /// `shop/src/cart.rs`.
    pub path: String,
    /// Its text, marks included.
    pub text: String,
    /// Where the text stands in the page.
    pub span: Span,
    /// What must be found, in the order of lines.
    pub marks: Vec<Mark>,
}

/// Rules that must be found broken on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The line in the file, from 1.
    pub line: u32,
    /// Their ids; one that must be found twice stands twice.
    pub rules: Vec<String>,
    /// Where the mark stands in the page.
    pub span: Span,
}

/// Reads a page; what is faulty is told and left out.
pub fn parse_page(text: &str, file: FileId) -> (Page, Vec<Problem>) {
    let mut reader =
        Reader { text, file, page: Page::default(), shared: Vec::new(), problems: Vec::new() };
    let mut own = Vec::new();
    for part in parts(text, true) {
        match part {
            Part::Line(range) => reader.line(range, &mut own),
            Part::Block(block) => reader.block(&block, &mut own),
        }
    }
    reader.end(&mut own);
    (reader.page, reader.problems)
}

/// What [`Page::boundaries`] says, up to its last line; the examples are not read.
pub fn boundaries_of(text: &str) -> String {
    let blocks = parts(text, false).into_iter().filter_map(|part| match part {
        Part::Block(block) if text[block.info.clone()].trim() == "toml" => Some(block.text),
        _ => None,
    });
    let blocks: Vec<Range<usize>> = blocks.collect();
    blanked(&text[..blocks.last().map_or(0, |last| last.end)], &blocks)
}

/// A line of prose, or a fenced block.
enum Part {
    Line(Range<usize>),
    Block(Block),
}

struct Block {
    /// What stands behind the opening fence.
    info: Range<usize>,
    text: Range<usize>,
    closed: bool,
}

/// The parts of a page, or of what stands before its first example.
fn parts(text: &str, examples: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open: Option<(usize, Block)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.trim_end().len());
        at += line.len();
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        match open.take() {
            Some((fence, block)) if ticks >= fence && start + ticks == end => {
                parts.push(Part::Block(Block { closed: true, ..block }));
            }
            Some((fence, block)) => {
                open = Some((fence, Block { text: block.text.start..at, ..block }));
            }
            None if ticks >= 3 => {
                let info = start + ticks..end.max(start + ticks);
                open = Some((ticks, Block { info, text: at..at, closed: false }));
            }
            None if !examples && line.starts_with("## ") => break,
            None => parts.push(Part::Line(start..at)),
        }
    }
    parts.extend(open.map(|(_, block)| Part::Block(block)));
    parts
}

struct Reader<'t> {
    text: &'t str,
    file: FileId,
    page: Page,
    /// The TOML blocks before the first example.
    shared: Vec<Range<usize>>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span { file: self.file, start: range.start as u32, end: range.end as u32 }
    }

    fn fault(&mut self, range: Range<usize>, message: impl Into<String>) {
        let span = self.span(range);
        self.problems.push(Problem::fatal("page/form", span, message));
    }

    fn line(&mut self, range: Range<usize>, own: &mut Vec<Range<usize>>) {
        let line = self.text[range.clone()].trim_end();
        let whole = range.start..range.start + line.len();
        if let Some(title) = line.strip_prefix("## ") {
            self.end_example(own);
            let span = self.span(whole);
            let title = title.trim().to_owned();
            self.page.examples.push(Example { title, span, ..Example::default() });
        } else if let Some(title) = line.strip_prefix("# ") {
            if self.page.title.is_empty() {
                title.trim().clone_into(&mut self.page.title);
            } else {
                self.fault(whole, "a page has one title; examples begin with `## `");
            }
        } else if self.page.examples.is_empty() {
            self.page.prose.push_str(&self.text[range]);
        }
    }

    fn block(&mut self, block: &Block, own: &mut Vec<Range<usize>>) {
        if !block.closed {
            self.fault(block.info.start.saturating_sub(3)..block.info.end, "the block has no end");
        }
        let info = self.text[block.info.clone()].trim();
        match info.split_once(char::is_whitespace) {
            None if info == "toml" && self.page.examples.is_empty() => {
                self.shared.push(block.text.clone());
            }
            None if info == "toml" => own.push(block.text.clone()),
            Some((language @ ("rust" | "toml"), path)) => self.file(language, path.trim(), block),
            _ if self.page.examples.is_empty() => {
                let text = &self.text[block.text.clone()];
                self.page.prose.extend(["```", info, "\n", text, "```\n"]);
            }
            _ => {}
        }
    }

    fn file(&mut self, language: &str, path: &str, block: &Block) {
        let fault = match self.page.examples.last() {
            None => Some("a file belongs to an example: it stands below a `## `"),
            Some(_) if !is_local(path) => Some("a file's path is relative and has no `..`"),
            Some(example) if example.files.iter().any(|file| file.path == path) => {
                Some("the example has this file already")
            }
            Some(_) => None,
        };
        if let Some(fault) = fault {
            return self.fault(block.info.clone(), fault);
        }
        let marks = self.marks(if language == "rust" { "//~" } else { "#~" }, block.text.clone());
        let file = ExampleFile {
            path: path.to_owned(),
            text: self.text[block.text.clone()].to_owned(),
            span: self.span(block.text.clone()),
            marks,
        };
        self.page.examples.last_mut().expect("looked at above").files.push(file);
    }

    fn marks(&mut self, sign: &str, range: Range<usize>) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut at = range.start;
        for (number, line) in self.text[range].split_inclusive('\n').enumerate() {
            let (start, end) = (at, at + line.trim_end().len());
            at += line.len();
            let Some(mark) = line.rfind(sign) else { continue };
            let place = start + mark..end;
            let ids = &self.text[start + mark + sign.len()..end];
            let rules: Vec<String> = ids.split_whitespace().map(str::to_owned).collect();
            if rules.is_empty() {
                self.fault(place.clone(), "the mark names no rule");
            }
            let line = u32::try_from(number + 1).unwrap_or(u32::MAX);
            marks.push(Mark { line, rules, span: self.span(place) });
        }
        marks
    }

    /// What an example needs: a rule and a file.
    fn end_example(&mut self, own: &mut Vec<Range<usize>>) {
        let blocks = [self.shared.clone(), std::mem::take(own)].concat();
        let boundaries = blanked(self.text, &blocks);
        let Some(example) = self.page.examples.last_mut() else { return };
        example.boundaries = boundaries;
        let place = example.span.start as usize..example.span.end as usize;
        let lacks_files = example.files.is_empty();
        if lacks_files {
            self.fault(place.clone(), "the example has no file");
        }
        if blocks.is_empty() {
            self.fault(place, "the example has no rule: neither its own nor one of the page");
        }
    }

    fn end(&mut self, own: &mut Vec<Range<usize>>) {
        self.end_example(own);
        self.page.boundaries = blanked(self.text, &self.shared);
        self.page.prose = self.page.prose.trim().to_owned();
        if self.page.title.is_empty() {
            self.fault(0..0, "the page has no title: a line `# rule-id`");
        }
    }
}

/// Whether a path stays below the folder that it is put into.
fn is_local(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    !path.contains(['\\', ':']) && path.split('/').all(plain)
}

/// A text of the same length in which all but some ranges is blank.
fn blanked(text: &str, kept: &[Range<usize>]) -> String {
    let mut blank = String::with_capacity(text.len());
    let mut at = 0;
    for range in kept {
        blank.extend(text[at..range.start].bytes().map(blank_byte));
        blank.push_str(&text[range.clone()]);
        at = range.end;
    }
    blank.extend(text[at..].bytes().map(blank_byte));
    blank
}

fn blank_byte(byte: u8) -> char {
    if byte == b'\n' { '\n' } else { ' ' }
}
