//! The sites of one file while they are gathered, and the place that is being read.

use proc_macro2::{Ident, Span};
use syn::File;
use syn::spanned::Spanned;

use super::excerpt::Excerpt;
use super::fates::Link;
use super::variables::Variables;
use super::{Fate, FrameId, Receiver, Site, SiteId, SiteKind, Sites, TypePlace};
use crate::extract::Range;
use crate::extract::locals::Locals;

/// Walks one file and gathers what its code does.
pub(super) struct Walker<'t> {
    /// What was parsed.
    excerpt: &'t Excerpt<'t>,
    pub(super) sites: Sites,
    /// The innermost frame.
    pub(super) frame: FrameId,
    /// The innermost frame that code is run in at one go: a function, closure, `async` block.
    pub(super) body: FrameId,
    /// Generic parameters.
    pub(super) generics: Locals<'t>,
    pub(super) variables: Variables<'t>,
    /// What `break` may leave, innermost last.
    pub(super) targets: Vec<Target<'t>>,
    /// The loop whose condition is being read.
    pub(super) condition: Option<FrameId>,
    /// What kind of place the types that are being read stand in.
    pub(super) place: TypePlace,
    /// Every path of a type that was read; whether it is but a wrapper.
    pub(super) type_paths: Vec<(Range, bool)>,
    /// The `impl` that is being read: the paths of its type and trait.
    pub(super) implementation: Option<(Option<Range>, Option<Range>)>,
    /// What `Self` means here has a path.
    pub(super) self_has_path: bool,
    /// Inside `thread_local!`.
    pub(super) thread_local: bool,
}

/// Something that `break` leaves.
#[derive(Debug)]
pub(super) struct Target<'t> {
    pub(super) label: Option<&'t str>,
    pub(super) frame: FrameId,
    pub(super) body: FrameId,
    pub(super) is_loop: bool,
    /// What `break`s say its value is.
    pub(super) values: Vec<Link>,
}

/// What an expression turned out to be.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) range: Range,
    /// The sites whose result it is or holds.
    pub(super) links: Vec<Link>,
    /// What a method has for receiver that is called on it.
    pub(super) root: Receiver,
    /// The variable at the root of the chain.
    pub(super) variable: Option<usize>,
    /// It is that variable, with nothing called on it.
    pub(super) direct: bool,
    /// It is a reference to all that.
    pub(super) borrowed: bool,
}

impl Value {
    /// Something that is no site's result.
    pub(super) fn plain(range: Range) -> Self {
        Self {
            range,
            links: Vec::new(),
            root: Receiver::Unknown,
            variable: None,
            direct: false,
            borrowed: false,
        }
    }

    /// Something of which only its sites are known.
    pub(super) fn of(range: Range, links: Vec<Link>) -> Self {
        Self { links, ..Self::plain(range) }
    }

    /// The result of a site.
    pub(super) fn result(range: Range, site: SiteId, mut links: Vec<Link>) -> Self {
        links.insert(0, Link::own(site));
        Self { root: Receiver::Site(site), ..Self::of(range, links) }
    }
}

/// Reads a file's tree.
pub(super) fn walk(excerpt: &Excerpt<'_>, file: &File) -> Sites {
    let mut walker = Walker {
        excerpt,
        sites: Sites::empty(),
        frame: FrameId(0),
        body: FrameId(0),
        generics: Locals::default(),
        variables: Variables::default(),
        targets: Vec::new(),
        condition: None,
        place: TypePlace::Body,
        type_paths: Vec::new(),
        implementation: None,
        self_has_path: false,
        thread_local: false,
    };
    walker.sites.frames[0].range = excerpt.extent();
    walker.attribute_sites(&file.attrs);
    file.items.iter().for_each(|item| walker.item(item));
    walker.sites
}

impl<'t> Walker<'t> {
    /// An identifier as text, without `r#`.
    pub(super) fn word(&self, ident: &Ident) -> &'t str {
        let (start, end) = (self.excerpt.start(ident.span()), self.excerpt.end(ident.span()));
        let text = self.excerpt.source.get(start..end).unwrap_or_default();
        text.strip_prefix("r#").unwrap_or(text)
    }

    /// Where a token stands in the file.
    pub(super) fn range(&self, span: Span) -> Range {
        self.between(span, span)
    }

    /// From one token to another.
    pub(super) fn between(&self, first: Span, last: Span) -> Range {
        let place = |byte| self.excerpt.place(byte);
        Range { start: place(self.excerpt.start(first)), end: place(self.excerpt.end(last)) }
    }

    /// Where a piece of the tree stands; takes as long as the piece is long.
    pub(super) fn span(&self, node: &impl Spanned) -> Range {
        self.range(node.span())
    }

    /// The text of a range.
    pub(super) fn text(&self, range: Range) -> &'t str {
        self.excerpt.file.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// Adds a site in the present frame.
    pub(super) fn site(&mut self, kind: SiteKind, range: Range, whole: Range) -> SiteId {
        self.sites.sites.push(Site {
            kind,
            range,
            whole,
            nameless: false,
            frame: self.frame,
            arguments: Vec::new(),
            chain: Vec::new(),
            awaited: false,
            fate: Fate::default(),
        });
        SiteId(self.sites.sites.len() as u32 - 1)
    }

    /// A site, to be completed.
    pub(super) fn site_mut(&mut self, id: SiteId) -> &mut Site {
        &mut self.sites.sites[id.0 as usize]
    }
}
