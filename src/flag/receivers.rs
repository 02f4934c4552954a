//! On what a method is called, as far as the same file tells.

use super::Ground;
use super::library::Read;
use crate::boundaries::flag::contexts::Calls;
use crate::boundaries::flag::pattern::any_fits;
use crate::extract::Range;
use crate::extract::sites::{FrameId, Receiver, SiteId, SiteKind, TypeItem};
use crate::resolve::NodeId;

impl Ground<'_> {
    /// The paths that the receiver is known by: of the call that made it, of that call's type, of
    /// the type that is written.
    pub(super) fn receiver_paths(
        &self,
        read: &Read<'_>,
        receiver: &Receiver,
        frame: FrameId,
    ) -> Vec<String> {
        match receiver {
            Receiver::Site(root) => self.root_paths(read, *root),
            Receiver::Own => {
                let own = self.own_type(read, frame);
                own.map(|node| self.code.graph.resolution.path(node)).into_iter().collect()
            }
            _ => self
                .receiver_types(read, receiver, frame)
                .into_iter()
                .flat_map(|range| self.paths.at(read.file, range))
                .map(|meaning| meaning.path)
                .collect(),
        }
    }

    fn root_paths(&self, read: &Read<'_>, root: SiteId) -> Vec<String> {
        let site = read.site(root);
        let mut paths: Vec<String> =
            self.paths.of_site(read.file, site).into_iter().map(|meaning| meaning.path).collect();
        if site.kind == SiteKind::Call {
            let types: Vec<String> = paths.iter().filter_map(|path| type_of(path)).collect();
            paths.extend(types);
        }
        paths
    }

    /// The type of whose `impl` the innermost function is part. The `impl`'s own header is no
    /// reference: a type does not name itself.
    pub(super) fn own_type(&self, read: &Read<'_>, frame: FrameId) -> Option<NodeId> {
        let id = read.function_of(frame)?;
        let own = read.function(id).self_type?;
        let declared = || {
            let name = last_name(read.written(own));
            let one = self.type_named(read, name)?;
            self.declared.at(read.file, one.range.start)
        };
        self.paths.node_at(read.file, own).or_else(declared).or_else(|| {
            let function = self.function_node(read, id)?;
            self.code.graph.resolution.node(function).parent
        })
    }

    /// The workspace type on which a method is called, if it is known.
    pub(super) fn receiver_node(
        &self,
        read: &Read<'_>,
        receiver: &Receiver,
        frame: FrameId,
    ) -> Vec<NodeId> {
        if let Receiver::Site(root) = receiver {
            let site = read.site(*root);
            let nodes = self.paths.references(read.file, site.range.start);
            let resolution = &self.code.graph.resolution;
            return match site.kind {
                SiteKind::Call => {
                    nodes.filter_map(|(_, one)| resolution.node(one.to).parent).collect()
                }
                SiteKind::StructLiteral => nodes.map(|(_, one)| one.to).collect(),
                _ => Vec::new(),
            };
        }
        if *receiver == Receiver::Own {
            return self.own_type(read, frame).into_iter().collect();
        }
        let types = self.receiver_types(read, receiver, frame);
        types.into_iter().filter_map(|range| self.paths.node_at(read.file, range)).collect()
    }

    /// Whether a call is one of these.
    pub(super) fn is_one_of(&self, read: &Read<'_>, id: SiteId, calls: &Calls) -> bool {
        let site = read.site(id);
        if let SiteKind::Method { name, receiver } = &site.kind {
            let mut named = calls.methods.iter().filter(|(_, words)| words.fit(name)).peekable();
            if named.peek().is_none() {
                return false;
            }
            let paths = self.receiver_paths(read, receiver, site.frame);
            return named.any(|(on, _)| {
                on.as_ref().is_none_or(|on| paths.iter().any(|path| on.fits(path)))
            });
        }
        let mut meanings = self.paths.of_site(read.file, site).into_iter();
        meanings.any(|meaning| any_fits(&calls.paths, &meaning.path))
    }

    /// A type that is declared in the same file, in the same piece for choice.
    fn type_named<'r>(&'r self, read: &'r Read<'_>, name: &str) -> Option<&'r TypeItem> {
        let mut here = read.sites.types.iter();
        here.find(|one| *one.name == *name).or_else(|| self.library.type_named(read.file, name))
    }

    /// The paths in the type of a field, where the struct is declared in the same file.
    fn field_types(&self, read: &Read<'_>, own: Range, field: &str) -> Vec<Range> {
        let holder = self.type_named(read, last_name(read.written(own)));
        let found = holder.and_then(|one| one.fields.iter().find(|one| *one.name == *field));
        found.map(|field| field.types.clone()).unwrap_or_default()
    }

    /// Where the receiver's type is written.
    fn receiver_types(&self, read: &Read<'_>, receiver: &Receiver, frame: FrameId) -> Vec<Range> {
        let own = || read.sites.function_of(frame).and_then(|function| function.self_type);
        match receiver {
            Receiver::Type(range) => vec![*range],
            Receiver::Field(name) => {
                own().map(|own| self.field_types(read, own, name)).unwrap_or_default()
            }
            Receiver::Site(_) | Receiver::Own | Receiver::Local(_) | Receiver::Unknown => {
                Vec::new()
            }
        }
    }
}

/// `a::B` for `a::B::new`: the type whose associated function this is.
pub(super) fn type_of(path: &str) -> Option<String> {
    let (head, _) = path.rsplit_once("::")?;
    let last = head.rsplit("::").next()?;
    last.starts_with(char::is_uppercase).then(|| head.to_owned())
}

/// `B` for `a::B`.
fn last_name(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or_default().trim()
}
