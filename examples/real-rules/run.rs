//! A checkout → everything that its rules report, suppressed or not.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use archlint::check::{Step, Violation};
use archlint::discover::{Options, discover};
use archlint::judge::{Case, Judged, judge};
use archlint::load::load;
use archlint::model::{Sources, Span};
use archlint::resolve::resolve;
use archlint::settle::{Finding, Status};
use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;

/// What was found in a checkout.
pub(crate) struct Found {
    /// The rules that were judged, each with the scopes in which it holds.
    pub rules: BTreeMap<String, Vec<String>>,
    /// By rule.
    pub findings: BTreeMap<String, Vec<Report>>,
    /// The names of all crates, inside and outside.
    pub crates: BTreeSet<String>,
    /// What is wrong with the rules themselves.
    pub faults: Vec<String>,
}

/// One finding: its own place first, then those of its chain.
pub(crate) struct Report {
    pub places: Vec<Place>,
    /// For a cycle: who takes part. Every edge between two of them is told by the one finding.
    pub members: BTreeSet<String>,
    pub written: String,
    /// An exception covers it.
    pub excused: bool,
}

/// Where a crate is named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub file: String,
    pub line: usize,
    /// The crate that is named; `crate` for its own.
    pub root: String,
}

/// The folder of the workspace's manifest: the checkout itself, or the folder of its own name.
pub(crate) fn workspace_root(checkout: &Utf8Path) -> Option<Utf8PathBuf> {
    let inner = checkout.join(checkout.file_name()?);
    [checkout.to_owned(), inner].into_iter().find(|folder| folder.join("Cargo.toml").is_file())
}

/// Judges a checkout by the rules of `tests/real-rules/<project>.toml`.
pub(crate) fn findings(
    project: &str,
    checkout: &Utf8Path,
    root: &Utf8Path,
) -> anyhow::Result<Found> {
    let rules = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real-rules");
    let rules = rules.join(project).with_extension("toml");
    let text =
        std::fs::read_to_string(&rules).with_context(|| format!("`{rules}` cannot be read"))?;
    let mut sources = Sources::default();
    let workspace = discover(&options(root), &mut sources)?;
    let (tree, files) = load(&workspace, &mut sources);
    let resolution = resolve(&workspace, &tree, &files);
    let config = sources.add(rules, text);
    let case = Case::new(&workspace, &sources, &files, config);
    let Judged { verdict, graph, .. } = judge(case, resolution)?;
    let prefix = workspace.root.strip_prefix(checkout).unwrap_or(Utf8Path::new(""));
    let place = Places { sources: &sources, prefix };
    let mut found = Found {
        rules: written_rules(sources.file(config).text.as_str())?,
        findings: BTreeMap::new(),
        crates: crates(&graph),
        faults: Vec::new(),
    };
    for finding in &verdict.findings {
        sort(finding, &place, &mut found);
    }
    Ok(found)
}

fn options(root: &Utf8Path) -> Options {
    Options {
        cargo: std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()).into(),
        current_dir: root.to_owned(),
        manifest_path: None,
        locked: false,
    }
}

#[derive(Deserialize)]
struct Written {
    rule: Vec<WrittenRule>,
}

#[derive(Deserialize)]
struct WrittenRule {
    id: String,
    #[serde(default = "usual_scope")]
    scope: Vec<String>,
}

fn usual_scope() -> Vec<String> {
    vec!["normal".to_owned(), "build".to_owned()]
}

fn written_rules(text: &str) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let written: Written = toml::from_str(text)?;
    Ok(written.rule.into_iter().map(|rule| (rule.id, rule.scope)).collect())
}

fn crates(graph: &archlint::graph::Graph) -> BTreeSet<String> {
    let roots = graph.resolution.nodes.iter().filter(|node| node.parent.is_none());
    roots.map(|node| node.name.trim_start_matches("ext:").to_owned()).collect()
}

fn sort(finding: &Finding, places: &Places, found: &mut Found) {
    let violation = &finding.violation;
    if finding.status == Status::Stale || !found.rules.contains_key(&violation.rule) {
        let place = places.of(violation.span, "", "");
        let fault = format!("{}:{}: {}", place.file, place.line, violation.message);
        found.faults.push(fault);
        return;
    }
    let cycle = !violation.chain.is_empty() && violation.owner == violation.item;
    let members = violation.owner.split(", ").filter(|_| cycle);
    let report = Report {
        places: places.all(violation),
        members: members.map(str::to_owned).collect(),
        written: violation.written.clone(),
        excused: finding.status == Status::Suppressed,
    };
    found.findings.entry(violation.rule.clone()).or_default().push(report);
}

struct Places<'a> {
    sources: &'a Sources,
    /// From the checkout to the workspace.
    prefix: &'a Utf8Path,
}

impl Places<'_> {
    fn all(&self, violation: &Violation) -> Vec<Place> {
        let hop = |step: &Step| self.of(step.span, &step.from, &step.to);
        let own = self.of(violation.span, &violation.from, &violation.item);
        if violation.chain.is_empty() {
            return vec![own];
        }
        violation.chain.iter().map(hop).collect()
    }

    fn of(&self, span: Span, from: &str, to: &str) -> Place {
        let file = self.sources.file(span.file);
        let line = file.text[..span.start as usize].matches('\n').count() + 1;
        let path =
            if file.path.is_relative() { self.prefix.join(&file.path) } else { file.path.clone() };
        let (from, to) = (root(from), root(to));
        let root = if from == to { "crate" } else { to };
        Place { file: path.into_string(), line, root: root.replace('-', "_") }
    }
}

/// The crate of a canonical path.
fn root(path: &str) -> &str {
    let name = path.split("::").next().unwrap_or(path);
    name.strip_prefix("ext:").unwrap_or(name)
}
