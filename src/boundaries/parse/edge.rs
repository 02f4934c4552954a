//! `a | b -> c` → [`Edge`].

use crate::boundaries::Problem;
use crate::boundaries::selector::Edge;
use crate::model::Span;

use super::selectors;
use super::text::{Slice, Text};

/// Reads one edge.
pub(super) fn parse(text: &Text, problems: &mut Vec<Problem>) -> Option<Edge> {
    let (left, right) = sides(text.whole(), problems)?;
    let from = selectors::parse_union(left, problems);
    let to = selectors::parse_union(right, problems);
    let edge = Edge { from: from?, to: to?, text: normal(text), span: text.span };
    for (side, name) in [(&edge.from, "left"), (&edge.to, "right")] {
        if side.iter().all(|selector| selector.removes) {
            let message = format!("the {name} side of `{}` only takes out", edge.text);
            let help = "name what it takes out of: `a | !a::b`";
            problems.push(bad(text.span, message).with_help(help));
            return None;
        }
    }
    Some(edge)
}

/// Reads several edges, all of them or none.
pub(super) fn parse_all(texts: &[Text], problems: &mut Vec<Problem>) -> Option<Vec<Edge>> {
    let edges: Vec<Option<Edge>> = texts.iter().map(|text| parse(text, problems)).collect();
    edges.into_iter().collect()
}

fn normal(text: &Text) -> String {
    text.value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bad(span: Span, message: impl Into<String>) -> Problem {
    Problem::fatal("config/bad-edge", span, message)
}

const FORM: &str = "write `from -> to`: `accounts -> im`, `web | api -> ext:sqlx`";

fn sides<'t>(whole: Slice<'t>, problems: &mut Vec<Problem>) -> Option<(Slice<'t>, Slice<'t>)> {
    let parts = whole.split("->");
    let problem = match &parts[..] {
        [left, right] if left.value.is_empty() && right.value.is_empty() => {
            bad(whole.span(), "both sides of the arrow are empty")
        }
        [left, _] if left.value.is_empty() => bad(whole.span(), "nothing stands left of the arrow"),
        [_, right] if right.value.is_empty() => {
            bad(whole.span(), "nothing stands right of the arrow")
        }
        [left, right] => return Some((*left, *right)),
        [_] => no_arrow(whole),
        _ => bad(whole.span(), "more than one arrow: an edge has two ends"),
    };
    problems.push(problem.with_help(FORM));
    None
}

/// An arrow of another make, if there is one, is where the finger points.
fn no_arrow(whole: Slice<'_>) -> Problem {
    for arrow in ["=>", "- >", "\u{2192}", "<-", "~>", "-"] {
        if let Some(at) = whole.value.find(&format!(" {arrow}")) {
            let span = whole.part(at + 1..at + 1 + arrow.len());
            return bad(span, format!("`{arrow}` is no arrow"));
        }
    }
    bad(whole.span(), format!("no arrow in `{}`", whole.value))
}
