//! What the words of the file mean in this workspace: components and selectors → sets of nodes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::boundaries::policy::NodeSet;
use crate::boundaries::selector::{Pattern, Selector};
use crate::boundaries::written;
use crate::model::BitSet;
use crate::resolve::NodeId;

use super::matching::{self, Head};
use super::tree::{Root, Tree};

/// The tree, and the components that have been bound.
pub(super) struct Names<'a> {
    pub(super) tree: Tree<'a>,
    pub(super) components: Vec<Named<'a>>,
    /// What paths lead to, by what they match: each is looked for once, however often it is asked.
    found: RefCell<FxHashMap<Shape, Rc<Found>>>,
}

/// All of a path that decides what it leads to: `=`, `ext:`, and its segments.
type Shape = (bool, bool, Vec<Pattern>);

/// What a path leads to, whatever the components are called.
pub(super) struct Found {
    /// Where its subtrees begin.
    pub(super) heads: Vec<Head>,
    /// All of their nodes.
    pub(super) nodes: BitSet,
}

/// A component and its nodes.
pub(super) struct Named<'a> {
    pub(super) written: &'a written::Component,
    pub(super) nodes: BitSet,
}

impl<'a> Names<'a> {
    /// The names without components.
    pub(super) fn new(tree: Tree<'a>) -> Self {
        Self { tree, components: Vec::new(), found: RefCell::default() }
    }

    /// What a path leads to; its `!` is not looked at.
    pub(super) fn found(&self, path: &Selector) -> Rc<Found> {
        let patterns = path.segments.iter().map(|segment| segment.pattern.clone()).collect();
        let mut found = self.found.borrow_mut();
        let found = found.entry((path.exact, path.external, patterns)).or_insert_with(|| {
            let heads = matching::heads(&self.tree, path);
            let mut nodes = BitSet::new();
            for head in &heads {
                self.tree.add_subtree(head.node, head.exact, &mut nodes);
            }
            Rc::new(Found { heads, nodes })
        });
        Rc::clone(found)
    }

    /// The component that a selector means, if it means one.
    pub(super) fn component(&self, selector: &Selector) -> Option<&Named<'a>> {
        let name = selector.lone_name()?;
        self.components.iter().find(|component| plain(&component.written.name) == name)
    }

    /// The selectors that a selector stands for: those of its component, or itself alone.
    fn spelled<'s>(&'s self, selector: &'s Selector) -> impl Iterator<Item = &'s Selector> {
        let component = self.component(selector);
        let own = component.map_or(&[][..], |component| &component.written.selectors);
        let itself = component.is_none().then_some(selector);
        own.iter().filter(|selector| !selector.removes).chain(itself)
    }

    /// The nodes at which a selector's subtrees begin; what it takes out is not looked at.
    pub(super) fn heads(&self, selector: &Selector) -> Vec<Head> {
        let mut heads: Vec<Head> = self
            .spelled(selector)
            .flat_map(|selector| self.found(selector).heads.clone())
            .collect();
        heads.sort();
        heads.dedup();
        heads
    }

    /// Whether two sides can be joined by captures in what this selector stands for.
    pub(super) fn captures<'s>(&'s self, selector: &'s Selector) -> Vec<&'s str> {
        self.spelled(selector).flat_map(Selector::captures).collect()
    }

    /// All nodes of paths, their `!` not looked at and whatever the components are called.
    pub(super) fn path_nodes<'s>(&self, paths: impl Iterator<Item = &'s Selector>) -> BitSet {
        let mut nodes = BitSet::new();
        for path in paths {
            nodes.union_with(&self.found(path).nodes);
        }
        nodes
    }

    /// All nodes of a list, less what it takes out.
    pub(super) fn nodes(&self, selectors: &[Selector]) -> BitSet {
        let (out, positive): (Vec<_>, Vec<_>) = selectors.iter().partition(|one| one.removes);
        let mut nodes = BitSet::new();
        for selector in positive {
            match self.component(selector) {
                Some(component) => nodes.union_with(&component.nodes),
                None => nodes.union_with(&self.found(selector).nodes),
            }
        }
        for selector in out {
            match self.component(selector) {
                Some(component) => nodes.subtract(&component.nodes),
                None => nodes.subtract(&self.found(selector).nodes),
            }
        }
        nodes
    }

    /// A list with its name in reports.
    pub(super) fn set(&self, selectors: &[Selector]) -> NodeSet {
        NodeSet { label: label(selectors), nodes: self.nodes(selectors) }
    }

    /// A list, taken apart into what globs and captures stand for: one set for each module that
    /// they match, and one for each plain name. Items that a glob matches belong to no member.
    pub(super) fn members(&self, selectors: &[Selector]) -> Vec<NodeSet> {
        let mut members = Vec::new();
        for selector in selectors.iter().filter(|selector| !selector.removes) {
            members.extend(self.members_of(selector));
        }
        let removed: Vec<Selector> =
            selectors.iter().filter(|selector| selector.removes).map(kept).collect();
        let removed = self.nodes(&removed);
        for member in &mut members {
            member.nodes.subtract(&removed);
        }
        members.retain(|member| !member.nodes.is_empty());
        members
    }

    fn members_of(&self, selector: &Selector) -> Vec<NodeSet> {
        match self.component(selector) {
            Some(component) if component.written.selectors.iter().any(Selector::has_captures) => {
                self.members(&component.written.selectors)
            }
            None if !selector.is_plain() => self.groups(selector),
            _ => vec![self.set(std::slice::from_ref(selector))],
        }
    }

    /// The matches of a glob, those of one package's targets taken together.
    fn groups(&self, selector: &Selector) -> Vec<NodeSet> {
        let mut groups: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
        for head in &self.found(selector).heads {
            if self.tree.is_module(head.node) || self.tree.is_outside(head.node) {
                groups.entry(self.key(selector, head.node)).or_default().push(head.node);
            }
        }
        let set = |heads: &Vec<NodeId>| {
            let mut nodes = BitSet::new();
            for head in heads {
                self.tree.add_subtree(*head, selector.exact, &mut nodes);
            }
            NodeSet { label: self.best_path(heads), nodes }
        };
        groups.values().map(set).collect()
    }

    /// A path below a package, the same for all of its targets.
    fn key(&self, selector: &Selector, head: NodeId) -> String {
        let path = self.tree.resolution.path(head);
        let by_target = selector.text.split("::").next().is_some_and(|first| first.contains('/'));
        match self.tree.root_of(head) {
            Root::Member { package, .. } if !by_target => {
                let below = path.split_once("::").map_or("", |(_, below)| below);
                format!("{package}::{below}")
            }
            _ => path,
        }
    }

    /// What a head is called together with its likes in the other targets of its package.
    pub(super) fn group_label(&self, selector: &Selector, head: NodeId) -> String {
        let key = self.key(selector, head);
        key.strip_suffix("::").map_or(key.clone(), str::to_owned)
    }

    /// The path in the library, if there is one among the heads; else the first path.
    pub(super) fn best_path(&self, heads: &[NodeId]) -> String {
        let library = heads.iter().find(|head| {
            matches!(self.tree.root_of(**head), Root::Member { library: Some(_), .. })
        });
        self.tree.resolution.path(*library.unwrap_or(&heads[0]))
    }
}

/// The words of a list, as the user wrote them.
pub(super) fn label(selectors: &[Selector]) -> String {
    let words: Vec<String> = selectors
        .iter()
        .map(|selector| format!("{}{}", if selector.removes { "!" } else { "" }, selector.text))
        .collect();
    words.join(" | ")
}

/// The same selector, taking nothing out.
pub(super) fn kept(selector: &Selector) -> Selector {
    Selector { removes: false, ..selector.clone() }
}

/// A name as selectors spell it.
pub(super) fn plain(name: &str) -> String {
    name.replace('-', "_")
}
