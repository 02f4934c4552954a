//! Components as written → named sets of nodes that do not overlap.

use crate::boundaries::policy::{self, NodeSet};
use crate::boundaries::selector::Selector;
use crate::boundaries::written::{self, Boundaries};
use crate::boundaries::{Grade, Problem};
use crate::discover::TargetKind;
use crate::model::BitSet;
use crate::resolve::{NodeId, NodeKind};

use super::names::{Named, Names, label, plain};
use super::tree::{Root, Tree};
use super::unmatched::{self, Demand};

/// Binds every component; they are made of paths, never of one another.
pub(super) fn bind<'a>(
    tree: Tree<'a>,
    boundaries: &'a Boundaries,
    problems: &mut Vec<Problem>,
) -> Names<'a> {
    let mut names = Names::new(tree);
    let bound: Vec<Named<'a>> = boundaries
        .components
        .iter()
        .map(|written| Named { written, nodes: nodes(&names, &written.selectors) })
        .collect();
    names.components = bound;
    for component in &names.components {
        matches(&names, component.written, problems);
        shadows(&names, component, problems);
    }
    if !boundaries.settings.overlap {
        overlaps(&names, problems);
    }
    names
}

/// A component for `check`.
pub(super) fn policy(component: &Named<'_>) -> policy::Component {
    let written = component.written;
    policy::Component {
        name: written.name.clone(),
        owner: written.owner.clone(),
        set: NodeSet { label: label(&written.selectors), nodes: component.nodes.clone() },
        span: written.span,
        strict: written.strict,
    }
}

fn nodes(names: &Names<'_>, selectors: &[Selector]) -> BitSet {
    let mut nodes = names.path_nodes(selectors.iter().filter(|selector| !selector.removes));
    nodes.subtract(&names.path_nodes(selectors.iter().filter(|selector| selector.removes)));
    nodes
}

fn matches(names: &Names<'_>, written: &written::Component, problems: &mut Vec<Problem>) {
    let key = format!("components.{}", written.name);
    let demand = Demand { key: &key, optional: written.optional, components: false };
    unmatched::tell(names, &written.selectors, demand, problems);
}

/// A name that means one thing alone and another at the head of a path misleads.
fn shadows(names: &Names<'_>, component: &Named<'_>, problems: &mut Vec<Problem>) {
    let name = plain(&component.written.name);
    let called = |root: &Root| match root {
        Root::Member { package, library, .. } => {
            *package == name || library.as_ref() == Some(&name)
        }
        _ => false,
    };
    let mut crates = names.tree.roots.iter().filter(|(_, root)| called(root)).peekable();
    let told = component.nodes.is_empty();
    if told || crates.peek().is_none() || crates.any(|(id, _)| meets(names, component, *id)) {
        return;
    }
    let message = format!("`{name}` is a component and also a package of which it has nothing");
    let help = format!(
        "`{name}` alone means the component, `{name}::…` the package: rename the component"
    );
    let problem = Problem::warn("config/ambiguous-name", component.written.span, message);
    problems.push(problem.with_help(help));
}

fn meets(names: &Names<'_>, component: &Named<'_>, root: NodeId) -> bool {
    let mut all = BitSet::new();
    names.tree.add_subtree(root, false, &mut all);
    let library = matches!(
        names.tree.kind(root),
        NodeKind::Crate { target: TargetKind::Lib | TargetKind::Bin, .. }
    );
    library && all.intersects(&component.nodes)
}

/// Each pair of components that share a node is told once, at the later one.
fn overlaps(names: &Names<'_>, problems: &mut Vec<Problem>) {
    for (at, later) in names.components.iter().enumerate() {
        for earlier in &names.components[..at] {
            let Some(shared) = first_shared(&earlier.nodes, &later.nodes) else { continue };
            let path = names.tree.resolution.path(NodeId(shared as u32));
            let (one, two) = (&earlier.written.name, &later.written.name);
            let message = format!("`{path}` is in two components, `{one}` and `{two}`");
            let help =
                "take it out of one of them by `not`, or say `overlap = \"allow\"` in `[settings]`";
            problems.push(Problem {
                code: "config/overlapping-components",
                grade: Grade::Fatal,
                span: later.written.span,
                message,
                label: String::new(),
                related: vec![(earlier.written.span, format!("`{one}` has it, too"))],
                help: Some(help.to_owned()),
            });
        }
    }
}

/// The first node in both.
pub(super) fn first_shared(one: &BitSet, two: &BitSet) -> Option<usize> {
    one.iter().find(|node| two.contains(*node))
}
