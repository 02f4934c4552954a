//! `impl`s and traits: for whom they are.

use super::super::reader::SelfType;
use super::super::{ItemKind, Name};
use super::cursor::Span;
use super::items::Head;
use super::tokens::Kind;
use super::{No, Read, Stream};

/// Where the types of an `impl` begin.
#[derive(Clone, Copy, Debug)]
struct Parties {
    of_trait: Option<usize>,
    of_type: usize,
}

impl<'t> Stream<'t> {
    pub(super) fn trait_item_whole(&mut self, head: Head) -> Read {
        self.advance(1);
        let name = self.name()?;
        let item = self.declare_type(head, name, ItemKind::Trait);
        self.generics()?;
        if self.is(Kind::Eq) {
            return self.doubt();
        }
        if self.take(Kind::Colon) {
            self.bounds(|stream| matches!(stream.next(), Kind::Where | Kind::OpenBrace))?;
        }
        self.where_clause()?;
        let names = self.group(Kind::OpenBrace, |stream| {
            stream.idle_inner_attributes()?;
            stream.trait_items()
        })?;
        self.set_members(item, &names);
        Ok(())
    }

    pub(super) fn impl_item_whole(&mut self, head: Head) -> Read {
        self.advance(1);
        if self.is(Kind::OpenParen)
            && matches!(
                self.kind_at(self.behind(self.at)),
                Kind::Const | Kind::Unsafe | Kind::Trait
            )
        {
            return self.doubt();
        }
        let generic = self.is_generics();
        if !self.silent {
            let parties = self.ahead(|stream| stream.parties(generic))?;
            self.say_impl(head.attributes, parties, generic)?;
        }
        if generic {
            self.parameters(false)?;
        }
        let negative = self.is(Kind::Bang) && self.second() != Kind::OpenBrace;
        if negative {
            self.advance(1);
        }
        self.ty()?;
        if self.take(Kind::For) {
            self.ty()?;
        } else if negative {
            return Err(No);
        }
        self.where_clause()?;
        self.group(Kind::OpenBrace, |stream| {
            stream.idle_inner_attributes()?;
            stream.impl_items()
        })
    }

    fn parties(&mut self, generic: bool) -> Read<Parties> {
        if generic {
            self.parameters(false)?;
        }
        if self.is(Kind::Bang) && self.second() != Kind::OpenBrace {
            self.advance(1);
        }
        let first = self.at;
        self.ty()?;
        if !self.take(Kind::For) {
            return Ok(Parties { of_trait: None, of_type: first });
        }
        let plain = self.tokens[first].kind.is_word() || self.is_separator_at(first);
        if !plain || matches!(self.tokens[first].kind, Kind::Dyn | Kind::Impl | Kind::For) {
            return self.doubt();
        }
        Ok(Parties { of_trait: Some(first), of_type: self.at })
    }

    fn say_impl(&mut self, attributes: Span, parties: Parties, generic: bool) -> Read {
        self.say_conditions(attributes);
        let name = self.type_name(parties.of_type)?;
        let of_trait = match parties.of_trait {
            Some(at) => Some(self.last_name(at, false)?),
            None => None,
        };
        self.out.own(name, of_trait);
        self.say_names(attributes);
        if generic {
            self.bind_generics()?;
        }
        self.out.self_type = self.self_type(parties.of_type)?;
        Ok(())
    }

    /// Inside of parentheses around one type.
    fn peeled(&self, mut at: usize) -> usize {
        while self.kind_at(at) == Kind::OpenParen {
            let list = Span { from: at + 1, to: self.behind(at) - 1 };
            if list.is_empty() || self.parts(list).len() > 1 {
                break;
            }
            at += 1;
        }
        at
    }

    /// What `Self` means in an `impl` of this type.
    fn self_type(&mut self, at: usize) -> Read<SelfType> {
        let at = self.peeled(at);
        if !self.begins_path(at) {
            return Ok(SelfType::Unnamed);
        }
        let (global, words) = self.words_at(at, false)?;
        Ok(self.out.self_type_of_words(global, &words))
    }

    fn begins_path(&self, at: usize) -> bool {
        let word = matches!(
            self.kind_at(at),
            Kind::Ident | Kind::SelfType | Kind::SelfValue | Kind::Super | Kind::Crate
        );
        word || self.is_separator_at(at)
    }

    /// The readable name of a type, for the owner that its `impl` is.
    fn type_name(&mut self, at: usize) -> Read<Name> {
        let at = self.peeled(at);
        let word = match self.kind_at(at) {
            _ if self.begins_path(at) => return self.last_name(at, false),
            Kind::And => {
                let lifetime = usize::from(self.kind_at(at + 1) == Kind::Lifetime);
                let mutable = usize::from(self.kind_at(at + 1 + lifetime) == Kind::Mut);
                return self.type_name(at + 1 + lifetime + mutable);
            }
            Kind::Star => return self.type_name(at + 2),
            Kind::Dyn => match self.kind_at(at + 1) {
                _ if self.begins_path(at + 1) => return self.last_name(at + 1, true),
                _ => return self.doubt(),
            },
            Kind::OpenParen => "tuple",
            Kind::OpenBracket => self.array_name(at),
            Kind::Fn | Kind::Unsafe | Kind::Extern => "fn",
            Kind::Bang => "never",
            _ => return self.doubt(),
        };
        Ok(self.out.name(word))
    }

    fn array_name(&self, at: usize) -> &'static str {
        let (mut index, end) = (at + 1, self.behind(at) - 1);
        while index < end {
            if self.tokens[index].kind == Kind::Semi {
                return "array";
            }
            index = self.behind(index);
        }
        "slice"
    }

    fn last_name(&mut self, at: usize, several: bool) -> Read<Name> {
        let (_, words) = self.words_at(at, several)?;
        Ok(self.out.name(words.last().copied().unwrap_or("type")))
    }

    /// The words of the path that begins at an index; a `+` may follow where `several` may.
    fn words_at(&mut self, at: usize, several: bool) -> Read<(bool, Vec<&'t str>)> {
        self.ahead(|stream| {
            stream.at = at;
            let global = stream.is_separator();
            let mut words = Vec::new();
            if global {
                stream.advance(2);
            }
            loop {
                words.push(stream.word_of(stream.at));
                stream.advance(1);
                if stream.is_separator() && stream.kind_at(stream.at + 2) == Kind::Lt {
                    stream.advance(2);
                }
                if stream.is(Kind::Lt) {
                    stream.angle_arguments()?;
                }
                if !stream.is_separator() {
                    break;
                }
                stream.advance(2);
            }
            if stream.is(Kind::Bang) || !several && stream.is(Kind::Plus) {
                return stream.doubt();
            }
            if words.is_empty() { Err(No) } else { Ok((global, words)) }
        })
    }
}
