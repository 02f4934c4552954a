//! Items.

use super::super::macros::Position;
use super::super::reader::SelfType;
use super::super::{
    Item, ItemKind, ModuleDeclaration, Name, OwnerId, Range, ScopeKind, Visibility,
};
use super::attributes::Body;
use super::cursor::Span;
use super::paths::Arguments;
use super::tokens::Kind;
use super::{No, Read, Stream};

/// What stands before an item's keyword.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Head {
    pub(super) attributes: Span,
    pub(super) visibility: Span,
}

impl Stream<'_> {
    /// Reads items up to the end.
    pub(super) fn items(&mut self) -> Read {
        while !self.at_end() {
            self.item()?;
        }
        Ok(())
    }

    /// Reads an item; whether the grammar gives it a meaning.
    pub(super) fn item(&mut self) -> Read<bool> {
        let attributes = self.outer_attributes()?;
        self.item_with(attributes)
    }

    /// Reads an item behind its attributes. It sees nothing of the function around it.
    pub(super) fn item_with(&mut self, attributes: Span) -> Read<bool> {
        if self.silent {
            return self.deeper(|stream| stream.any_item(attributes));
        }
        let outside = self.out.enter_item();
        let read = self.deeper(|stream| stream.any_item(attributes));
        self.out.leave_item(outside);
        read
    }

    fn any_item(&mut self, attributes: Span) -> Read<bool> {
        let visibility = self.visibility()?;
        let head = Head { attributes, visibility };
        if self.is_function() {
            return self.function_item(head);
        }
        let public = !visibility.is_empty();
        let read = match self.next() {
            Kind::Use => self.use_item(head),
            Kind::Struct => self.struct_item(head),
            Kind::Enum => self.enum_item(head),
            Kind::Mod => self.mod_item(head),
            Kind::Trait => self.trait_item_whole(head),
            Kind::Impl if !public => self.impl_item_whole(head),
            Kind::Const => return self.const_item(head),
            Kind::Static => return self.static_item(head),
            Kind::Type => return self.type_item(head),
            Kind::Extern if self.second() == Kind::Crate => self.extern_crate(head),
            Kind::Extern if !public => self.extern_block(head),
            Kind::Macro => return self.macro_item(head).map(|()| false),
            Kind::Unsafe => self.unsafe_item(head, public),
            Kind::Ident if self.is_weak("union") && self.second() == Kind::Ident => {
                self.union_item(head)
            }
            Kind::Ident if self.is_weak("auto") && self.second() == Kind::Trait => self.doubt(),
            Kind::Ident if self.is_weak("default") && self.second() != Kind::Bang => {
                match self.second() {
                    Kind::Impl | Kind::Const | Kind::Unsafe => self.doubt(),
                    _ => Err(No),
                }
            }
            _ if !public => self.call_item(head),
            _ => Err(No),
        };
        read.map(|()| true)
    }

    fn unsafe_item(&mut self, head: Head, public: bool) -> Read {
        match self.second() {
            Kind::Trait => {
                self.advance(1);
                self.trait_item_whole(head)
            }
            Kind::Impl if !public => {
                self.advance(1);
                self.impl_item_whole(head)
            }
            Kind::Extern if !public => {
                self.advance(1);
                self.extern_block(head)
            }
            Kind::Mod => self.doubt(),
            Kind::Ident if self.is_weak_at(self.at + 1, "auto") => self.doubt(),
            _ => Err(No),
        }
    }

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

    fn push_item(&mut self, name: Name, range: Range, kind: ItemKind, visibility: Visibility) {
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

    /// Whether `fn` comes next, or what may stand before it.
    pub(super) fn is_function(&self) -> bool {
        let mut index = self.at;
        for before in [Kind::Const, Kind::Async, Kind::Unsafe] {
            index += usize::from(self.kind_at(index) == before);
        }
        if self.kind_at(index) == Kind::Extern {
            index += 1;
            index += usize::from(self.kind_at(index) == Kind::Str);
        }
        self.kind_at(index) == Kind::Fn
    }

    /// Reads up to a function's name.
    pub(super) fn function_name(&mut self) -> Read<usize> {
        while !self.take(Kind::Fn) {
            self.advance(1);
        }
        self.name()
    }

    /// Whether `{..}` rather than `;` ends what is being read.
    pub(super) fn has_body(&self) -> bool {
        let (mut index, mut conditions) = (self.at, false);
        loop {
            let argument = match self.kind_at(index.saturating_sub(1)) {
                Kind::Lt | Kind::Eq => true,
                Kind::Comma => !conditions,
                _ => false,
            };
            match self.kind_at(index) {
                Kind::Semi => return false,
                Kind::OpenBrace if !argument => return true,
                kind if kind.ends() => return false,
                kind => conditions |= kind == Kind::Where,
            }
            index = self.behind(index);
        }
    }

    /// Whether a `=` stands before the `;`.
    pub(super) fn has_value(&self) -> bool {
        let mut index = self.at;
        loop {
            match self.kind_at(index) {
                Kind::Eq => return true,
                Kind::Semi => return false,
                kind if kind.ends() => return false,
                _ => index = self.behind(index),
            }
        }
    }

    fn function_item(&mut self, head: Head) -> Read<bool> {
        let name = self.function_name()?;
        if !self.has_body() {
            self.bodyless_function(head.attributes, name)?;
            return Ok(false);
        }
        self.declare(head, name, ItemKind::Function);
        self.procedural_macro(head.attributes, name);
        self.signature()?;
        self.block(true)?;
        Ok(true)
    }

    /// A procedural macro's function also defines the macro.
    fn procedural_macro(&mut self, attributes: Span, function: usize) {
        if self.silent {
            return;
        }
        let mut name = None;
        self.each_meta(attributes, &mut |stream, _, meta| match meta.body {
            Body::Nothing
                if stream.is_alone(meta, "proc_macro")
                    || stream.is_alone(meta, "proc_macro_attribute") =>
            {
                name = Some(function);
            }
            Body::List(list) if stream.is_alone(meta, "proc_macro_derive") => {
                let named = !list.is_empty() && stream.tokens[list.from].kind == Kind::Ident;
                name = named.then_some(list.from);
            }
            _ => {}
        });
        let Some(name) = name else { return };
        let (index, range) = (self.interned(name), self.range(name, name));
        self.push_item(index, range, ItemKind::ProcMacro, Visibility::Public);
    }

    fn struct_item(&mut self, head: Head) -> Read {
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

    fn fields(&mut self) -> Read {
        self.group(Kind::OpenBrace, |stream| stream.commas(|stream| stream.attributed(Self::field)))
    }

    fn field(&mut self) -> Read {
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

    fn enum_item(&mut self, head: Head) -> Read {
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

    fn variant(&mut self) -> Read<usize> {
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

    fn union_item(&mut self, head: Head) -> Read {
        self.advance(1);
        let name = self.name()?;
        self.declare_type(head, name, ItemKind::Union);
        self.generics()?;
        self.where_clause()?;
        self.fields()
    }

    fn const_item(&mut self, head: Head) -> Read<bool> {
        self.advance(1);
        let name = self.at;
        match self.next() {
            Kind::Ident if self.is_weak("auto") && self.second() == Kind::Trait => {
                return self.doubt();
            }
            Kind::Ident | Kind::Underscore => {}
            Kind::Trait | Kind::Unsafe | Kind::Impl => return self.doubt(),
            _ => return Err(No),
        }
        let nameless = self.take(Kind::Underscore);
        self.take(Kind::Ident);
        if self.is(Kind::Lt) {
            return self.doubt();
        }
        let whole = self.has_value();
        if !whole {
            self.bodyless(head.attributes, name);
        } else if nameless {
            self.say_attributes(head.attributes);
        } else {
            self.declare(head, name, ItemKind::Constant);
        }
        self.typed_value(whole)?;
        Ok(whole)
    }

    /// Reads `: type = value;`.
    pub(super) fn typed_value(&mut self, whole: bool) -> Read {
        self.expect(Kind::Colon)?;
        self.ty()?;
        if whole {
            self.expect(Kind::Eq)?;
            self.expression()?;
        }
        if self.is(Kind::Where) {
            return self.doubt();
        }
        self.expect(Kind::Semi)
    }

    fn static_item(&mut self, head: Head) -> Read<bool> {
        self.advance(1);
        self.take(Kind::Mut);
        let name = self.name()?;
        if self.take(Kind::Eq) {
            self.expression()?;
            self.expect(Kind::Semi)?;
            return self.doubt();
        }
        let whole = self.has_value();
        self.declare(head, name, ItemKind::Static);
        self.typed_value(whole)?;
        Ok(whole)
    }

    fn type_item(&mut self, head: Head) -> Read<bool> {
        self.advance(1);
        let name = self.name()?;
        if !self.has_value() {
            self.bodyless(head.attributes, name);
            self.rest_of_associated_type()?;
            return Ok(false);
        }
        self.declare(head, name, ItemKind::TypeAlias);
        self.generics()?;
        if self.is(Kind::Colon) {
            return self.doubt();
        }
        self.where_clause()?;
        self.expect(Kind::Eq)?;
        self.ty()?;
        if self.is(Kind::Where) {
            return self.doubt();
        }
        self.expect(Kind::Semi)?;
        Ok(true)
    }

    fn mod_item(&mut self, head: Head) -> Read {
        self.advance(1);
        let name = self.name()?;
        let file = self.is(Kind::Semi);
        let mut inner = Span::default();
        if !file {
            if !self.is(Kind::OpenBrace) {
                return Err(No);
            }
            inner = self.ahead(|stream| {
                stream.advance(1);
                stream.inner_attributes()
            })?;
        }
        let index = self.declare_module(head, inner, name);
        if self.take(Kind::Semi) {
            return Ok(());
        }
        if !self.silent {
            let start = self.range(self.at, self.at).start;
            let body = self.out.open_scope(ScopeKind::Module(index as u32), start);
            self.out.facts.modules[index].body = Some(body);
            self.out.at.scope = body;
        }
        self.group(Kind::OpenBrace, |stream| {
            stream.inner_attributes()?;
            stream.items()
        })
    }

    fn declare_module(&mut self, head: Head, inner: Span, name: usize) -> usize {
        if self.silent {
            return 0;
        }
        self.say_conditions(head.attributes);
        self.say_conditions(inner);
        let visibility = self.say_visibility(head.visibility);
        let (word, range) = (self.interned(name), self.range(name, name));
        let (mut paths, mut path_always) = (Vec::new(), false);
        for span in [head.attributes, inner] {
            self.module_paths(span, &mut paths, &mut path_always);
        }
        let macro_use = self.has_attribute(head.attributes, "macro_use")
            || self.has_attribute(inner, "macro_use");
        let index = self.out.facts.modules.len();
        self.out.facts.modules.push(ModuleDeclaration {
            name: word,
            range,
            scope: self.out.at.scope,
            body: None,
            paths,
            path_always,
            macro_use,
            visibility,
            cfg: self.out.at.cfg,
        });
        self.out.at.owner = OwnerId::default();
        self.say_names(head.attributes);
        self.say_names(inner);
        index
    }

    /// The files that `#[path]` gives a module, and whether one of them is unconditional.
    fn module_paths(&mut self, span: Span, paths: &mut Vec<Box<str>>, always: &mut bool) {
        let mut doubtful = false;
        self.each_meta(span, &mut |stream, conditional, meta| {
            if let Body::Value(value) = meta.body
                && stream.is_alone(meta, "path")
                && value.from + 1 == value.to
                && stream.tokens[value.from].kind == Kind::Str
            {
                match stream.string_at(value.from) {
                    Some(path) => {
                        paths.push(path.into());
                        *always |= !conditional;
                    }
                    None => doubtful = true,
                }
            }
        });
        self.unsure |= doubtful;
    }

    /// The value of a string without escapes.
    pub(super) fn string_at(&self, index: usize) -> Option<&str> {
        let text = self.text_of(index);
        let inner = match text.strip_prefix('r') {
            Some(raw) => {
                let hashes = raw.len() - raw.trim_start_matches('#').len();
                raw.get(hashes + 1..raw.len().checked_sub(hashes + 1)?)?
            }
            None => text.strip_prefix('"')?.strip_suffix('"')?,
        };
        let plain = text.ends_with(['"', '#']) && !inner.contains(['\\', '\r', '"']);
        plain.then_some(inner)
    }

    fn extern_block(&mut self, head: Head) -> Read {
        self.abi();
        if !self.is(Kind::OpenBrace) {
            return Err(No);
        }
        self.say_attributes(head.attributes);
        self.group(Kind::OpenBrace, |stream| {
            let inner = stream.inner_attributes()?;
            stream.say_attributes(inner);
            while !stream.at_end() {
                stream.foreign_item()?;
            }
            Ok(())
        })
    }

    fn call_item(&mut self, head: Head) -> Read {
        let rules = self.is_weak("macro_rules") && self.second() == Kind::Bang;
        let path = self.path(true)?;
        if path.arguments != Arguments::Nowhere || !self.is(Kind::Bang) {
            return Err(No);
        }
        let named = matches!(self.second(), Kind::Ident | Kind::Try);
        self.say_conditions(head.attributes);
        if named && rules {
            self.drop_path(path);
            self.advance(1);
            self.macro_rules_item(head.attributes)?;
        } else if named {
            return self.doubt();
        } else {
            self.say_names(head.attributes);
            self.call(path, Position::Item)?;
        }
        self.semicolon_behind_call()
    }

    /// Reads the `;` that a call without braces needs.
    pub(super) fn semicolon_behind_call(&mut self) -> Read {
        if self.tokens[self.at - 1].kind == Kind::CloseBrace {
            Ok(())
        } else {
            self.expect(Kind::Semi)
        }
    }
}
