//! Text in, text out: a few paths and a `boundaries.toml` → its faults, or the policy, as lines.

mod components;
mod exceptions;
mod flag;
mod keys;
mod language;
mod layers;
mod nested;
mod outdated;
mod pages;
mod selectors;
mod verbs;

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::boundaries::policy::{NodeSet, Pair, Policy, Stack, Verb};
use crate::boundaries::{Grade, Problem, bind, parse};
use crate::discover::{
    Dependency, DependencyKind, ExternalPackage, Package, PackageId, Resolved, TargetKind,
    Workspace,
};
use crate::model::{BitSet, FileId};
use crate::resolve::{Node, NodeId, NodeKind, Resolution};

/// The workspace of most tests: `im` has a library of another name and a program.
const SHOP: &str = "
    accounts::flows::deposit accounts::flows::withdraw accounts::flows::Kind
    accounts::domain::account accounts::im_gateway::client accounts::Money
    im=im_service::affiliation im=im_service::portal im/bin/im::server
    portal-bff::compose ext:reqwest::Client ext:tokio::fs::read std::fs::read std::env::var
    lock:serde-json";

/// Paths → a workspace and its nodes. A segment with a capital letter is an item, every other one
/// a module; `package=library` where the names differ; `package/kind/name` for other targets;
/// `ext:` and `std` for what is outside, `lock:` for what is in the lock file only;
/// `package:name=other` where a package calls another one by a name of its own.
fn fixture(paths: &str) -> (Workspace, Resolution) {
    let mut fixture = Fixture::default();
    for path in paths.split_whitespace() {
        match path.split_once(':') {
            Some(("lock", name)) => {
                fixture.external(name);
            }
            Some((package, entry)) if package != "ext" && !entry.starts_with(':') => {
                fixture.rename(package, entry);
            }
            _ => fixture.add(path),
        }
    }
    (fixture.workspace, fixture.resolution)
}

#[derive(Default)]
struct Fixture {
    workspace: Workspace,
    resolution: Resolution,
    ids: BTreeMap<String, NodeId>,
}

impl Fixture {
    fn external(&mut self, name: &str) -> u32 {
        let externals = &mut self.workspace.externals;
        let known = externals.iter().position(|external| external.name == name);
        known.unwrap_or_else(|| {
            externals
                .push(ExternalPackage { name: name.to_owned(), library: name.replace('-', "_") });
            externals.len() - 1
        }) as u32
    }

    fn rename(&mut self, package: &str, entry: &str) {
        let (name, other) = entry.split_once('=').unwrap();
        let member = self.workspace.packages.iter().position(|package| package.name == other);
        let resolved = match member {
            Some(member) => Resolved::Member(PackageId(member as u32)),
            None => Resolved::External(self.external(other)),
        };
        let PackageId(at) = self.package(package);
        self.workspace.packages[at as usize].dependencies.push(Dependency {
            package: other.to_owned(),
            code_name: name.replace('-', "_"),
            kind: DependencyKind::Normal,
            optional: false,
            target: None,
            resolved,
            span: None,
        });
    }

    fn package(&mut self, name: &str) -> PackageId {
        let packages = &mut self.workspace.packages;
        let known = packages.iter().position(|package| package.name == name);
        let at = known.unwrap_or_else(|| {
            packages.push(Package {
                id: name.to_owned(),
                name: name.to_owned(),
                manifest: format!("{name}/Cargo.toml").into(),
                folder: name.into(),
                targets: Vec::new(),
                dependencies: Vec::new(),
            });
            packages.len() - 1
        });
        PackageId(at as u32)
    }

    fn add(&mut self, path: &str) {
        let mut segments = path.split("::");
        let mut parent = self.root(segments.next().unwrap());
        for segment in segments {
            let path = format!("{}::{segment}", self.resolution.path(parent));
            let item = segment.starts_with(|letter: char| letter.is_uppercase());
            let kind = match self.resolution.node(parent).kind {
                NodeKind::ExternalCrate(_) | NodeKind::ExternalPath => NodeKind::ExternalPath,
                _ if item => NodeKind::Item,
                _ => NodeKind::Module,
            };
            parent = self.node(path, segment, Some(parent), kind);
        }
    }

    fn root(&mut self, first: &str) -> NodeId {
        let (name, kind) = if let Some(name) = first.strip_prefix("ext:") {
            (first.to_owned(), NodeKind::ExternalCrate(Some(self.external(name))))
        } else if ["std", "core", "alloc"].contains(&first) {
            (first.to_owned(), NodeKind::ExternalCrate(None))
        } else if let [package, kind, _] = first.split('/').collect::<Vec<_>>()[..] {
            let package = self.package(package);
            let kinds = [TargetKind::Bin, TargetKind::Test, TargetKind::Build];
            let target = kinds.into_iter().find(|target| target.name() == kind).unwrap();
            (first.to_owned(), NodeKind::Crate { package, target })
        } else {
            let (package, library) = first.split_once('=').unwrap_or((first, first));
            let package = self.package(package);
            (library.replace('-', "_"), NodeKind::Crate { package, target: TargetKind::Lib })
        };
        self.node(name.clone(), &name, None, kind)
    }

    fn node(&mut self, path: String, name: &str, parent: Option<NodeId>, kind: NodeKind) -> NodeId {
        let nodes = &mut self.resolution.nodes;
        *self.ids.entry(path).or_insert_with(|| {
            let id = NodeId(nodes.len() as u32);
            let own = matches!(kind, NodeKind::Item | NodeKind::ExternalPath);
            let above = parent.map_or(id, |parent| nodes[parent.0 as usize].module);
            let module = if own { above } else { id };
            nodes.push(Node {
                name: name.into(),
                parent,
                kind,
                module,
                span: None,
                exported: true,
            });
            id
        })
    }
}

/// The faults of a `boundaries.toml`, one a line: `3 `text at the place` code: message (help)`.
/// What is not fatal has its grade before the code.
fn faults(paths: &str, text: &str) -> String {
    let (workspace, resolution) = fixture(paths);
    let (boundaries, mut problems) = parse(text, FileId(0));
    problems.extend(bind(&boundaries, &workspace, &resolution).1);
    problems.sort_by_key(|problem| problem.span);
    problems.iter().map(|problem| line(text, problem)).collect()
}

fn line(text: &str, problem: &Problem) -> String {
    let (start, end) = (problem.span.start as usize, problem.span.end as usize);
    let number = text[..start].matches('\n').count() + 1;
    let grade = match problem.grade {
        Grade::Fatal => "",
        Grade::Deny => "deny ",
        Grade::Warn => "warn ",
    };
    let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    let (place, code, message) = (&text[start..end], problem.code, &problem.message);
    format!("{number} `{place}` {grade}{code}: {message}{help}\n")
}

/// The policy of a `boundaries.toml` that has no faults but warnings, one rule a line.
fn bound(paths: &str, text: &str) -> String {
    let (workspace, resolution) = fixture(paths);
    let (policy, resolution) = (policy_of(&workspace, &resolution, text), resolution);
    let mut lines = String::new();
    for rule in &policy.rules {
        let via = rule.via.as_ref().map(|via| format!(" via {}", set(&resolution, via)));
        let verb = verb(&resolution, &rule.verb);
        writeln!(lines, "{}: {verb}{}", rule.id, via.unwrap_or_default()).unwrap();
        for except in &rule.except {
            let (from, to) = (set(&resolution, &except.from), set(&resolution, &except.to));
            writeln!(lines, "  except {from} -> {to}").unwrap();
        }
    }
    lines
}

fn policy_of(workspace: &Workspace, resolution: &Resolution, text: &str) -> Policy {
    let (boundaries, problems) = parse(text, FileId(0));
    let (policy, more) = bind(&boundaries, workspace, resolution);
    let faults: String = problems
        .iter()
        .chain(&more)
        .filter(|problem| problem.grade == Grade::Fatal)
        .map(|problem| line(text, problem))
        .collect();
    assert_eq!(faults, "", "the text should have no faults");
    policy
}

fn verb(resolution: &Resolution, verb: &Verb) -> String {
    let one = |one: &NodeSet| set(resolution, one);
    match verb {
        Verb::Forbid(pairs) | Verb::Deprecate(pairs) => all_pairs(resolution, pairs),
        Verb::Only { from, allowed, judges_std } => {
            let std = if *judges_std { " (std judged)" } else { "" };
            format!("{} -> {}{std}", one(from), one(allowed))
        }
        Verb::Protect { target, allow } => format!("{} allow {}", one(target), one(allow)),
        Verb::Layers(stacks) => {
            stacks.iter().map(|stack| stack_line(resolution, stack)).collect::<Vec<_>>().join("; ")
        }
        Verb::Independent(members) => sets(resolution, members),
        Verb::Acyclic { parts, manifests, .. } => {
            format!("{}{}", sets(resolution, parts), if *manifests { " (manifests)" } else { "" })
        }
        Verb::Expose { component, face, to } => {
            let to = to.as_ref().map(|to| format!(" to {}", one(to))).unwrap_or_default();
            format!("{} face {}{to}", one(component), one(face))
        }
        Verb::Require { from, to } => format!("{} -> {}", sets(resolution, from), one(to)),
        Verb::Flag { from, .. } => from.as_ref().map(one).unwrap_or_default(),
    }
}

fn all_pairs(resolution: &Resolution, pairs: &[Pair]) -> String {
    let pair =
        |pair: &Pair| format!("{} -> {}", set(resolution, &pair.from), set(resolution, &pair.to));
    pairs.iter().map(pair).collect::<Vec<_>>().join(", ")
}

fn stack_line(resolution: &Resolution, stack: &Stack) -> String {
    let mut layers = Vec::new();
    for layer in &stack.layers {
        let separator = if layer.independent { " | " } else { " : " };
        let siblings: Vec<String> =
            layer.siblings.iter().map(|sibling| set(resolution, sibling)).collect();
        let closed = if layer.closed { "!" } else { "" };
        layers.push(format!("{closed}{}", siblings.join(separator)));
    }
    let mut undeclared = String::new();
    for node in &stack.undeclared {
        write!(undeclared, " undeclared {}", resolution.path(*node)).unwrap();
    }
    let container = stack.container.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
    format!("{container}{}{undeclared}", layers.join(" > "))
}

fn sets(resolution: &Resolution, sets: &[NodeSet]) -> String {
    sets.iter().map(|one| set(resolution, one)).collect::<Vec<_>>().join(", ")
}

/// The topmost nodes of a set, and with `-` those that are missing below them.
fn set(resolution: &Resolution, set: &NodeSet) -> String {
    let has = |nodes: &BitSet, node: NodeId| nodes.contains(node.0 as usize);
    let mut words = Vec::new();
    for at in 0..resolution.nodes.len() {
        let node = NodeId(at as u32);
        let above = resolution.node(node).parent.is_some_and(|parent| has(&set.nodes, parent));
        match (has(&set.nodes, node), above) {
            (true, false) => words.push(resolution.path(node)),
            (false, true) => words.push(format!("-{}", resolution.path(node))),
            _ => {}
        }
    }
    format!("[{}]", words.join(" "))
}

/// One rule `forbid = "selector -> std"` bound in the usual workspace: what the selector matches.
fn selects(paths: &str, selector: &str) -> String {
    let text = format!("rule = [{{ id = \"r\", forbid = \"{selector} -> std\" }}]");
    let line = bound(paths, &text);
    let (from, _) = line.split_once(" -> ").unwrap();
    from.trim_start_matches("r: ").to_owned()
}

/// One rule in the usual workspace → its faults.
fn rule_faults(rule: &str) -> String {
    faults(SHOP, &format!("[[rule]]\n{rule}"))
}
