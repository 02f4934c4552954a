//! Selectors that match nothing → faults with the nearest name.

use crate::boundaries::nearest::{did_you_mean, nearest};
use crate::boundaries::selector::{Pattern, Selector};
use crate::boundaries::{NO_EFFECT, Problem};
use crate::discover::{Dependency, Resolved};
use crate::resolve::{NodeId, NodeKind};

use super::matching::{self, fits};
use super::names::{Names, kept, plain};
use super::tree::{Root, STANDARD};

/// What is told of a list, and how.
#[derive(Clone, Copy)]
pub(super) struct Demand<'d> {
    /// The key that the list belongs to: `via`.
    pub(super) key: &'d str,
    /// It may match nothing.
    pub(super) optional: bool,
    /// Names of components count.
    pub(super) components: bool,
}

/// Notes what matches nothing: a plain name always, a glob where the whole list matches nothing.
pub(super) fn tell(
    names: &Names<'_>,
    selectors: &[Selector],
    demand: Demand<'_>,
    problems: &mut Vec<Problem>,
) {
    if demand.optional {
        return;
    }
    let hits = |selector: &Selector| hits(names, selector, demand);
    let any = selectors.iter().any(|selector| !selector.removes && hits(selector));
    for selector in selectors {
        if hits(selector) {
            problems.extend(without_effect(names, selectors, selector, demand));
            continue;
        }
        if selector.is_plain() || selector.removes || !any {
            problems.extend(problem(names, selector, demand));
        }
    }
    if any && names.nodes(selectors).is_empty() {
        problems.extend(nothing_left(selectors, demand));
    }
}

/// `a | !a`: what is named is taken out again.
fn nothing_left(selectors: &[Selector], demand: Demand<'_>) -> Option<Problem> {
    let out = selectors.iter().find(|selector| selector.removes)?;
    let message = format!("`{}` takes out all that `{}` names", written(out), demand.key);
    Some(Problem::fatal("config/unmatched", out.span, message))
}

/// `!b` beside `a`, of which `b` is no part.
fn without_effect(
    names: &Names<'_>,
    selectors: &[Selector],
    selector: &Selector,
    demand: Demand<'_>,
) -> Option<Problem> {
    let positive: Vec<Selector> = selectors.iter().filter(|one| !one.removes).cloned().collect();
    let outside = selector.external || is_outside(names, selector);
    if !selector.removes || positive.is_empty() || outside {
        return None;
    }
    let taken = names.nodes(&[kept(selector)]);
    let message = format!("`{}` takes nothing out of `{}`", written(selector), demand.key);
    (!taken.intersects(&names.nodes(&positive)))
        .then(|| Problem::warn(NO_EFFECT, selector.span, message))
}

/// Whether a selector matches something, or need not.
fn hits(names: &Names<'_>, selector: &Selector, demand: Demand<'_>) -> bool {
    if demand.components && names.component(selector).is_some() {
        return true;
    }
    !names.found(selector).heads.is_empty()
}

/// Whether a selector speaks of crates outside of the workspace.
pub(super) fn is_outside(names: &Names<'_>, selector: &Selector) -> bool {
    if selector.external {
        return true;
    }
    let Pattern::Name(first) = &selector.segments[0].pattern else { return false };
    names.component(selector).is_none() && is_standard(names, first)
}

/// Whether a name means the standard library, no member being called so.
fn is_standard(names: &Names<'_>, name: &str) -> bool {
    let member = |root: &Root| match root {
        Root::Member { package, library, .. } => {
            package == name || library.as_deref() == Some(name)
        }
        _ => false,
    };
    STANDARD.contains(&name) && !names.tree.roots.iter().any(|(_, root)| member(root))
}

fn problem(names: &Names<'_>, selector: &Selector, demand: Demand<'_>) -> Option<Problem> {
    if selector.external {
        return external(names, selector);
    }
    if is_outside(names, selector) {
        return None;
    }
    let (at, above) = furthest(names, selector);
    if above.iter().any(|node| names.tree.kind(*node) == NodeKind::Item) {
        // What is below an item is known only where somebody names it.
        return None;
    }
    let (message, help) = match above.first() {
        None => (first_message(selector, demand), first_hint(names, selector, demand)),
        Some(parent) => {
            let parent = names.tree.resolution.path(*parent);
            (below_message(selector, at, &parent), below_hint(names, &above, word(selector, at)))
        }
    };
    let message = format!("`{}` in `{}` matches nothing: {message}", written(selector), demand.key);
    let span = selector.segments[at].span;
    Some(Problem { help, ..Problem::fatal("config/unmatched", span, message) })
}

fn written(selector: &Selector) -> String {
    format!("{}{}", if selector.removes { "!" } else { "" }, selector.text)
}

/// The first segment that leads nowhere, and where the segments before it lead.
fn furthest(names: &Names<'_>, selector: &Selector) -> (usize, Vec<NodeId>) {
    (1..selector.segments.len())
        .rev()
        .map(|length| (length, matching::prefix(&names.tree, selector, length)))
        .find(|(_, nodes)| !nodes.is_empty())
        .unwrap_or_default()
}

/// A segment as written.
fn word(selector: &Selector, at: usize) -> &str {
    let path = selector.text.trim_start_matches('=').trim_start_matches("ext:");
    path.split("::").nth(at).unwrap_or(path)
}

fn is_name(selector: &Selector, at: usize) -> bool {
    matches!(selector.segments[at].pattern, Pattern::Name(_))
}

fn first_message(selector: &Selector, demand: Demand<'_>) -> String {
    let alone = demand.components && selector.segments.len() == 1 && !selector.exact;
    let kinds = if alone { "component, package or crate" } else { "package or crate" };
    if is_name(selector, 0) {
        format!("there is no {kinds} `{}`", word(selector, 0))
    } else {
        format!("no {kinds} is like that")
    }
}

fn below_message(selector: &Selector, at: usize, parent: &str) -> String {
    if is_name(selector, at) {
        format!("there is no module or item `{}` in `{parent}`", word(selector, at))
    } else {
        format!("nothing in `{parent}` is like that")
    }
}

fn first_hint(names: &Names<'_>, selector: &Selector, demand: Demand<'_>) -> Option<String> {
    let wanted = word(selector, 0);
    if names.components.iter().any(|one| plain(&one.written.name) == plain(wanted)) {
        let why = match selector.segments.len() {
            1 if selector.exact => "`=` stands before paths only",
            1 => "only paths count here",
            _ => "a path begins with a package or crate",
        };
        return Some(format!("`{wanted}` is a component; {why}"));
    }
    if external_names(names).any(|name| name == plain(wanted)) {
        return Some(format!("a crate from outside is written `ext:{}`", selector.text));
    }
    let mut known = member_names(names, wanted.contains('/'));
    if demand.components {
        known.extend(names.components.iter().map(|one| one.written.name.clone()));
    }
    did_you_mean(wanted, known.iter().map(String::as_str))
}

/// The names that a path may begin with.
fn member_names(names: &Names<'_>, targets: bool) -> Vec<String> {
    let mut known: Vec<String> =
        names.tree.workspace.packages.iter().map(|package| package.name.clone()).collect();
    for (_, root) in &names.tree.roots {
        match root {
            Root::Member { target, .. } if targets => known.push(target.clone()),
            Root::Member { library, .. } => known.extend(library.clone()),
            _ => {}
        }
    }
    known
}

fn below_hint(names: &Names<'_>, above: &[NodeId], wanted: &str) -> Option<String> {
    let below = above.iter().flat_map(|node| names.tree.children(*node));
    did_you_mean(wanted, below.map(|child| names.tree.name(child)))
}

fn external_names<'n>(names: &'n Names<'_>) -> impl Iterator<Item = String> + 'n {
    let externals = names.tree.workspace.externals.iter();
    externals.flat_map(|external| [plain(&external.name), plain(&external.library)])
}

/// A crate from outside need not be named anywhere, but the lock file should know it.
fn external(names: &Names<'_>, selector: &Selector) -> Option<Problem> {
    let pattern = &selector.segments[0].pattern;
    let standard = matches!(pattern, Pattern::Name(name) if STANDARD.contains(&name.as_str()));
    if standard || external_names(names).any(|name| fits(pattern, &name)) {
        return None;
    }
    let wanted = word(selector, 0);
    let message = format!("`{}` is not in the lock file", selector.text);
    let problem = Problem::warn("config/not-in-lock-file", selector.segments[0].span, message);
    let help = if member_names(names, false).iter().any(|name| plain(name) == plain(wanted)) {
        Some(format!("`{wanted}` is a member of this workspace: leave out `ext:`"))
    } else {
        renamed(names, wanted).or_else(|| nearest_external(names, wanted))
    };
    Some(Problem { help, ..problem })
}

/// What a dependency is really called that a member calls `wanted`.
fn renamed(names: &Names<'_>, wanted: &str) -> Option<String> {
    names.tree.workspace.packages.iter().find_map(|member| {
        let renames = |entry: &&Dependency| entry.code_name == plain(wanted);
        let entry = member.dependencies.iter().find(renames)?;
        let (member, package) = (&member.name, &entry.package);
        let outside = matches!(entry.resolved, Resolved::External(_));
        let write = format!("{}{package}", if outside { "ext:" } else { "" });
        Some(format!("`{wanted}` is how `{member}` calls package `{package}`: write `{write}`"))
    })
}

fn nearest_external(names: &Names<'_>, wanted: &str) -> Option<String> {
    let externals = names.tree.workspace.externals.iter();
    let found = nearest(wanted, externals.map(|one| one.name.as_str()))?;
    Some(format!("did you mean `ext:{found}`?"))
}
