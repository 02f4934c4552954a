//! Structs, enums and unions.

use super::super::ItemKind;
use super::items::Head;
use super::tokens::Kind;
use super::{Read, Stream};

impl Stream<'_> {
    pub(super) fn struct_item(&mut self, head: Head) -> Read {
        self.advance(1);
        let name = self.name()?;
        let named = self.has_body();
        let kind = if named { ItemKind::Struct } else { ItemKind::TupleStruct };
        self.declare_type(head, name, kind);
        self.generics()?;
        if self.is(Kind::OpenParen) {
            self.group(Kind::OpenParen, |stream| {
                stream.commas(|stream| {
                    stream.attributed(|stream| {
                        stream.visibility()?;
                        stream.ty()
                    })
                })
            })?;
            self.where_clause()?;
            return self.expect(Kind::Semi);
        }
        self.where_clause()?;
        if named { self.fields() } else { self.expect(Kind::Semi) }
    }

    pub(super) fn fields(&mut self) -> Read {
        self.group(Kind::OpenBrace, |stream| stream.commas(|stream| stream.attributed(Self::field)))
    }

    pub(super) fn field(&mut self) -> Read {
        self.visibility()?;
        if self.is(Kind::Underscore) {
            return self.doubt();
        }
        self.name()?;
        self.expect(Kind::Colon)?;
        self.ty()?;
        if self.take(Kind::Eq) {
            self.expression()?;
        }
        Ok(())
    }

    pub(super) fn enum_item(&mut self, head: Head) -> Read {
        self.advance(1);
        let name = self.name()?;
        let item = self.declare_type(head, name, ItemKind::Enum);
        self.generics()?;
        self.where_clause()?;
        let mut members = Vec::new();
        self.group(Kind::OpenBrace, |stream| {
            stream.commas(|stream| {
                members.push(stream.attributed(Self::variant)?);
                Ok(())
            })
        })?;
        self.set_members(item, &members);
        Ok(())
    }

    pub(super) fn variant(&mut self) -> Read<usize> {
        self.visibility()?;
        let name = self.name()?;
        match self.next() {
            Kind::OpenBrace => self.fields()?,
            Kind::OpenParen => self.group(Kind::OpenParen, |stream| {
                stream.commas(|stream| {
                    stream.attributed(|stream| {
                        stream.visibility()?;
                        stream.ty()
                    })
                })
            })?,
            _ => {}
        }
        if self.take(Kind::Eq) {
            self.expression()?;
        }
        Ok(name)
    }

    pub(super) fn union_item(&mut self, head: Head) -> Read {
        self.advance(1);
        let name = self.name()?;
        self.declare_type(head, name, ItemKind::Union);
        self.generics()?;
        self.where_clause()?;
        self.fields()
    }
}
