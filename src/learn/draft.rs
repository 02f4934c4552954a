//! Rules and remarks → the text of `boundaries.toml`, less what does not hold after all.

use crate::boundaries::{bind, parse};
use crate::check::check;
use crate::discover::Workspace;
use crate::graph::Graph;
use crate::model::FileId;

/// A file that is being written.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) rules: Vec<Rule>,
    /// Lines for people, without their `#`: what is left to decide.
    remarks: Vec<String>,
}

/// One `[[rule]]`, and the components that only it speaks of.
#[derive(Clone, Debug, Default)]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) components: Vec<(String, Vec<String>)>,
    /// Keys and values as they stand in the file.
    pub(super) body: Vec<(&'static str, String)>,
    /// From what it was learned: a comment above it.
    pub(super) fact: String,
    pub(super) because: String,
}

/// Where editors find what the file may say; its first line.
const SCHEMA: &str = "#:schema https://raw.githubusercontent.com/cargo-archlint/cargo-archlint/main/boundaries.schema.json";

const HEAD: [&str; 4] = [
    SCHEMA,
    "# Learned from the code by `cargo archlint init`: every rule holds today. Keep what is meant, delete",
    "# what is chance, and let `because` say in your words why it shall stay so.",
    "version = 1",
];

/// How to read siblings, where there are layers.
const SIBLINGS: &str = "# In `layers`, `a | b` may not name each other; `a : b` may.";

impl Draft {
    /// Adds a remark, folded between words; what follows a deep line stands deeper.
    pub(super) fn remark(&mut self, remark: &str) {
        let plain: String = remark.chars().filter(|letter| !letter.is_control()).collect();
        let indent = plain.len() - plain.trim_start().len();
        let mut line = " ".repeat(indent);
        for (at, word) in plain.split_whitespace().enumerate() {
            if at > 0 && line.len() + 3 + word.len() > WIDTH {
                self.remarks.push(std::mem::replace(&mut line, " ".repeat(indent * 2)));
            } else if at > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.remarks.push(line);
    }

    /// Adds a line of a rule as a remark, as it stands.
    pub(super) fn example(&mut self, line: &str) {
        self.remarks.push(format!("    {line}"));
    }

    /// Takes out each rule that is broken or faulty. Rules are learned so that none is; should the
    /// judgement ever see more than the learning did, the file shall still hold on its first day.
    pub(super) fn prove(&mut self, workspace: &Workspace, graph: &Graph) {
        loop {
            let faulty = self.faulty(workspace, graph);
            let before = self.rules.len();
            self.rules.retain(|rule| !faulty.contains(&rule.id));
            if self.rules.len() == before {
                return;
            }
        }
    }

    fn faulty(&self, workspace: &Workspace, graph: &Graph) -> Vec<String> {
        let text = self.text();
        let (boundaries, mut problems) = parse(&text, FileId::default());
        let (policy, more) = bind(&boundaries, workspace, &graph.resolution);
        problems.extend(more);
        let broken = check(graph, &policy, None).violations.into_iter().map(|one| one.rule);
        let problems = problems.iter().filter_map(|problem| {
            let start = text[..problem.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
            let line = text[start..].lines().next().unwrap_or_default();
            let key = line.split('=').next().unwrap_or_default().trim();
            let speaks = |rule: &&Rule| rule.components.iter().any(|(name, _)| name == key);
            let of_component = self.rules.iter().find(speaks).map(|rule| rule.id.clone());
            of_component.or_else(|| rule_around(&text, problem.span.start as usize))
        });
        broken.chain(problems).collect()
    }

    /// The file.
    pub(super) fn text(&self) -> String {
        let mut lines = HEAD.map(str::to_owned).to_vec();
        if self.rules.iter().flat_map(|rule| &rule.body).any(|(key, _)| *key == "layers") {
            lines.insert(HEAD.len() - 1, SIBLINGS.to_owned());
        }
        let components: Vec<_> = self.rules.iter().flat_map(|rule| &rule.components).collect();
        if !components.is_empty() {
            lines.extend([String::new(), "[components]".to_owned()]);
        }
        lines.extend(components.iter().map(|(name, own)| format!("{name} = {}", list(own))));
        for rule in &self.rules {
            lines.push(String::new());
            lines.extend((!rule.fact.is_empty()).then(|| format!("# {}", rule.fact)));
            lines.push("[[rule]]".to_owned());
            lines.push(format!("id = \"{}\"", rule.id));
            lines.extend(rule.body.iter().map(|(key, value)| format!("{key} = {value}")));
            lines.push(format!("because = \"{}\"", rule.because));
        }
        if !self.remarks.is_empty() {
            lines.extend([String::new(), "# To decide on:".to_owned(), "#".to_owned()]);
        }
        lines.extend(self.remarks.iter().map(|line| format!("# {line}").trim_end().to_owned()));
        lines.push(String::new());
        lines.join("\n")
    }
}

/// The id of the rule in whose table this byte stands.
fn rule_around(text: &str, at: usize) -> Option<String> {
    let start = text[..at].rfind("[[rule]]")?;
    let id = text[start..].lines().find_map(|line| line.strip_prefix("id = \""))?;
    id.strip_suffix('"').map(str::to_owned)
}

/// So wide may a line be.
const WIDTH: usize = 100;
/// So much of it stands before a list.
const KEY_WIDTH: usize = 20;

/// A string, or a list of strings: on one line if they fit.
pub(super) fn list(entries: &[String]) -> String {
    let quoted: Vec<String> = entries.iter().map(|entry| quote(entry)).collect();
    let line = match &quoted[..] {
        [one] => one.clone(),
        all => format!("[{}]", all.join(", ")),
    };
    let fits = line.len() + KEY_WIDTH <= WIDTH && !line.contains('\n');
    if fits { line } else { column(entries) }
}

/// A list, one entry a line.
pub(super) fn column(entries: &[String]) -> String {
    let lines: Vec<String> = entries.iter().map(|entry| format!("    {},", quote(entry))).collect();
    format!("[\n{}\n]", lines.join("\n"))
}

/// A string; a long union is folded before its separators.
pub(super) fn quote(text: &str) -> String {
    if text.len() + 10 <= WIDTH {
        return format!("\"{text}\"");
    }
    let mut folded = String::from("\"\"\"\n    ");
    let mut width = 4;
    for (at, word) in text.split(' ').enumerate() {
        let separates = matches!(word, "|" | ":");
        if separates && width > WIDTH - 40 {
            folded.push_str("\n    ");
            width = 4;
        } else if at > 0 {
            folded.push(' ');
        }
        folded.push_str(word);
        width += word.len() + 1;
    }
    folded.push_str("\"\"\"");
    folded
}
