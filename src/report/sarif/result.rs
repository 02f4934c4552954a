//! Findings → results.

use crate::check::{Fix, Violation};
use crate::model::Span;
use crate::report::Outcome;
use crate::report::sarif::document::{
    ArtifactChange, CodeFlow, Fingerprints, FlowLocation, Location, Message, Replacement, SarifFix,
    SarifResult, Suppression, ThreadFlow,
};
use crate::report::sarif::place::Places;
use crate::report::sarif::rules::Rules;
use crate::report::selection::Level;
use crate::report::visible::visible;
use crate::settle::{Finding, Status};

/// Readers show no more places of one result.
const MOST_RELATED: usize = 99;
/// Readers show no more of a way.
const MOST_HOPS: usize = 1_000;

/// What all results have in common.
pub(super) struct Results<'a> {
    places: Places<'a>,
    rules: &'a Rules,
    /// Whether what is let pass is among them, and the reader told so.
    tells_suppressed: bool,
}

impl<'a> Results<'a> {
    pub(super) fn new(outcome: &'a Outcome<'a>, rules: &'a Rules, tells_suppressed: bool) -> Self {
        Self { places: Places::new(outcome), rules, tells_suppressed }
    }

    pub(super) fn result(&self, finding: &'a Finding) -> SarifResult<'a> {
        let violation = &finding.violation;
        let related = self.related(violation);
        let rule_index = self.rules.index(&violation.rule);
        SarifResult {
            rule_id: &self.rules.descriptors[rule_index].id,
            rule_index,
            level: level(finding),
            message: Message { text: message(violation, &related) },
            locations: [self.places.location(violation.span)],
            related_locations: related,
            code_flows: self.code_flow(violation).into_iter().collect(),
            fixes: violation.fix.iter().map(|fix| self.fix(fix)).collect(),
            partial_fingerprints: Fingerprints { archlint: &finding.fingerprint },
            baseline_state: self.tells_suppressed.then(|| baseline_state(finding)),
            suppressions: suppressions(finding),
        }
    }

    /// The re-exports on the way, the rule and what else has a word; numbered from 1.
    fn related(&self, violation: &Violation) -> Vec<Location> {
        let through = violation.through.iter().map(|step| {
            let word = format!("`{}` re-exports `{}`", step.from, step.to);
            self.places.worded(step.span, &word)
        });
        let related = violation.related.iter();
        let related = related.map(|(span, word)| self.places.worded(*span, word));
        let all = through.chain(related).take(MOST_RELATED);
        (1..).zip(all).map(|(id, place)| Location { id: Some(id), ..place }).collect()
    }

    /// A chain or a circle, hop by hop.
    fn code_flow(&self, violation: &Violation) -> Option<CodeFlow> {
        let hops = violation.chain.iter().take(MOST_HOPS);
        let hops = hops.map(|step| {
            let word = format!("`{}` uses `{}`", step.from, step.to);
            FlowLocation { location: self.places.worded(step.span, &word) }
        });
        let locations: Vec<FlowLocation> = hops.collect();
        (!locations.is_empty()).then_some(CodeFlow { thread_flows: [ThreadFlow { locations }] })
    }

    fn fix(&self, fix: &Fix) -> SarifFix {
        let change = |(span, text): &(Span, String)| ArtifactChange {
            artifact_location: self.places.artifact(span.file),
            replacements: vec![Replacement {
                deleted_region: self.places.region(*span),
                inserted_content: Message { text: text.clone() },
            }],
        };
        SarifFix {
            description: Message { text: sentence(&fix.title) },
            artifact_changes: fix.edits.iter().map(change).collect(),
        }
    }
}

fn level(finding: &Finding) -> &'static str {
    match Level::of(finding) {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

/// All there is to say, and a link to each related place: readers show only those that are linked.
fn message(violation: &Violation, related: &[Location]) -> String {
    let because = violation.because.iter().map(|because| format!("Because: {because}"));
    let notes = violation.notes.iter().map(|note| format!("Note: {note}"));
    let help = violation.help.iter().map(|help| format!("Help: {help}"));
    let said = std::iter::once(violation.message.clone());
    let said = said.chain(because).chain(notes).chain(help);
    let mut sentences: Vec<String> = said.map(|text| without_links(&sentence(&text))).collect();
    let links = related.iter().filter_map(link);
    sentences.extend(links.map(|link| format!("{link}.")));
    sentences.join(" ")
}

fn link(place: &Location) -> Option<String> {
    let text = &place.message.as_ref()?.text;
    let text = text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
    Some(format!("[{text}]({})", place.id?))
}

/// With a full stop, as the standard wishes.
fn sentence(text: &str) -> String {
    let text = visible(text.trim());
    if text.ends_with(['.', '?', '!']) { text.into_owned() } else { format!("{text}.") }
}

/// `[a](b)` would be a link to a place.
fn without_links(text: &str) -> String {
    if text.contains("](") {
        text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        text.to_owned()
    }
}

fn baseline_state(finding: &Finding) -> &'static str {
    if finding.status == Status::Known { "unchanged" } else { "new" }
}

fn suppressions(finding: &Finding) -> Vec<Suppression> {
    match finding.status {
        Status::New | Status::Stale => Vec::new(),
        Status::Known => vec![Suppression { kind: "external" }],
        Status::Suppressed => vec![Suppression { kind: "inSource" }],
    }
}
