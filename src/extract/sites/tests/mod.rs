//! Source in, rendered sites out: `text of the site: what is asked of it`, for each site whose text
//! an expectation names.

mod arguments;
mod chains;
mod fates;
mod frames;
mod items;
mod macros;
mod pieces;
mod robust;
mod sheet;

use std::collections::BTreeSet;

use super::{Argument, Fate, FrameId, FrameKind, LoopKind, Receiver, Shape, Site, SiteKind, Sites};
use super::{Range, Words, read};

/// Compares what is asked of sites with the expected lines, indentation apart.
#[track_caller]
fn check(source: &str, ask: fn(&File<'_>, &Site) -> String, expected: &str) {
    let file = File { text: source, sites: read(source) };
    let expected = lines(expected);
    let named: Vec<&str> = expected.iter().map(|line| name_in(line)).collect();
    let sites = file.sites.sites.iter().filter(|site| named.contains(&file.at(site.range)));
    let render = |site: &Site| format!("{}: {}", file.at(site.range), ask(&file, site));
    let found: Vec<String> = sites.map(|site| render(site).trim_end().to_owned()).collect();
    assert_eq!(found, expected, "of {source}");
}

fn name_in(line: &str) -> &str {
    line.split_once(": ").map_or_else(|| line.trim_end_matches(':'), |(name, _)| name)
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// Sites and the text that they speak of.
struct File<'a> {
    text: &'a str,
    sites: Sites,
}

impl File<'_> {
    fn at(&self, range: Range) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }

    fn texts(&self, ranges: &[Range]) -> String {
        ranges.iter().map(|range| self.at(*range)).collect::<Vec<_>>().join(" ")
    }

    /// `fn f > for > closure(spawn 0)`.
    fn frames(&self, id: FrameId) -> String {
        let mut names: Vec<String> =
            self.sites.around(id).map(|(_, frame)| self.frame_name(&frame.kind)).collect();
        names.reverse();
        names.join(" > ")
    }

    fn frame_name(&self, kind: &FrameKind) -> String {
        let of = |argument_of: &Option<(super::SiteId, u32)>| {
            argument_of.map_or(String::new(), |(site, place)| {
                format!("({} {place})", self.at(self.sites.site(site).range))
            })
        };
        match kind {
            FrameKind::File => "file".to_owned(),
            FrameKind::Module => "mod".to_owned(),
            FrameKind::Function(id) => format!("fn {}", self.sites.functions[id.0 as usize].name),
            FrameKind::Global(id) => format!("={}", self.sites.globals[*id as usize].name),
            FrameKind::Loop { kind: LoopKind::For, .. } => "for".to_owned(),
            FrameKind::Loop { kind: LoopKind::While, .. } => "while".to_owned(),
            FrameKind::Loop { kind: LoopKind::Endless, .. } => "loop".to_owned(),
            FrameKind::Closure { argument_of, is_async } => {
                format!("{}closure{}", if *is_async { "async " } else { "" }, of(argument_of))
            }
            FrameKind::Async { argument_of } => format!("async{}", of(argument_of)),
            FrameKind::Macro(site) => format!("{}!", self.at(self.sites.site(*site).range)),
            FrameKind::Block => "block".to_owned(),
        }
    }
}

/// The words in a range, those of nested items left out; sorted, each once.
fn words(source: &str, range: Range, nested: &[Range]) -> String {
    let whole = Range { start: 0, end: source.len() as u32 };
    let words = Words::read(source, whole);
    let words =
        words.within(range, nested).map(|one| &source[one.start as usize..one.end as usize]);
    words.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

/// Where it stands.
fn place(file: &File<'_>, site: &Site) -> String {
    file.frames(site.frame)
}

/// What becomes of it.
fn fate(file: &File<'_>, site: &Site) -> String {
    let Fate { discarded, unused, returned, stored, moved, bound, held_across } = site.fate;
    let facts = [
        (discarded, "discarded"),
        (unused, "unused"),
        (returned, "returned"),
        (stored, "stored"),
        (moved, "moved"),
        (bound, "bound"),
    ];
    let mut words: Vec<String> =
        facts.iter().filter(|(holds, _)| *holds).map(|(_, word)| (*word).to_owned()).collect();
    words.extend(held_across.map(|range| format!("across {}", file.at(range))));
    if words.is_empty() { "nothing".to_owned() } else { words.join(" ") }
}

/// What is called on it.
fn chain(_: &File<'_>, site: &Site) -> String {
    let methods = site.chain.join(".");
    format!(".{methods}{}", if site.awaited { " awaited" } else { "" })
}

/// On what a method is called.
fn receiver(file: &File<'_>, site: &Site) -> String {
    let SiteKind::Method { receiver, .. } = &site.kind else { return "no method".to_owned() };
    match receiver {
        Receiver::Site(id) => format!("result of {}", file.at(file.sites.site(*id).range)),
        Receiver::Type(range) => format!("a {}", file.at(*range)),
        Receiver::Own => "self".to_owned(),
        Receiver::Field(name) => format!("field {name}"),
        Receiver::Local(name) => format!("local {name}"),
        Receiver::Unknown => "unknown".to_owned(),
    }
}

/// Its arguments: shape and dependence.
fn arguments(file: &File<'_>, site: &Site) -> String {
    let render = |argument: &Argument| {
        let shape = match argument.shape {
            Shape::Literal => "literal",
            Shape::Closure => "closure",
            Shape::Path => "path",
            Shape::Other => "other",
        };
        let frame = file.sites.frame(argument.depends_on);
        let on = match argument.depends_on {
            FrameId(0) => "nothing".to_owned(),
            _ => file.frame_name(&frame.kind),
        };
        format!("{shape} on {on}")
    };
    site.arguments.iter().map(render).collect::<Vec<_>>().join(", ")
}
