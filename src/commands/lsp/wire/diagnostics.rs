//! Findings → diagnostics, and what can be done about them.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use gen_lsp_types as lsp;
use lsp_server::Message;

use super::{Asked, uri};
use crate::check::{Applicability, Fix};
use crate::model::{FileId, Severity, Span};
use crate::report::Outcome;
use crate::report::position::{Positions, Unit};
use crate::report::told::{self, Told};

/// A finding as the editor gets it.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Shown {
    pub(in super::super) diagnostic: lsp::Diagnostic,
    actions: Vec<lsp::CodeAction>,
}

/// The words and places of one outcome.
struct Words<'a> {
    outcome: &'a Outcome<'a>,
    positions: Positions<'a>,
    unit: Unit,
}

/// Everything that is to be shown, by the absolute path of its file.
pub(in super::super) fn shown(
    outcome: &Outcome<'_>,
    unit: Unit,
) -> BTreeMap<Utf8PathBuf, Vec<Shown>> {
    let words = Words { outcome, positions: Positions::new(outcome.sources), unit };
    let mut shown: BTreeMap<Utf8PathBuf, Vec<Shown>> = BTreeMap::new();
    for told in told::all(outcome, &words.positions) {
        let path = words.path(told.finding.violation.span.file);
        shown.entry(path).or_default().push(words.shown(told));
    }
    shown
}

/// The one diagnostic of a file where nothing can be judged.
pub(in super::super) fn trouble(message: &str) -> Shown {
    let diagnostic = lsp::Diagnostic {
        severity: Some(lsp::DiagnosticSeverity::Error),
        source: Some(SOURCE.to_owned()),
        message: message.to_owned().into(),
        ..lsp::Diagnostic::default()
    };
    Shown { diagnostic, actions: Vec::new() }
}

/// What can be done about the findings that a range touches.
pub(in super::super) fn answer_actions(asked: &Asked, shown: &[Shown]) -> Message {
    let touches = |one: &&Shown| {
        let range = one.diagnostic.range;
        range.start <= asked.range.end && asked.range.start <= range.end
    };
    let actions: Vec<_> = shown.iter().filter(touches).flat_map(|one| &one.actions).collect();
    super::answer(asked.id.clone(), &actions)
}

const SOURCE: &str = "archlint";

impl Words<'_> {
    fn shown(&self, told: Told<'_>) -> Shown {
        let violation = &told.finding.violation;
        let related = told.places.iter().map(|(span, word)| lsp::DiagnosticRelatedInformation {
            location: lsp::Location { uri: self.uri(span.file), range: self.range(*span) },
            message: word.clone(),
        });
        let diagnostic = lsp::Diagnostic {
            range: self.range(violation.span),
            severity: Some(severity(violation.severity)),
            code: Some(violation.rule.clone().into()),
            code_description: told.address.map(|href| lsp::CodeDescription { href: href.into() }),
            source: Some(SOURCE.to_owned()),
            related_information: Some(related.collect()).filter(|list: &Vec<_>| !list.is_empty()),
            message: message(told.message, told.label, told.remarks).into(),
            ..lsp::Diagnostic::default()
        };
        // A change that holds words to be replaced is advice, which the message gives.
        let fixes = told.fixes.iter();
        let fixes = fixes.filter(|fix| fix.applicability != Applicability::HasPlaceholders);
        let actions = fixes.map(|fix| self.action(fix, &diagnostic)).collect();
        Shown { diagnostic, actions }
    }

    fn action(&self, fix: &Fix, diagnostic: &lsp::Diagnostic) -> lsp::CodeAction {
        let mut edits: BTreeMap<FileId, Vec<lsp::TextEdit>> = BTreeMap::new();
        for (span, text) in &fix.edits {
            let edit = lsp::TextEdit { range: self.range(*span), new_text: text.clone() };
            edits.entry(span.file).or_default().push(edit);
        }
        let changes = edits.into_iter().map(|(file, edits)| (self.uri(file), edits)).collect();
        let is_sure = fix.applicability == Applicability::MachineApplicable;
        lsp::CodeAction {
            title: fix.title.clone(),
            kind: Some(lsp::CodeActionKind::QuickFix),
            diagnostics: Some(vec![diagnostic.clone()]),
            is_preferred: is_sure.then_some(true),
            edit: Some(lsp::WorkspaceEdit { changes: Some(changes), ..Default::default() }),
            ..lsp::CodeAction::default()
        }
    }

    fn path(&self, file: FileId) -> Utf8PathBuf {
        self.outcome.workspace.root.join(&self.positions.file(file).path)
    }

    fn uri(&self, file: FileId) -> lsp::Uri {
        uri::uri(&self.path(file)).into()
    }

    fn range(&self, span: Span) -> lsp::Range {
        let end = span.end.max(span.start);
        lsp::Range {
            start: self.position(span.file, span.start),
            end: self.position(span.file, end),
        }
    }

    fn position(&self, file: FileId, offset: u32) -> lsp::Position {
        let position = self.positions.at(file, offset, self.unit);
        lsp::Position { line: position.line - 1, character: position.column - 1 }
    }
}

/// The sentence, then a line for each remark; where there is none, what is said at the place.
fn message(message: String, label: Option<String>, remarks: Vec<(&'static str, String)>) -> String {
    let label = label.filter(|_| remarks.is_empty());
    let remarks = remarks.into_iter().map(|(_, text)| text);
    let lines: Vec<String> = std::iter::once(message).chain(label).chain(remarks).collect();
    lines.join("\n")
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Deny => lsp::DiagnosticSeverity::Error,
        Severity::Warn => lsp::DiagnosticSeverity::Warning,
        Severity::Info => lsp::DiagnosticSeverity::Information,
    }
}
