//! A corpus → what every rule that comes with the program finds in it.

use std::collections::BTreeMap;
use std::fmt;

use archlint::boundaries::builtin;
use archlint::boundaries::written::Statement;
use archlint::judge::{Case, judge};
use archlint::model::{Sources, Span};
use archlint::workspace::{Loaded, load};
use camino::{Utf8Path, Utf8PathBuf};

use crate::table::Label;

/// A finding.
pub(crate) struct Report {
    /// The rule's id, and its tags.
    rules: Vec<String>,
    /// Its place, and the places of its chain: file and line.
    places: Vec<(String, u32)>,
    severity: String,
    pub message: String,
}

impl Report {
    pub(crate) fn is_of(&self, rule: &str) -> bool {
        self.rules.iter().any(|own| own == rule)
    }

    /// Whether it speaks of the labelled place: one line more or less is the same expression.
    pub(crate) fn meets(&self, label: &Label) -> bool {
        let near =
            |(file, line): &(String, u32)| *file == label.file && line.abs_diff(label.line) <= 1;
        self.is_of(&label.rule) && self.places.iter().any(near)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, line) = &self.places[0];
        write!(f, "{file}:{line}: {} {}: {}", self.severity, self.rules[0], self.message)
    }
}

/// What is found in the corpus of this name below a folder.
pub(crate) fn reports(folder: &str, corpus: &str) -> anyhow::Result<Vec<Report>> {
    let checkout = Utf8Path::new(folder).join(corpus);
    let root = root(&checkout);
    let loaded = load(root.as_str())?;
    let mut sources = loaded.sources.clone();
    let rules = builtin::rules();
    let on = rules.iter().map(|rule| format!("{} = \"on\"\n", rule.id));
    let config =
        sources.add("boundaries.toml".into(), format!("[rules]\n{}", on.collect::<String>()));
    let Loaded { workspace, files, resolution, .. } = &loaded;
    let case = Case { built_in: true, ..Case::new(workspace, &sources, files, config) };
    let judged = judge(case, resolution.clone())?;
    let names: BTreeMap<String, Vec<String>> = rules
        .iter()
        .map(|rule| {
            let tags = match &rule.statement {
                Statement::Flag { flag, .. } => flag.tags.clone(),
                _ => Vec::new(),
            };
            (rule.id.clone(), [vec![rule.id.clone()], tags].concat())
        })
        .collect();
    let prefix = loaded.workspace.root.strip_prefix(&checkout).unwrap_or(Utf8Path::new(""));
    let place = |span: Span| place(&sources, prefix, span);
    let findings = judged.verdict.findings.into_iter().map(|finding| finding.violation);
    let known = findings.filter(|one| names.contains_key(&one.rule));
    Ok(known
        .map(|one| {
            let chain = one.chain.iter().map(|step| step.span);
            let spans = std::iter::once(one.span).chain(chain);
            Report {
                rules: names[&one.rule].clone(),
                places: spans.map(place).collect(),
                severity: format!("{:?}", one.severity).to_lowercase(),
                message: one.message,
            }
        })
        .collect())
}

/// The workspace's folder: the checkout itself, or the folder of its own name.
fn root(checkout: &Utf8Path) -> Utf8PathBuf {
    let inner = checkout.join(checkout.file_name().unwrap_or_default());
    let outer = checkout.join("Cargo.toml").is_file();
    if outer { checkout.to_owned() } else { inner }
}

fn place(sources: &Sources, prefix: &Utf8Path, span: Span) -> (String, u32) {
    let file = sources.file(span.file);
    let before = &file.text[..span.start as usize];
    (prefix.join(&file.path).to_string(), 1 + before.matches('\n').count() as u32)
}
