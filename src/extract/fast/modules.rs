//! `mod x;` and `mod x { .. }`.

use super::super::{ModuleDeclaration, OwnerId, ScopeKind};
use super::attributes::Body;
use super::cursor::Span;
use super::items::Head;
use super::tokens::Kind;
use super::{No, Read, Stream};

impl Stream<'_> {
    pub(super) fn mod_item(&mut self, head: Head) -> Read {
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

    pub(super) fn declare_module(&mut self, head: Head, inner: Span, name: usize) -> usize {
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
    pub(super) fn module_paths(
        &mut self,
        span: Span,
        paths: &mut Vec<Box<str>>,
        always: &mut bool,
    ) {
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
}
