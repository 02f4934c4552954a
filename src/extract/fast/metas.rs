//! What attributes say: conditions, derives, attribute macros and the paths in their arguments.

use super::super::attributes::{DERIVE, is_builtin, marks_a_test};
use super::super::cfg::Predicate;
use super::super::paths::{Usage, Written};
use super::super::scan::Mode;
use super::attributes::{Body, Meta};
use super::cursor::Span;
use super::paths::Arguments;
use super::tokens::Kind;
use super::{No, Stream};

impl Stream<'_> {
    /// Narrows the present `cfg` by what attributes say.
    pub(super) fn say_conditions(&mut self, span: Span) {
        if self.silent {
            return;
        }
        for meta in self.metas(span) {
            match meta.body {
                Body::List(list) if self.is_alone(&meta, "cfg") => {
                    let predicate = self.predicate(list);
                    self.out.require(&predicate);
                }
                _ if marks_a_test(self.word_of(meta.last)) => {
                    self.out.require(&Predicate::test());
                }
                _ => {}
            }
        }
    }

    /// What attributes name.
    pub(super) fn say_names(&mut self, span: Span) {
        if self.silent {
            return;
        }
        for meta in self.metas(span) {
            self.say_meta(&meta);
        }
    }

    pub(super) fn say_meta(&mut self, meta: &Meta) {
        let alone = meta.first == meta.last;
        let text = self.text_of(meta.first);
        match meta.body {
            Body::List(list) if alone && text == "derive" => self.derive(list),
            Body::List(list) if alone && text == "cfg_attr" => self.conditional(list),
            _ if is_builtin(self.word_of(meta.first)) => {}
            _ => {
                let usage = if alone { DERIVE.if_resolved() } else { DERIVE };
                self.say_plain_path(meta.first, meta.last, meta.global, usage);
                if let Body::List(list) = meta.body {
                    self.scan(list, Mode::Attribute);
                }
            }
        }
    }

    /// Records a path without arguments, from its first word to its last.
    pub(super) fn say_plain_path(&mut self, first: usize, last: usize, global: bool, usage: Usage) {
        let words = (first..=last).step_by(3).map(|index| self.word_of(index)).collect();
        let range = self.range(first, last);
        self.out.record(&Written { global, words, range }, usage);
    }

    pub(super) fn derive(&mut self, list: Span) {
        let paths = self.within(list, |stream| {
            let read = stream.ahead(|stream| {
                let mut bare = true;
                stream.commas(|stream| {
                    stream.path(false).map(|path| bare &= path.arguments == Arguments::Nowhere)
                })?;
                if stream.at_end() { Ok(bare) } else { Err(No) }
            });
            let Ok(bare) = read else { return Ok(()) };
            if !bare {
                return stream.doubt();
            }
            stream.commas(|stream| {
                let path = stream.path(false)?;
                let alone = path.segments == 1;
                stream.say(path, if alone { DERIVE.if_resolved() } else { DERIVE });
                Ok(())
            })
        });
        self.unsure |= paths.is_err();
    }

    /// `cfg_attr(predicate, attribute, ..)`.
    pub(super) fn conditional(&mut self, list: Span) {
        let cfg = self.out.at.cfg;
        if let Some((predicate, metas)) = self.cfg_attr(list) {
            let predicate = self.predicate(predicate);
            self.out.require(&predicate);
            for meta in &metas {
                self.say_meta(meta);
            }
        }
        self.out.at.cfg = cfg;
    }

    /// The predicate and the attributes of `cfg_attr(..)`.
    pub(super) fn cfg_attr(&mut self, list: Span) -> Option<(Span, Vec<Meta>)> {
        self.within(list, |stream| {
            while !stream.at_end() && !stream.is(Kind::Comma) {
                stream.at = stream.behind(stream.at);
            }
            let predicate = Span { from: list.from, to: stream.at };
            stream.take(Kind::Comma);
            let mut metas = Vec::new();
            let read = stream.commas(|stream| {
                let from = stream.at;
                stream.meta()?;
                metas.push(stream.meta_of(Span { from, to: stream.at }));
                Ok(())
            });
            (read.is_ok() && stream.at_end()).then_some((predicate, metas))
        })
    }

    /// Calls `found` for every attribute, also inside `cfg_attr`: whether it is conditional.
    pub(super) fn each_meta(&mut self, span: Span, found: &mut dyn FnMut(&Self, bool, &Meta)) {
        for meta in self.metas(span) {
            self.each_inner_meta(&meta, false, found);
        }
    }

    pub(super) fn each_inner_meta(
        &mut self,
        meta: &Meta,
        conditional: bool,
        found: &mut dyn FnMut(&Self, bool, &Meta),
    ) {
        match meta.body {
            Body::List(list) if self.is_alone(meta, "cfg_attr") => {
                for inner in self.cfg_attr(list).map(|(_, metas)| metas).unwrap_or_default() {
                    self.each_inner_meta(&inner, true, found);
                }
            }
            _ => found(self, conditional, meta),
        }
    }

    /// Whether an attribute of this name is there.
    pub(super) fn has_attribute(&mut self, span: Span, name: &str) -> bool {
        let mut has = false;
        self.each_meta(span, &mut |stream, _, meta| has |= stream.is_alone(meta, name));
        has
    }
}
