//! Tokens → `cfg` predicates.

use super::super::cfg::Predicate;
use super::Stream;
use super::cursor::Span;
use super::tokens::Kind;

impl Stream<'_> {
    /// Reads what stands in the parentheses of `cfg(..)`.
    pub(super) fn predicate(&mut self, span: Span) -> Predicate {
        let parts = self.parts(span);
        self.one_predicate(parts.first().copied().unwrap_or_default())
    }

    /// What stands between the commas of a list.
    pub(super) fn parts(&self, span: Span) -> Vec<Span> {
        let mut parts = vec![Span { from: span.from, to: span.to }];
        let mut index = span.from;
        while index < span.to {
            if self.tokens[index].kind == Kind::Comma
                && let Some(last) = parts.last_mut()
            {
                last.to = index;
                parts.push(Span { from: index + 1, to: span.to });
            }
            index = self.behind(index);
        }
        parts
    }

    fn one_predicate(&mut self, span: Span) -> Predicate {
        if span.is_empty() || !self.tokens[span.from].kind.is_word() {
            return self.other_predicate(span);
        }
        let name = self.text_of(span.from);
        if span.from + 1 == span.to {
            return Predicate { text: name.to_owned(), test: name == "test" };
        }
        let second = self.tokens[span.from + 1].kind;
        if second.opens() && self.behind(span.from + 1) == span.to {
            let list = Span { from: span.from + 2, to: span.to - 1 };
            let parts = self.parts(list).into_iter().filter(|part| !part.is_empty());
            let parts: Vec<Predicate> = parts
                .collect::<Vec<_>>()
                .into_iter()
                .map(|part| self.one_predicate(part))
                .collect();
            return Predicate::of_parts(name, &parts);
        }
        self.other_predicate(span)
    }

    fn other_predicate(&mut self, span: Span) -> Predicate {
        let mut text = String::new();
        for index in span.from..span.to {
            let kind = self.tokens[index].kind;
            // How a tree would print them is its own business.
            self.unsure |= kind.opens() || matches!(kind, Kind::DocOuter | Kind::DocInner);
            let word = self.text_of(index);
            text.push_str(if kind == Kind::Eq { " = " } else { word });
        }
        Predicate { text, test: false }
    }
}
