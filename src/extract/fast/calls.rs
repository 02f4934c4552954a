//! Macro calls: the name is a use, the arguments are read as what they look like.

use super::super::cfg::Predicate;
use super::super::macros::{Position, Understood, is_opaque};
use super::super::paths::Usage;
use super::super::scan::Mode;
use super::super::tokens::is_keyword;
use super::super::{Include, MacroCall, Name, Range};
use super::cursor::Span;
use super::paths::Path;
use super::shapes::{Branch, Condition, Piece, Shape, Shaped};
use super::tokens::Kind;
use super::{No, Read, Stream};

impl<'t> Stream<'t> {
    /// Reads `!(..)` behind the path of a call.
    pub(super) fn call(&mut self, path: Path<'t>, position: Position) -> Read {
        self.expect(Kind::Bang)?;
        let arguments = self.contents()?;
        if self.silent {
            return Ok(());
        }
        let Some(name) = path.words.last().copied() else { return Err(No) };
        let end = self.range(arguments.to, arguments.to).end;
        let range = Range { start: path.range.start, end };
        self.say(path, Usage::MACRO);
        self.deeper(|stream| {
            stream.say_call(name, arguments, range, position);
            Ok(())
        })
    }

    fn say_call(&mut self, name: &'t str, arguments: Span, range: Range, position: Position) {
        if name == "include" {
            return self.include(arguments, position, range);
        }
        let at = self.out.at;
        let called = self.out.name(name);
        if matches!(position, Position::Item | Position::ImplItem | Position::Statement) {
            self.out.enter_macro(called);
        }
        let understood = self.arguments_of(name, arguments, position);
        self.out.at = at;
        if understood == Understood::NotAll {
            self.out.not_read(range, false);
        }
        if position == Position::Item {
            let mentions = match understood {
                Understood::AsItems => Vec::new(),
                _ => self.mentioned(arguments),
            };
            let (scope, cfg) = (self.out.at.scope, self.out.at.cfg);
            let mentions = mentions.into();
            let call = MacroCall { scope, name: called, range, mentions, cfg };
            self.out.facts.macro_calls.push(call);
        }
    }

    /// Reads what stands between a macro's delimiters.
    pub(super) fn arguments_of(
        &mut self,
        name: &str,
        arguments: Span,
        position: Position,
    ) -> Understood {
        if is_opaque(name) {
            return Understood::AsCode;
        }
        let at = self.out.at;
        self.out.at.in_macro = true;
        let understood = self.macro_tokens(arguments, position);
        self.out.at = at;
        understood
    }

    /// Reads tokens that stand for something in this position.
    pub(super) fn macro_tokens(&mut self, span: Span, position: Position) -> Understood {
        if span.is_empty() {
            return Understood::AsItems;
        }
        let shaped = self.shape(span, position);
        match shaped.shape {
            Shape::Items | Shape::ImplItems | Shape::TraitItems | Shape::ForeignItems => {
                self.declared_items(span, &shaped);
                Understood::AsItems
            }
            Shape::Branches(branches) => self.branches(branches, position),
            Shape::Mixed(pieces) => self.pieces(pieces),
            Shape::Unknown => self.scan(span, Mode::Call(position)),
            _ => {
                let loose = std::mem::replace(&mut self.out.at.loose, true);
                self.code(span, &shaped, position);
                self.out.at.loose = loose;
                Understood::AsCode
            }
        }
    }

    /// Reads aloud what was read in silence before.
    fn again(&mut self, span: Span, beyond: Kind, run: impl FnOnce(&mut Self) -> Read) {
        let read = self.within(span, |stream| {
            stream.beyond = beyond;
            run(stream)
        });
        self.unsure |= read.is_err();
    }

    fn declared_items(&mut self, span: Span, shaped: &Shaped) {
        self.again(span, shaped.beyond, |stream| {
            stream.inner_attributes()?;
            match shaped.shape {
                Shape::ImplItems => stream.impl_items(),
                Shape::TraitItems => stream.trait_items().map(drop),
                Shape::ForeignItems => {
                    while !stream.at_end() {
                        stream.foreign_item()?;
                    }
                    Ok(())
                }
                _ => stream.items(),
            }
        });
    }

    /// Reads tokens that parsed as code.
    fn code(&mut self, span: Span, shaped: &Shaped, position: Position) {
        let mark = self.out.locals.mark();
        self.again(span, shaped.beyond, |stream| match shaped.shape {
            Shape::Arguments => stream.arguments(),
            Shape::Arms => stream.macro_arms(),
            // What a statement's macro binds, the statements after it see.
            Shape::Statements if position == Position::Statement => stream.statements(),
            Shape::Statements => stream.statements_from(span.from),
            Shape::Types => stream.commas(Self::ty),
            Shape::Pattern => stream.patterns().map(drop),
            Shape::Match => stream.value_and_pattern(),
            _ => Ok(()),
        });
        let stays = match shaped.shape {
            Shape::Statements => position == Position::Statement,
            Shape::Pattern => true,
            _ => false,
        };
        if !stays {
            self.out.locals.forget(mark);
        }
    }

    fn branches(&mut self, branches: Vec<Branch>, position: Position) -> Understood {
        let cfg = self.out.at.cfg;
        let mut earlier = Vec::new();
        let mut understood = Understood::AsItems;
        for branch in branches {
            match branch.condition {
                Condition::Cfg(words) => {
                    let predicate = self.predicate(words);
                    self.out.require(&predicate);
                    earlier.push(predicate);
                }
                Condition::Otherwise if !earlier.is_empty() => {
                    self.out.require(&Predicate::none_of(&earlier));
                }
                Condition::Otherwise => {}
                Condition::Other(words) => {
                    let mode = Mode::Call(Position::Pattern);
                    understood = understood.min(self.scan(words, mode));
                }
            }
            understood = understood.min(self.macro_tokens(branch.body, position));
            self.out.at.cfg = cfg;
        }
        understood
    }

    /// Reads items among other tokens.
    fn pieces(&mut self, pieces: Vec<Piece>) -> Understood {
        let mut understood = Understood::AsCode;
        for piece in pieces {
            if piece.item {
                self.again(piece.span, Kind::End, |stream| stream.item().map(drop));
            } else {
                let mode = Mode::Call(Position::Item);
                understood = understood.min(self.scan(piece.span, mode));
            }
        }
        understood
    }

    fn include(&mut self, arguments: Span, position: Position, range: Range) {
        let literal =
            arguments.from + 1 == arguments.to && self.tokens[arguments.from].kind == Kind::Str;
        if !literal || position != Position::Item {
            return self.out.not_read(range, !literal);
        }
        let Some(path) = self.string_at(arguments.from).map(Box::from) else {
            self.unsure = true;
            return;
        };
        let (scope, cfg) = (self.out.at.scope, self.out.at.cfg);
        self.out.facts.includes.push(Include { path, scope, range, cfg });
    }

    /// The words of a call, any of which may have become the name of an item.
    fn mentioned(&mut self, span: Span) -> Vec<Name> {
        let mut mentions = Vec::new();
        for index in span.from..span.to {
            let word = match self.tokens[index].kind {
                Kind::Lifetime => &self.text_of(index)[1..],
                kind if kind.is_word() => self.word_of(index),
                _ => continue,
            };
            if word != "doc" && word != "_" && !is_keyword(word) {
                mentions.push(self.out.name(word));
            }
        }
        mentions.sort_unstable();
        mentions.dedup();
        mentions
    }
}
