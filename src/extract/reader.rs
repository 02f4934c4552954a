//! The facts of one file while they are gathered, and the place that is being read.

use proc_macro2::{Ident, Span};
use rustc_hash::FxHashMap;

use super::cfg::{Predicate, conjoin};
use super::locals::Locals;
use super::{
    Cfg, CfgId, FileFacts, Name, NotRead, Owner, OwnerId, PathUse, Paths, Range, Scope, ScopeId,
    ScopeKind,
};

/// Walks one file and gathers what it says.
pub(super) struct Reader<'t> {
    /// The part of the file that was parsed.
    source: &'t str,
    /// Where that part begins in the file.
    offset: u32,
    /// All but the paths.
    pub(super) facts: FileFacts,
    pub(super) paths: Vec<PathUse>,
    names: FxHashMap<&'t str, Name>,
    cfgs: FxHashMap<(Box<str>, Box<[Name]>), CfgId>,
    pub(super) at: At,
    pub(super) locals: Locals<'t>,
    pub(super) self_type: SelfType,
}

/// What every fact says about its place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct At {
    pub(super) scope: ScopeId,
    pub(super) owner: OwnerId,
    pub(super) cfg: CfgId,
    pub(super) in_macro: bool,
    /// Inside the arguments of a macro call, where a lone name may be anything.
    pub(super) loose: bool,
}

/// What `Self` means.
#[derive(Clone, Debug, Default)]
pub(super) enum SelfType {
    /// Nothing that has a path.
    #[default]
    Unnamed,
    /// A type or trait.
    Path {
        /// Starts with `::`.
        global: bool,
        /// Its path as written.
        segments: Box<[Name]>,
    },
}

/// What an item hides from its inside, to be restored behind it.
pub(super) struct Outside<'t> {
    at: At,
    locals: Locals<'t>,
    self_type: SelfType,
}

impl<'t> Reader<'t> {
    /// Begins with the file's scope, the module as owner, and the `cfg` "always".
    pub(super) fn new(source: &'t str, offset: u32) -> Self {
        let mut reader = Self {
            source,
            offset,
            facts: FileFacts::default(),
            paths: Vec::new(),
            names: FxHashMap::default(),
            cfgs: FxHashMap::default(),
            at: At::default(),
            locals: Locals::default(),
            self_type: SelfType::default(),
        };
        reader.facts.cfgs.push(Cfg::default());
        reader.cfgs.insert(Default::default(), CfgId::default());
        reader.open_scope(ScopeKind::File, 0);
        let name = reader.name("self");
        reader.own(name, None);
        reader
    }

    /// What the file says.
    pub(super) fn finish(self) -> FileFacts {
        FileFacts { paths: Paths::pack(&self.paths), ..self.facts }
    }

    /// An identifier as text, without `r#`.
    pub(super) fn word(&self, ident: &Ident) -> &'t str {
        self.placed_word(ident).0
    }

    /// An identifier as text, and where it stands.
    pub(super) fn placed_word(&self, ident: &Ident) -> (&'t str, Range) {
        let bytes = ident.span().byte_range();
        let text = self.source.get(bytes.clone()).unwrap_or_default();
        let text = text.strip_prefix("r#").unwrap_or(text);
        // The tokens of a doc comment are made up: they span the whole comment.
        let text = if text.starts_with('/') { "doc" } else { text };
        (text, self.shift(&bytes))
    }

    /// An identifier's name.
    pub(super) fn ident(&mut self, ident: &Ident) -> Name {
        let word = self.word(ident);
        self.name(word)
    }

    /// A word's number.
    pub(super) fn name(&mut self, word: &'t str) -> Name {
        *self.names.entry(word).or_insert_with(|| self.facts.names.push(word))
    }

    /// Where a token stands in the file.
    pub(super) fn range(&self, span: Span) -> Range {
        self.shift(&span.byte_range())
    }

    /// From one token to another.
    pub(super) fn between(&self, first: Span, last: Span) -> Range {
        Range { start: self.range(first).start, end: self.range(last).end }
    }

    /// The text of a range.
    pub(super) fn text(&self, range: Range) -> &'t str {
        let start = range.start.saturating_sub(self.offset) as usize;
        let end = range.end.saturating_sub(self.offset) as usize;
        self.source.get(start..end).unwrap_or_default()
    }

    /// A range of the source, as one of the file.
    pub(super) fn moved(&self, range: Range) -> Range {
        Range { start: self.offset + range.start, end: self.offset + range.end }
    }

    fn shift(&self, bytes: &std::ops::Range<usize>) -> Range {
        Range { start: self.offset + bytes.start as u32, end: self.offset + bytes.end as u32 }
    }

    /// Adds a scope inside the present one.
    pub(super) fn open_scope(&mut self, kind: ScopeKind, start: u32) -> ScopeId {
        self.facts.scopes.push(Scope { parent: self.at.scope, kind, start });
        ScopeId(self.facts.scopes.len() as u32 - 1)
    }

    /// Makes a new owner, inside the present one, the present one.
    pub(super) fn own(&mut self, name: Name, of_trait: Option<Name>) {
        let owner = Owner { parent: self.at.owner, name, of_trait, scope: self.at.scope };
        self.facts.owners.push(owner);
        self.at.owner = OwnerId(self.facts.owners.len() as u32 - 1);
    }

    /// Narrows the present `cfg`.
    pub(super) fn require(&mut self, own: &Predicate) {
        let outer = &self.facts.cfgs[self.at.cfg.0 as usize];
        let narrowed = Cfg {
            text: conjoin(&outer.text, &own.text).into_boxed_str(),
            test: outer.test || own.test,
            macros: outer.macros.clone(),
        };
        self.at.cfg = self.cfg(narrowed);
    }

    /// Narrows the present `cfg` to what a macro makes of its arguments.
    pub(super) fn enter_macro(&mut self, name: Name) {
        let outer = self.facts.cfgs[self.at.cfg.0 as usize].clone();
        let macros = outer.macros.iter().copied().chain([name]).collect();
        self.at.cfg = self.cfg(Cfg { macros, ..outer });
    }

    fn cfg(&mut self, cfg: Cfg) -> CfgId {
        let key = (cfg.text.clone(), cfg.macros.clone());
        *self.cfgs.entry(key).or_insert_with(|| {
            self.facts.cfgs.push(cfg);
            CfgId(self.facts.cfgs.len() as u32 - 1)
        })
    }

    /// Notes a macro whose tokens were not understood.
    pub(super) fn not_read(&mut self, range: Range, computed_include: bool) {
        self.facts.macros_not_read.push(NotRead { range, computed_include });
    }

    /// Hides what an item does not see of the function around it.
    pub(super) fn enter_item(&mut self) -> Outside<'t> {
        let at = self.at;
        self.at.loose = false;
        Outside {
            at,
            locals: std::mem::take(&mut self.locals),
            self_type: std::mem::take(&mut self.self_type),
        }
    }

    /// Brings it back.
    pub(super) fn leave_item(&mut self, outside: Outside<'t>) {
        self.at = outside.at;
        self.locals = outside.locals;
        self.self_type = outside.self_type;
    }
}
