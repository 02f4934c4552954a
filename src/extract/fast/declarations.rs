//! What items say of themselves: who may name them, what they are called.

use super::super::reader::SelfType;
use super::super::{Item, ItemKind, Name, Range, Visibility};
use super::cursor::Span;
use super::items::Head;
use super::tokens::Kind;
use super::{Read, Stream};

impl Stream<'_> {
    /// Reads `pub`, `pub(crate)`, `pub(in path)`.
    pub(super) fn visibility(&mut self) -> Read<Span> {
        let from = self.at;
        if self.take(Kind::Pub) && self.is(Kind::OpenParen) {
            let restricted = match self.second() {
                Kind::Crate | Kind::SelfValue | Kind::Super => {
                    self.kind_at(self.at + 2) == Kind::CloseParen
                }
                Kind::In => true,
                _ => false,
            };
            if restricted {
                self.group(Kind::OpenParen, |stream| {
                    stream.take(Kind::In);
                    stream.plain_path()
                })?;
            }
        }
        Ok(Span { from, to: self.at })
    }

    /// What a visibility says.
    pub(super) fn say_visibility(&mut self, span: Span) -> Visibility {
        match span.to - span.from {
            0 => return Visibility::Private,
            1 => return Visibility::Public,
            _ => {}
        }
        let words: Vec<usize> = (span.from + 2..span.to)
            .filter(|index| self.tokens[*index].kind.is_word())
            .filter(|index| self.tokens[*index].kind != Kind::In)
            .collect();
        let global = (span.from + 2..span.to)
            .find(|index| self.tokens[*index].kind != Kind::In)
            .is_some_and(|index| self.tokens[index].kind == Kind::Colon);
        match words.as_slice() {
            [only] if !global && self.tokens[*only].kind == Kind::Crate => Visibility::Crate,
            [only] if !global && self.tokens[*only].kind == Kind::SelfValue => Visibility::Private,
            several => Visibility::In(several.iter().map(|index| self.interned(*index)).collect()),
        }
    }

    pub(super) fn interned(&mut self, index: usize) -> Name {
        let word = self.word_of(index);
        self.out.name(word)
    }

    /// Records an item; from here on it is the owner, and its `cfg` holds.
    pub(super) fn declare(&mut self, head: Head, name: usize, kind: ItemKind) {
        if self.silent {
            return;
        }
        self.say_conditions(head.attributes);
        let visibility = self.say_visibility(head.visibility);
        let (index, range) = (self.interned(name), self.range(name, name));
        self.push_item(index, range, kind, visibility);
        self.out.own(index, None);
        self.say_names(head.attributes);
    }

    pub(super) fn push_item(
        &mut self,
        name: Name,
        range: Range,
        kind: ItemKind,
        visibility: Visibility,
    ) {
        let (scope, cfg) = (self.out.at.scope, self.out.at.cfg);
        let members = Box::default();
        self.out.facts.items.push(Item { name, range, kind, scope, members, visibility, cfg });
    }

    /// Records a type, which is `Self` from here on; the index of the item.
    pub(super) fn declare_type(&mut self, head: Head, name: usize, kind: ItemKind) -> usize {
        if self.silent {
            return 0;
        }
        let word = self.interned(name);
        self.out.self_type = SelfType::Path { global: false, segments: Box::new([word]) };
        self.declare(head, name, kind);
        self.out.facts.items.len() - 1
    }

    pub(super) fn set_members(&mut self, item: usize, members: &[usize]) {
        if !self.silent {
            let members = members.iter().map(|name| self.interned(*name)).collect();
            self.out.facts.items[item].members = members;
        }
    }
}
