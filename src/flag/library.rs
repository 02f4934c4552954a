//! Files whose syntax has been read, each at most once.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Code;
use crate::extract::Range;
use crate::extract::sites::{self, FrameId, FrameKind, FunctionId, Site, SiteId, SiteKind, Sites};
use crate::model::FileId;

/// The files of the workspace.
pub(super) struct Library<'a> {
    code: Code<'a>,
    read: Vec<OnceLock<Read<'a>>>,
}

/// A file whose syntax has been read.
pub(super) struct Read<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) sites: Arc<Sites>,
    /// Arguments of calls by their ranges: whose, and which one.
    arguments: FxHashMap<(u32, u32), (SiteId, u32)>,
    /// Sites by the start of their name.
    by_start: FxHashMap<u32, Vec<SiteId>>,
    /// Method calls by the start of the whole expression.
    by_whole: FxHashMap<u32, Vec<SiteId>>,
}

impl<'a> Library<'a> {
    pub(super) fn new(code: Code<'a>) -> Self {
        let read = (0..code.sources.files.len()).map(|_| OnceLock::new()).collect();
        Self { code, read }
    }

    /// Reads files in parallel.
    pub(super) fn fetch(&self, files: &[FileId]) {
        files.par_iter().for_each(|file| {
            self.get(*file);
        });
    }

    pub(super) fn get(&self, file: FileId) -> &Read<'a> {
        self.read[file.0 as usize].get_or_init(|| read(self.code, file))
    }

    /// The files that have been read so far, in order.
    pub(super) fn all(&self) -> Vec<&Read<'a>> {
        self.read.iter().filter_map(OnceLock::get).collect()
    }
}

fn read(code: Code<'_>, file: FileId) -> Read<'_> {
    let text = &code.sources.file(file).text;
    let fresh = || Arc::new(sites::read(text));
    let sites =
        code.files.sites.get(&file).map_or_else(fresh, |kept| kept.get_or_init(fresh).clone());
    let mut arguments = FxHashMap::default();
    let mut by_start: FxHashMap<u32, Vec<SiteId>> = FxHashMap::default();
    let mut by_whole: FxHashMap<u32, Vec<SiteId>> = FxHashMap::default();
    for (id, site) in (0..).map(SiteId).zip(&sites.sites) {
        by_start.entry(site.range.start).or_default().push(id);
        for (at, argument) in (0..).zip(&site.arguments) {
            arguments.insert((argument.range.start, argument.range.end), (id, at));
            arguments.extend(argument.path.map(|path| ((path.start, path.end), (id, at))));
        }
        if matches!(site.kind, SiteKind::Method { .. }) {
            by_whole.entry(site.whole.start).or_default().push(id);
        }
    }
    Read { file, text, sites, arguments, by_start, by_whole }
}

impl Read<'_> {
    pub(super) fn site(&self, id: SiteId) -> &Site {
        self.sites.site(id)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = SiteId> + use<> {
        (0..self.sites.sites.len() as u32).map(SiteId)
    }

    /// The call of which this expression is an argument, and its place there.
    pub(super) fn argument_of(&self, range: Range) -> Option<(SiteId, u32)> {
        self.arguments.get(&(range.start, range.end)).copied()
    }

    /// The sites whose name begins here.
    pub(super) fn starting_at(&self, start: u32) -> &[SiteId] {
        self.by_start.get(&start).map_or(&[], Vec::as_slice)
    }

    /// The methods called before this one in the same expression.
    pub(super) fn before(&self, site: &Site) -> impl Iterator<Item = &str> {
        let all = self.by_whole.get(&site.whole.start).map_or(&[][..], Vec::as_slice);
        all.iter().map(|id| self.site(*id)).filter(|one| one.whole.end < site.whole.end).filter_map(
            |one| match &one.kind {
                SiteKind::Method { name, .. } => Some(&**name),
                _ => None,
            },
        )
    }

    pub(super) fn written(&self, range: Range) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
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
