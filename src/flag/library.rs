//! Pieces of files whose syntax has been read, each at most once.

use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{AT_A_TIME, Code};
use crate::extract::Range;
use crate::extract::sites::{
    self, FrameId, FrameKind, FunctionId, Pieces, Sheet, Site, SiteId, SiteKind, Sites, TypeItem,
    Words,
};
use crate::model::FileId;

/// A piece of a file; ordered by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PieceId {
    pub(super) file: FileId,
    /// Its place among the file's pieces.
    at: u32,
}

/// The files of the workspace.
pub(super) struct Library<'a> {
    code: Code<'a>,
    /// What an earlier run knew of each file.
    sheets: Vec<Sheet<'a>>,
    cut: Vec<OnceLock<Cut<'a>>>,
}

/// A file in pieces.
struct Cut<'a> {
    pieces: Pieces,
    read: Vec<OnceLock<Box<Read<'a>>>>,
}

impl Cut<'_> {
    /// What is known of each piece.
    fn sites(&self) -> impl Iterator<Item = Option<&Sites>> {
        self.read.iter().map(|read| read.get().map(|read| &read.sites))
    }
}

/// A piece whose syntax has been read.
pub(super) struct Read<'a> {
    pub(super) id: PieceId,
    pub(super) file: FileId,
    /// The text of the whole file.
    pub(super) text: &'a str,
    /// What the piece does, and the heads around it.
    pub(super) sites: Sites,
    /// Where the piece itself stands.
    own: Range,
    words: OnceLock<Words>,
    /// Arguments of calls by their ranges, sorted: whose, and which one. Of equals the last counts.
    arguments: Vec<(Range, (SiteId, u32))>,
    /// Sites by the start of their name, sorted.
    by_start: Vec<(u32, SiteId)>,
    /// Method calls by the start of the whole expression, sorted.
    by_whole: Vec<(u32, SiteId)>,
}

impl<'a> Library<'a> {
    pub(super) fn new(code: Code<'a>) -> Self {
        let files = 0..code.sources.files.len() as u32;
        let kept = |file| Sheet::open(code.sheets?.get(&FileId(file))?);
        let sheets = files.clone().into_par_iter().map(|file| kept(file).unwrap_or_default());
        let cut = files.map(|_| OnceLock::new()).collect();
        Self { code, sheets: sheets.collect(), cut }
    }

    /// Reads pieces in parallel.
    pub(super) fn fetch(&self, pieces: &[PieceId]) {
        pieces.par_iter().with_max_len(AT_A_TIME).for_each(|piece| {
            self.get(*piece);
        });
    }

    pub(super) fn get(&self, id: PieceId) -> &Read<'a> {
        let Cut { pieces, read } = self.cut(id.file);
        read[id.at as usize].get_or_init(|| Box::new(self.read(id, pieces)))
    }

    /// What an earlier run knew of a file.
    pub(super) fn sheet(&self, file: FileId) -> &Sheet<'a> {
        &self.sheets[file.0 as usize]
    }

    /// The piece in which a byte of a file stands.
    pub(super) fn at(&self, file: FileId, place: u32) -> Option<PieceId> {
        let at = self.cut(file).pieces.at(place)?;
        Some(PieceId { file, at: at as u32 })
    }

    /// The pieces of a file that are as wanted.
    pub(super) fn pieces_with(&self, file: FileId, wanted: impl Fn(Range) -> bool) -> Vec<PieceId> {
        let pieces = (0..).zip(&self.cut(file).pieces.list);
        let fitting = pieces.filter(|(_, piece)| wanted(piece.range));
        fitting.map(|(at, _)| PieceId { file, at }).collect()
    }

    pub(super) fn range_of(&self, id: PieceId) -> Range {
        self.cut(id.file).pieces.list[id.at as usize].range
    }

    /// A type that a file declares.
    pub(super) fn type_named(&self, file: FileId, name: &str) -> Option<&TypeItem> {
        let text = self.text(file);
        let pieces = (0..).zip(&self.cut(file).pieces.list);
        let named = pieces
            .filter(|(_, piece)| piece.holds_types && slice(text, piece.range).contains(name))
            .map(|(at, _)| self.get(PieceId { file, at }));
        named.flat_map(|read| &read.sites.types).find(|one| *one.name == *name)
    }

    /// The pieces that have been read so far, in order.
    pub(super) fn all(&self) -> Vec<&Read<'a>> {
        let read = self.cut.iter().filter_map(OnceLock::get).flat_map(|cut| &cut.read);
        read.filter_map(OnceLock::get).map(|read| &**read).collect()
    }

    fn text(&self, file: FileId) -> &'a str {
        &self.code.sources.file(file).text
    }

    fn cut(&self, file: FileId) -> &Cut<'a> {
        self.cut[file.0 as usize].get_or_init(|| {
            let facts = self.code.files.facts.get(&file);
            let sound = facts.is_some_and(|facts| facts.syntax_error.is_none());
            let cut = || if sound { sites::pieces(self.text(file)) } else { Pieces::default() };
            let ahead = || self.code.ahead?.pieces(file).cloned();
            let pieces = self.sheet(file).pieces().or_else(ahead).unwrap_or_else(cut);
            let read = pieces.list.iter().map(|_| OnceLock::new()).collect();
            Cut { pieces, read }
        })
    }

    /// The sheets of the files of which this run knows more than an earlier one, with what it has
    /// noted anew.
    pub(super) fn new_sheets(&self, notes: &FxHashMap<FileId, Vec<u8>>) -> Vec<(FileId, Vec<u8>)> {
        let files = self.sheets.par_iter().zip(&self.cut).enumerate();
        let new = files.filter_map(|(file, (sheet, cut))| {
            let file = FileId(file as u32);
            let (new, cut) = (notes.get(&file), cut.get());
            let notes = new.map_or(sheet.notes, Vec::as_slice);
            match cut {
                Some(cut) if !sheet.knows(cut.sites()) => {
                    Some((file, sheet.with(notes, &cut.pieces, cut.sites())?))
                }
                _ => Some((file, sheet.with_notes(new?)?)),
            }
        });
        new.collect()
    }

    fn read(&self, id: PieceId, pieces: &Pieces) -> Read<'a> {
        let text = self.text(id.file);
        let piece = &pieces.list[id.at as usize];
        let kept = self.sheet(id.file).sites(id.at as usize);
        let sites = kept.unwrap_or_else(|| sites::read_pieces(text, pieces, [piece]));
        let (mut arguments, mut by_whole) = (Vec::new(), Vec::new());
        let mut by_start = Vec::with_capacity(sites.sites.len());
        for (id, site) in (0..).map(SiteId).zip(&sites.sites) {
            by_start.push((site.range.start, id));
            for (at, argument) in (0..).zip(&site.arguments) {
                arguments.push((argument.range, (id, at)));
                arguments.extend(argument.path.map(|path| (path, (id, at))));
            }
            if matches!(site.kind, SiteKind::Method { .. }) {
                by_whole.push((site.whole.start, id));
            }
        }
        arguments.sort_by_key(|(range, _)| *range);
        by_start.sort_unstable();
        by_whole.sort_unstable();
        let (file, own, words) = (id.file, piece.range, OnceLock::new());
        Read { id, file, text, sites, own, words, arguments, by_start, by_whole }
    }
}

/// Of sites that are sorted by a place, those of this one.
fn starting_at(sites: &[(u32, SiteId)], start: u32) -> impl Iterator<Item = SiteId> {
    let first = sites.partition_point(|(at, _)| *at < start);
    sites[first..].iter().take_while(move |(at, _)| *at == start).map(|(_, id)| *id)
}

fn slice(text: &str, range: Range) -> &str {
    text.get(range.start as usize..range.end as usize).unwrap_or_default()
}

impl Read<'_> {
    /// The identifiers in a range.
    pub(super) fn words_of(&self, range: Range) -> impl Iterator<Item = &str> {
        self.words().within(range, &[]).map(|word| self.written(word))
    }

    /// The identifiers of a body, those of items within it left out.
    pub(super) fn words_in(&self, frame: FrameId) -> impl Iterator<Item = &str> {
        let words = self.words().within(self.sites.frame(frame).range, &self.sites.nested);
        words.map(|word| self.written(word))
    }

    /// Those of the piece; it may have been read with more of the file.
    fn words(&self) -> &Words {
        self.words.get_or_init(|| {
            let bodies = self.sites.frames.iter();
            let bodies =
                bodies.filter(|one| !matches!(one.kind, FrameKind::File | FrameKind::Module));
            let part = bodies.fold(self.own, |part, body| Range {
                start: part.start.min(body.range.start),
                end: part.end.max(body.range.end),
            });
            Words::read(self.text, part)
        })
    }

    pub(super) fn site(&self, id: SiteId) -> &Site {
        self.sites.site(id)
    }

    /// The sites of the piece, those of the heads around it left out.
    pub(super) fn ids(&self) -> impl Iterator<Item = SiteId> + '_ {
        let all = (0..).map(SiteId).zip(&self.sites.sites);
        all.filter(|(_, site)| self.is_own(site.range)).map(|(id, _)| id)
    }

    /// Whether something stands in the piece itself.
    pub(super) fn is_own(&self, range: Range) -> bool {
        self.own.start <= range.start && range.start < self.own.end
    }

    /// The call of which this expression is an argument, and its place there.
    pub(super) fn argument_of(&self, range: Range) -> Option<(SiteId, u32)> {
        let behind = self.arguments.partition_point(|(one, _)| *one <= range);
        let last = self.arguments[..behind].last()?;
        (last.0 == range).then_some(last.1)
    }

    /// The sites whose name begins here.
    pub(super) fn starting_at(&self, start: u32) -> impl Iterator<Item = SiteId> {
        starting_at(&self.by_start, start)
    }

    /// The methods called before this one in the same expression.
    pub(super) fn before(&self, site: &Site) -> impl Iterator<Item = &str> {
        let all = starting_at(&self.by_whole, site.whole.start).map(|id| self.site(id));
        all.filter(|one| one.whole.end < site.whole.end).filter_map(|one| match &one.kind {
            SiteKind::Method { name, .. } => Some(&**name),
            _ => None,
        })
    }

    pub(super) fn written(&self, range: Range) -> &str {
        slice(self.text, range)
    }

    /// The innermost function around a frame, with its number.
    pub(super) fn function_of(&self, frame: FrameId) -> Option<FunctionId> {
        self.sites.around(frame).find_map(|(_, frame)| match frame.kind {
            FrameKind::Function(function) => Some(function),
            _ => None,
        })
    }

    pub(super) fn function(&self, id: FunctionId) -> &sites::Function {
        &self.sites.functions[id.0 as usize]
    }
}
