//! Rules, and faults that no rule is about → descriptors with help.

use std::collections::BTreeMap;

use crate::boundaries::policy::{Rule, Verb};
use crate::model::Severity;
use crate::report::Outcome;
use crate::report::explain::{conditions, sentences};
use crate::report::sarif::document::{Configuration, Descriptor, Help, Message, RuleProperties};
use crate::report::selection::Selection;
use crate::report::told::address;
use crate::report::visible::{visible, visible_lines};

/// Readers cut a longer description.
const LONGEST: usize = 1_000;

/// Every rule of the policy in its order, then what else was found.
pub(super) struct Rules {
    pub(super) descriptors: Vec<Descriptor>,
    index: BTreeMap<String, usize>,
}

impl Rules {
    pub(super) fn of(outcome: &Outcome<'_>, selection: &Selection<'_>) -> Self {
        let rules = &outcome.policy.rules;
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        let mut descriptors: Vec<Descriptor> = Vec::new();
        for rule in rules {
            index.insert(rule.id.clone(), descriptors.len());
            descriptors.push(of_rule(rule));
        }
        let shown = selection.shown.iter();
        let found = shown.map(|one| (one.violation.rule.as_str(), one.violation.severity));
        for (id, severity) in found.collect::<BTreeMap<&str, Severity>>() {
            if !index.contains_key(id) {
                index.insert(id.to_owned(), descriptors.len());
                descriptors.push(of_fault(id, severity != Severity::Deny));
            }
        }
        Self { descriptors, index }
    }

    /// Where a rule stands in the list. It must be one that was found.
    pub(super) fn index(&self, id: &str) -> usize {
        self.index[id]
    }
}

fn of_rule(rule: &Rule) -> Descriptor {
    let mut words = sentences(&rule.verb);
    if words.is_empty() {
        // A description without text counts as none.
        words.push(format!("`{}` says nothing that could be judged", visible(&rule.id)));
    }
    let short = words[0].trim_end_matches(':').to_owned();
    let because = rule.because.iter().map(|because| format!("Because: {}", visible_lines(because)));
    words.extend(because);
    let full = words.join("\n");
    words.extend(rule.docs.iter().map(|docs| format!("See {}", visible(docs))));
    words.extend(conditions(rule));
    words.push(format!("`cargo archlint explain {}` says more", visible(&rule.id)));
    let is_warning = matches!(rule.verb, Verb::Deprecate(_)) || rule.severity != Severity::Deny;
    Descriptor {
        help_uri: address(rule),
        ..descriptor(&rule.id, &short, &full, &words, is_warning)
    }
}

/// What archlint finds without being asked: faults of the configuration, of excuses, of files.
fn of_fault(id: &str, is_warning: bool) -> Descriptor {
    let text = match id {
        _ if id.starts_with("config/") => "`boundaries.toml` does not say what it means to say",
        _ if id.ends_with("-exception") => "An exception in `boundaries.toml` is of no use",
        _ if id.contains("suppression") => "A comment that allows something is faulty or of no use",
        _ if id.contains("baseline") => "The baseline does not fit what there is",
        _ => "What is found here keeps the run from being trusted",
    };
    descriptor(id, text, text, &[text.to_owned()], is_warning)
}

fn descriptor(id: &str, short: &str, full: &str, help: &[String], is_warning: bool) -> Descriptor {
    let level = if is_warning { "warning" } else { "error" };
    let message = |text: &str| Message { text: cut(text) };
    Descriptor {
        id: visible(id).into_owned(),
        short_description: message(short),
        full_description: message(full),
        help: Help { text: help.join("\n"), markdown: help.join("\n\n") },
        help_uri: None,
        default_configuration: Configuration { level },
        properties: RuleProperties {
            tags: ["architecture"],
            precision: "very-high",
            severity: level,
        },
    }
}

fn cut(text: &str) -> String {
    let end = text.char_indices().nth(LONGEST - 1);
    end.map_or_else(|| text.to_owned(), |(end, _)| format!("{}…", &text[..end]))
}
