//! Marked places + sources → the few lines that a drawing shows.
//!
//! Only these lines are copied, hidden characters replaced one for one; of a long line only the
//! part around the first mark. A mark that runs over several lines is cut at the end of its first.

use std::collections::BTreeMap;
use std::ops::Range;

use codespan_reporting::diagnostic::{Label, LabelStyle};
use codespan_reporting::files::{Error, Files};

use crate::model::{FileId, Span};
use crate::report::position::{Positions, Unit, floor};
use crate::report::visible::{shown, visible};

/// From how many bytes on a line is long.
const LONG: u32 = 400;
/// How many bytes of a long line stand before the mark.
const BEFORE: u32 = 100;

/// A place with a word.
pub(super) struct Mark {
    pub(super) style: LabelStyle,
    pub(super) span: Span,
    pub(super) text: String,
}

/// Every line that one drawing needs; a label's file is an index into it.
pub(super) struct Excerpts {
    files: Vec<Excerpt>,
}

struct Excerpt {
    file: FileId,
    name: String,
    /// The lines as shown, each with a line end.
    text: String,
    /// In order.
    lines: Vec<Line>,
}

struct Line {
    /// From 1.
    number: u32,
    /// The bytes of the file that are shown.
    window: Range<u32>,
    /// The column of the window's start, from 1.
    column: u32,
    /// Where the line stands in [`Excerpt::text`].
    range: Range<usize>,
    /// Where in there the window starts: behind the dots for what is left out.
    start: usize,
}

impl Excerpts {
    /// The lines for these marks.
    pub(super) fn new(marks: &[Mark], positions: &Positions<'_>, dots: &str) -> Self {
        let mut files: Vec<(FileId, BTreeMap<u32, u32>)> = Vec::new();
        for mark in marks {
            let file = mark.span.file;
            let known = files.iter().position(|(other, _)| *other == file);
            let index = known.unwrap_or_else(|| {
                files.push((file, BTreeMap::new()));
                files.len() - 1
            });
            let line = positions.start(mark.span).line;
            files[index].1.entry(line).or_insert(mark.span.start);
        }
        let excerpt = |(file, lines)| Excerpt::new(file, with_gaps_closed(lines), positions, dots);
        Self { files: files.into_iter().map(excerpt).collect() }
    }

    /// The mark as a label; none if it stands in a part of a long line that is not shown.
    pub(super) fn label(&self, mark: &Mark, positions: &Positions<'_>) -> Option<Label<usize>> {
        let span = mark.span;
        let file = self.files.iter().position(|excerpt| excerpt.file == span.file)?;
        let excerpt = &self.files[file];
        let line = excerpt.line(positions.start(span).line).ok()?;
        let text = &positions.file(span.file).text;
        let whole = positions.line(span.file, line.number);
        let start = floor(text, span.start.clamp(whole.start, whole.end));
        let within = line.window.contains(&start) || start == line.window.end;
        let end = floor(text, span.end.clamp(start, line.window.end.max(start)));
        let range = || line.place(text, start)..line.place(text, end);
        within.then(|| Label::new(mark.style, file, range()).with_message(&mark.text))
    }
}

/// A single line between two others is drawn as well.
fn with_gaps_closed(mut lines: BTreeMap<u32, u32>) -> BTreeMap<u32, u32> {
    let numbers: Vec<u32> = lines.keys().copied().collect();
    for pair in numbers.windows(2) {
        if pair[1] - pair[0] == 2 {
            lines.insert(pair[0] + 1, 0);
        }
    }
    lines
}

impl Excerpt {
    fn new(
        file: FileId,
        wanted: BTreeMap<u32, u32>,
        positions: &Positions<'_>,
        dots: &str,
    ) -> Self {
        let name = visible(positions.file(file).path.as_str()).into_owned();
        let mut excerpt = Self { file, name, text: String::new(), lines: Vec::new() };
        for (number, focus) in wanted {
            excerpt.push(number, focus, positions, dots);
        }
        excerpt
    }

    fn push(&mut self, number: u32, focus: u32, positions: &Positions<'_>, dots: &str) {
        let source = &positions.file(self.file).text;
        let whole = positions.line(self.file, number);
        let window = window(source, &whole, focus);
        let begin = self.text.len();
        if window.start > whole.start {
            self.text.push_str(dots);
        }
        let start = self.text.len();
        self.text.extend(slice(source, &window).chars().map(shown));
        if window.end < whole.end {
            self.text.push_str(dots);
        }
        let range = begin..self.text.len();
        self.text.push('\n');
        let column = positions.at(self.file, window.start, Unit::Scalars).column;
        self.lines.push(Line { number, window, column, range, start });
    }

    fn line(&self, number: u32) -> Result<&Line, Error> {
        let index = self.lines.binary_search_by_key(&number, |line| line.number);
        let missing = Error::LineTooLarge { given: number as usize, max: self.lines.len() };
        index.map(|index| &self.lines[index]).map_err(|_| missing)
    }
}

impl Line {
    /// Where a byte of the window stands in the excerpt.
    fn place(&self, source: &str, offset: u32) -> usize {
        let before = slice(source, &(self.window.start..offset));
        self.start + before.chars().map(|character| shown(character).len_utf8()).sum::<usize>()
    }
}

fn window(source: &str, whole: &Range<u32>, focus: u32) -> Range<u32> {
    if whole.end - whole.start <= LONG {
        return whole.clone();
    }
    let latest = (whole.end - LONG).max(whole.start);
    let start = focus.saturating_sub(BEFORE).clamp(whole.start, latest);
    floor(source, start).max(whole.start)..floor(source, start + LONG)
}

fn slice<'a>(source: &'a str, range: &Range<u32>) -> &'a str {
    &source[range.start as usize..range.end as usize]
}

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.files.get(id).ok_or(Error::FileMissing)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.files.get(id).ok_or(Error::FileMissing)?.text)
    }

    fn line_index(&'a self, id: usize, offset: usize) -> Result<usize, Error> {
        let lines = &self.files.get(id).ok_or(Error::FileMissing)?.lines;
        let after = lines.partition_point(|line| line.range.start <= offset);
        let line = after.checked_sub(1).and_then(|index| lines.get(index));
        Ok(line.ok_or(Error::FileMissing)?.number as usize - 1)
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        let excerpt = self.files.get(id).ok_or(Error::FileMissing)?;
        Ok(excerpt.line(index as u32 + 1)?.range.clone())
    }

    fn column_number(&'a self, id: usize, index: usize, offset: usize) -> Result<usize, Error> {
        let excerpt = self.files.get(id).ok_or(Error::FileMissing)?;
        let line = excerpt.line(index as u32 + 1)?;
        let before = excerpt.text.get(line.start..offset).unwrap_or_default();
        Ok(line.column as usize + before.chars().count())
    }
}
