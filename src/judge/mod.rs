//! Resolved workspace + `boundaries.toml` → [`Verdict`]: the second half of the line in one call.

use std::collections::BTreeSet;

use crate::baseline::{self, Baseline, Counts, Key};
use crate::boundaries::policy::{Policy, Unmatched};
use crate::boundaries::{Grade, Problem};
use crate::check::{Checked, Violation, check};
use crate::discover::{Package, Workspace};
use crate::doctor::unused_allowances;
use crate::flag::{Ahead, Code, Flagged, Sheets, flag};
use crate::graph::{Graph, Tables};
use crate::model::{FileId, Severity, Sources, Span};
use crate::resolve::{
    FactsByFile, MacroNotReadReason, NodeId, NodeKind, Resolution, UnresolvedReason,
};
use crate::settle::{
    Debt, Finding, Settle, Status, Summary, Verdict, retain, settle, strict_component,
};

use debt::Scope;

mod debt;
mod ready;

use ready::{Bound, bind};
pub use ready::{Ready, read, read_ahead};

/// A file that does not parse: what it names is unknown, so no run with it is clean.
pub const UNPARSED_FILE: &str = "unparsed-file";

/// What is judged, and by what.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Every file that was read, the configuration included.
    pub sources: &'a Sources,
    /// The facts of the Rust files.
    pub files: &'a FactsByFile,
    /// The configuration.
    pub config: FileId,
    /// The workspace's own rule pages.
    pub pages: &'a [FileId],
    /// The debt that is known.
    pub baseline: Option<FileId>,
    /// A baseline entry that is no longer needed fails the run.
    pub locked: bool,
    /// The configuration is of a later day than the workspace: what it names need not be there.
    pub past: bool,
    /// `2027-03-31`, by which exceptions expire; none: they do not.
    pub today: Option<&'a str>,
    /// Judge findings that start in these packages only; empty: all.
    pub packages: &'a [String],
    /// Apply these rules only; empty: all.
    pub rules: &'a [String],
    /// The rules that come with the program, and those of the pages, apply, too.
    pub built_in: bool,
    /// What an earlier run has read of the files' syntax; none: nobody keeps it.
    pub sheets: Option<&'a Sheets<'a>>,
}

impl<'a> Case<'a> {
    /// A workspace and its configuration alone: no debt, no day, nothing that comes with the program.
    pub fn new(
        workspace: &'a Workspace,
        sources: &'a Sources,
        files: &'a FactsByFile,
        config: FileId,
    ) -> Self {
        Self {
            workspace,
            sources,
            files,
            config,
            pages: &[],
            baseline: None,
            locked: false,
            past: false,
            today: None,
            packages: &[],
            rules: &[],
            built_in: false,
            sheets: None,
        }
    }

    fn applies(&self, rule: &str) -> bool {
        self.rules.is_empty() || self.rules.iter().any(|id| id == rule)
    }
}

/// A verdict, and what it rests on.
#[derive(Debug)]
pub struct Judged {
    /// What the run says.
    pub verdict: Verdict,
    /// The configuration does not say what shall hold.
    pub unusable: bool,
    /// The graph that was judged.
    pub graph: Graph,
    /// What it was judged by.
    pub policy: Policy,
    /// The debt that was known; none where nothing says so.
    pub baseline: Option<Baseline>,
    /// What a baseline may know of the whole workspace: all that counts, and what is known.
    pub debt: Counts,
    /// Syntax of files to be kept for the next run, where somebody keeps it.
    pub sheets: Vec<(FileId, Vec<u8>)>,
}

impl Judged {
    /// Whether the run is green: nothing that counts is denied, and the configuration can be used.
    pub fn holds(&self) -> bool {
        !self.unusable && !self.verdict.fails()
    }
}

/// Holds a resolved workspace against its configuration.
///
/// An error if `rules` or `packages` names something that does not exist.
pub fn judge(case: Case<'_>, resolution: Resolution) -> anyhow::Result<Judged> {
    judge_ready(case, read(case), resolution)
}

/// The same, where something was done ahead.
///
/// An error as above.
pub fn judge_ready(case: Case<'_>, ready: Ready, resolution: Resolution) -> anyhow::Result<Judged> {
    let Ready { joined, ahead } = ready;
    let (bound, tables) =
        rayon::join(|| bind(case, joined, &resolution), || Tables::new(&resolution));
    let Bound { policy, known_rules, mut problems } = bound?;
    let mut judged_rules: BTreeSet<String> =
        policy.rules.iter().map(|rule| rule.id.clone()).collect();
    let summary = summary(case, &resolution);
    let graph = tables.of(resolution);
    let (baseline, corrupt) = match read_baseline(case) {
        Ok(baseline) => (baseline, None),
        Err(corrupt) => (None, Some(*corrupt)),
    };
    let is_corrupt = corrupt.is_some();
    problems.extend(corrupt);
    let unusable = problems.iter().any(|problem| problem.grade == Grade::Fatal);
    let complete = !unusable && summary.unparsed == 0;
    let asks_unused = complete && !case.past;
    let Held { checked, unused, sheets } = if is_corrupt {
        judged_rules.clear();
        Held::default()
    } else {
        held(case, (&graph, &policy), ahead.as_ref(), asks_unused)
    };
    let scope = Scope { known_rules: &known_rules, judged_rules: &judged_rules, complete };
    let debt = debt::debt(case, (&graph, &policy), scope, baseline.as_ref(), &checked.violations);
    let mut others: Vec<Violation> = problems.into_iter().map(of_problem).collect();
    others.extend(unparsed(case.files));
    others.extend(unused);
    let suppressions = case.files.facts.iter();
    let mut verdict = settle(Settle {
        checked,
        policy: &policy,
        others,
        suppressions: suppressions.map(|(file, facts)| (*file, &facts.suppressions[..])).collect(),
        known_rules: &known_rules,
        judged_rules: &judged_rules,
        debt: debt.clone(),
        sources: case.sources,
        summary,
    });
    let debt = owed(&verdict, &debt, &policy);
    if !case.packages.is_empty() {
        retain(&mut verdict, |finding| starts_in(&graph, case, &finding.violation));
    }
    Ok(Judged { verdict, unusable, graph, policy, baseline, debt, sheets })
}

/// What a workspace says to its rules.
#[derive(Default)]
struct Held {
    /// What breaks the rules.
    checked: Checked,
    /// What they allow to no avail, where that is asked.
    unused: Vec<Violation>,
    sheets: Vec<(FileId, Vec<u8>)>,
}

/// Holds it against them. The three questions have nothing to do with one another.
fn held(
    case: Case<'_>,
    (graph, policy): (&Graph, &Policy),
    ahead: Option<&Ahead>,
    asks_unused: bool,
) -> Held {
    let Case { workspace, sources, files, today, sheets, .. } = case;
    let unused = || if asks_unused { unused_allow(graph, policy) } else { Vec::new() };
    let of_graph = || rayon::join(|| check(graph, policy, today), unused);
    let of_code = || flag(Code { workspace, sources, files, graph, policy, today, sheets, ahead });
    let ((mut checked, unused), flagged) = rayon::join(of_graph, of_code);
    let Flagged { checked: shapes, sheets } = flagged;
    checked.violations.extend(shapes.violations);
    checked.excused.extend(shapes.excused);
    checked.exceptions.extend(shapes.exceptions);
    Held { checked, unused, sheets }
}

fn read_baseline(case: Case<'_>) -> Result<Option<Baseline>, Box<Problem>> {
    let parse = |file| baseline::parse(&case.sources.file(file).text, file);
    case.baseline.map(parse).transpose()
}

/// What counts or is known, where a baseline may know it.
fn owed(verdict: &Verdict, debt: &Debt<'_>, policy: &Policy) -> Counts {
    let mut owed = Counts::new();
    for Finding { violation, status, .. } in &verdict.findings {
        let counts = matches!(status, Status::New | Status::Known);
        if counts
            && strict_component(violation, debt, policy).is_none()
            && let Some(key) = Key::of(violation)
        {
            *owed.entry(key).or_default() += 1;
        }
    }
    owed
}

/// Whether a violation starts in one of the packages asked for; what starts nowhere always counts.
fn starts_in(graph: &Graph, case: Case<'_>, violation: &Violation) -> bool {
    let Some((from, _)) = violation.edge else { return true };
    package_of(graph, case.workspace, from)
        .is_none_or(|package| case.packages.contains(&package.name))
}

fn package_of<'w>(graph: &Graph, workspace: &'w Workspace, node: NodeId) -> Option<&'w Package> {
    let root = graph.resolution.crate_of(node);
    match graph.resolution.node(root).kind {
        NodeKind::Crate { package, .. } => workspace.packages.get(package.0 as usize),
        _ => None,
    }
}

/// A fault of the configuration as a finding at its place.
pub(crate) fn of_problem(problem: Problem) -> Violation {
    let severity = match problem.grade {
        Grade::Warn => Severity::Warn,
        Grade::Deny | Grade::Fatal => Severity::Deny,
    };
    let mut violation = Violation::new(problem.code, severity, problem.span, problem.message);
    violation.label = problem.label;
    violation.related = problem.related;
    violation.help = problem.help;
    violation
}

/// Allowances that nothing needs, as the settings weigh them.
fn unused_allow(graph: &Graph, policy: &Policy) -> Vec<Violation> {
    let severity = match policy.unused_allow {
        Unmatched::Silent => return Vec::new(),
        Unmatched::Warn => Severity::Warn,
        Unmatched::Deny => Severity::Deny,
    };
    let unused = unused_allowances(graph, policy).into_iter();
    unused.map(|violation| Violation { severity, ..violation }).collect()
}

fn unparsed(files: &FactsByFile) -> impl Iterator<Item = Violation> + '_ {
    files.facts.iter().filter_map(|(file, facts)| {
        let error = facts.syntax_error.as_ref()?;
        let span = Span { file: *file, start: error.range.start, end: error.range.end };
        let message = format!("this file does not parse: {}", error.message);
        let mut violation = Violation::new(UNPARSED_FILE, Severity::Deny, span, message);
        violation.notes = vec!["nothing in it has been judged".to_owned()];
        Some(violation)
    })
}

fn summary(case: Case<'_>, resolution: &Resolution) -> Summary {
    let facts = case.files.facts.values();
    Summary {
        files: facts.len(),
        lines: facts.clone().map(|facts| facts.lines as usize).sum(),
        unparsed: facts.filter(|facts| facts.syntax_error.is_some()).count(),
        unreached: resolution.unreached.len(),
        unresolved: resolution.unresolved.len(),
        unresolved_by_reason: UnresolvedReason::ALL
            .map(|reason| resolution.unresolved.iter().filter(|one| one.reason == reason).count()),
        macros_by_reason: MacroNotReadReason::ALL.map(|reason| {
            resolution.macros_not_read.iter().filter(|one| one.reason == reason).count()
        }),
        macros_not_read: resolution.macros_not_read.len(),
        ..Summary::default()
    }
}
