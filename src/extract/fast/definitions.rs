//! Macro definitions: what they do to what they are handed, and the paths in their bodies.

use super::super::scan::Mode;
use super::super::templates::{Template, declares};
use super::cursor::Span;
use super::items::Head;
use super::tokens::Kind;
use super::{No, Read, Stream};

impl Stream<'_> {
    /// Reads `name {..}` behind `macro_rules!`.
    pub(super) fn macro_rules_item(&mut self, attributes: Span) -> Read {
        let name = self.at;
        self.advance(1);
        let rules = self.contents()?;
        if self.silent {
            return Ok(());
        }
        let exported = self.has_attribute(attributes, "macro_export");
        let (word, range) = (self.interned(name), self.range(name, name));
        self.out.note_macro(word, range, exported, None);
        self.say_names(attributes);
        let bodies = self.right_sides(rules);
        self.transcribers(&bodies);
        Ok(())
    }

    /// Reads `macro name(..) {..}`.
    pub(super) fn macro_item(&mut self, head: Head) -> Read {
        self.advance(1);
        let name = self.name()?;
        let matcher = self.is(Kind::OpenParen);
        if matcher {
            self.contents()?;
        }
        if !self.is(Kind::OpenBrace) {
            return Err(No);
        }
        let body = self.contents()?;
        if self.silent {
            return Ok(());
        }
        self.say_conditions(head.attributes);
        let visibility = self.say_visibility(head.visibility);
        let exported = self.has_attribute(head.attributes, "macro_export");
        let (word, range) = (self.interned(name), self.range(name, name));
        self.out.note_macro(word, range, exported, Some(visibility));
        self.say_names(head.attributes);
        let bodies = if matcher { vec![body] } else { self.right_sides(body) };
        self.transcribers(&bodies);
        Ok(())
    }

    /// The right sides of `(matcher) => { transcriber };`.
    fn right_sides(&self, rules: Span) -> Vec<Span> {
        let mut bodies = Vec::new();
        let (mut arrow, mut index) = (false, rules.from);
        while index < rules.to {
            let kind = self.tokens[index].kind;
            let behind = self.behind(index);
            if kind.opens() && arrow {
                bodies.push(Span { from: index + 1, to: behind - 1 });
            }
            arrow = kind == Kind::Gt;
            index = behind;
        }
        bodies
    }

    /// Reads the right sides of the definition that was noted last.
    fn transcribers(&mut self, bodies: &[Span]) {
        let mut template = Template::default();
        for body in bodies {
            self.add_body(&mut template, *body);
        }
        let declares = template.declares.iter().map(|name| self.interned(*name)).collect();
        self.out.describe_macro(&template, declares);
        let at = self.out.at;
        self.out.at.in_macro = true;
        for body in bodies {
            self.scan(*body, Mode::Definition);
        }
        self.out.at = at;
    }

    /// Adds one right side, or what is repeated in it.
    fn add_body(&mut self, template: &mut Template<usize>, body: Span) {
        let mut attributes: Vec<Span> = Vec::new();
        let mut at = body.from;
        while at < body.to {
            let kind = self.tokens[at].kind;
            let second = if at + 1 < body.to { self.tokens[at + 1].kind } else { Kind::End };
            let contents = |stream: &Self| Span { from: at + 2, to: stream.behind(at + 1) - 1 };
            match (kind, second) {
                (Kind::Pound, Kind::OpenBracket) => {
                    attributes.push(contents(self));
                    at = self.behind(at + 1);
                    continue;
                }
                (Kind::Dollar, open) if open.opens() => {
                    let repeated = contents(self);
                    let deep = self.deeper(|stream| {
                        stream.add_body(template, repeated);
                        Ok(())
                    });
                    self.unsure |= deep.is_err();
                    attributes.clear();
                    at = self.behind(at + 1);
                    continue;
                }
                (Kind::Dollar, word) if word.is_word() && word != Kind::Crate => {
                    self.place(template, &attributes);
                    attributes.clear();
                    at += 2;
                    continue;
                }
                (keyword, name)
                    if keyword.is_word() && name.is_word() && declares(self.text_of(at)) =>
                {
                    template.declares.push(at + 1);
                    attributes.clear();
                    at += 2;
                    continue;
                }
                (Kind::DocInner | Kind::Lifetime, _) => attributes.clear(),
                (other, _) if other.opens() || other.is_word() => attributes.clear(),
                _ => {}
            }
            at = self.behind(at);
        }
    }

    /// A variable behind these attributes.
    fn place(&mut self, template: &mut Template<usize>, attributes: &[Span]) {
        let mut conditional = false;
        for span in attributes {
            let mut index = span.from;
            while index < span.to {
                if self.text_of(index) == "cfg" && self.tokens[index + 1].kind.opens() {
                    let predicate = Span { from: index + 2, to: self.behind(index + 1) - 1 };
                    template.cfgs.push(self.predicate(predicate));
                    conditional = true;
                }
                template.exports |= self.text_of(index) == "macro_export";
                index = self.behind(index);
            }
        }
        template.unconditional |= !conditional;
    }
}
