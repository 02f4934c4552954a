//! Macro calls: the name is a use, the arguments are read as what they look like.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::Visit;
use syn::{Expr, ExprLit, Lit, Macro};

use super::cfg::Predicate;
use super::paths::Usage;
use super::reader::Reader;
use super::scan::Mode;
use super::shapes::{Arm, Branch, Condition, Piece, Shape, shape};
use super::tokens::is_keyword;
use super::{Include, MacroCall, Name, Range};

/// Where a macro is called, which says what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    Item,
    ImplItem,
    TraitItem,
    ForeignItem,
    Statement,
    Expression,
    Pattern,
    Type,
}

/// How well tokens were understood, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Understood {
    /// In part at most.
    NotAll,
    /// As expressions or the like.
    AsCode,
    /// As items, all of them declared.
    AsItems,
}

/// Macros of the standard library whose arguments are text to them, not code.
const TEXT: &[&str] = &[
    "cfg",
    "column",
    "compile_error",
    "concat",
    "env",
    "file",
    "include_bytes",
    "include_str",
    "line",
    "module_path",
    "option_env",
    "stringify",
];

/// Macros whose arguments become code elsewhere, where their names mean something else:
/// `proc_macro::quote` and what the ecosystem calls likewise.
const QUOTES: &[&str] = &["quote", "parse_quote", "format_ident"];

/// Whether the arguments of a macro are no code of this place.
pub(super) fn is_opaque(name: &str) -> bool {
    TEXT.contains(&name) || QUOTES.iter().any(|quote| name.starts_with(quote))
}

impl Reader<'_> {
    /// Reads a macro call.
    pub(super) fn macro_call(&mut self, call: &Macro, position: Position) {
        self.path(&call.path, Usage::MACRO);
        let Some(last) = call.path.segments.last() else { return };
        let name = self.word(&last.ident);
        let close = call.delimiter.span().close();
        let start = call.path.segments.first().map_or(close, |first| first.ident.span());
        let range = self.between(start, close);
        if name == "include" {
            return self.include(call, position, range);
        }
        let at = self.at;
        let called = self.name(name);
        if matches!(position, Position::Item | Position::ImplItem | Position::Statement) {
            self.enter_macro(called);
        }
        let understood = self.macro_arguments(name, call.tokens.clone(), position);
        self.at = at;
        if understood == Understood::NotAll {
            self.not_read(range, false);
        }
        if position == Position::Item {
            let mentions = match understood {
                Understood::AsItems => Vec::new(),
                _ => self.mentioned(call.tokens.clone()),
            };
            let (scope, cfg) = (self.at.scope, self.at.cfg);
            let mentions = mentions.into();
            self.facts.macro_calls.push(MacroCall { scope, name: called, range, mentions, cfg });
        }
    }

    /// Reads what stands between a macro's delimiters.
    pub(super) fn macro_arguments(
        &mut self,
        name: &str,
        tokens: TokenStream,
        position: Position,
    ) -> Understood {
        if is_opaque(name) {
            return Understood::AsCode;
        }
        let at = self.at;
        self.at.in_macro = true;
        let understood = self.macro_tokens(tokens, position);
        self.at = at;
        understood
    }

    /// Reads tokens that stand for something in this position.
    pub(super) fn macro_tokens(&mut self, tokens: TokenStream, position: Position) -> Understood {
        let Some(first) = tokens.clone().into_iter().next() else { return Understood::AsItems };
        let start = self.range(first.span()).start;
        match shape(tokens.clone(), position) {
            Shape::Items(items) => items.iter().for_each(|item| self.item(item)),
            Shape::ImplItems(items) => items.iter().for_each(|item| self.impl_item(item)),
            Shape::TraitItems(items) => items.iter().for_each(|item| self.trait_item(item)),
            Shape::ForeignItems(items) => items.iter().for_each(|item| self.foreign_item(item)),
            Shape::Branches(branches) => return self.branches(branches, position),
            Shape::Mixed(pieces) => return self.pieces(pieces),
            Shape::Unknown => return self.scan(tokens, Mode::Call(position)),
            code => {
                let loose = std::mem::replace(&mut self.at.loose, true);
                self.code(code, position, start);
                self.at.loose = loose;
                return Understood::AsCode;
            }
        }
        Understood::AsItems
    }

    /// Reads tokens that parsed as code.
    fn code(&mut self, shape: Shape, position: Position, start: u32) {
        let mark = self.locals.mark();
        match shape {
            Shape::Arguments(expressions) => {
                for expression in &expressions {
                    self.argument(expression);
                }
            }
            Shape::Arms(arms) => arms.iter().for_each(|arm| self.macro_arm(arm)),
            // What a statement's macro binds, the statements after it see.
            Shape::Statements(list) if position == Position::Statement => {
                return list.iter().for_each(|statement| self.visit_stmt(statement));
            }
            Shape::Statements(list) => self.block(&list, start),
            Shape::Types(types) => types.iter().for_each(|ty| self.visit_type(ty)),
            Shape::Pattern(pattern) => return self.visit_pat(&pattern),
            Shape::Match(parts) => {
                let (value, pattern, guard) = *parts;
                self.argument(&value);
                self.visit_pat(&pattern);
                if let Some(guard) = &guard {
                    self.visit_expr(guard);
                }
            }
            _ => {}
        }
        self.locals.forget(mark);
    }

    /// Reads an argument. A path alone may be a type, a module, a new name: anything.
    fn argument(&mut self, expression: &Expr) {
        match expression {
            Expr::Path(path) if path.qself.is_none() => {
                self.path(&path.path, Usage::VALUE.if_resolved());
            }
            other => self.visit_expr(other),
        }
    }

    fn macro_arm(&mut self, arm: &Arm) {
        let mark = self.locals.mark();
        if let Some(value) = &arm.value {
            self.visit_expr(value);
        }
        if let Some(pattern) = &arm.pattern {
            self.visit_pat(pattern);
        }
        if let Some(guard) = &arm.guard {
            self.visit_expr(guard);
        }
        self.argument(&arm.body);
        self.locals.forget(mark);
    }

    fn branches(&mut self, branches: Vec<Branch>, position: Position) -> Understood {
        let cfg = self.at.cfg;
        let mut earlier = Vec::new();
        let mut understood = Understood::AsItems;
        for branch in branches {
            match branch.condition {
                Condition::Cfg(tokens) => {
                    let predicate = Predicate::of(tokens);
                    self.require(&predicate);
                    earlier.push(predicate);
                }
                Condition::Otherwise if !earlier.is_empty() => {
                    self.require(&Predicate::none_of(&earlier));
                }
                Condition::Otherwise => {}
                Condition::Other(tokens) => {
                    understood = understood.min(self.scan(tokens, Mode::Call(Position::Pattern)));
                }
            }
            understood = understood.min(self.macro_tokens(branch.body, position));
            self.at.cfg = cfg;
        }
        understood
    }

    /// Reads items among other tokens.
    pub(super) fn pieces(&mut self, pieces: Vec<Piece>) -> Understood {
        let mut understood = Understood::AsCode;
        for piece in pieces {
            match piece {
                Piece::Item(item) => self.item(&item),
                Piece::Tokens(tokens) => {
                    let position = Mode::Call(Position::Item);
                    understood = understood.min(self.scan_list(&tokens, position));
                }
            }
        }
        understood
    }

    fn include(&mut self, call: &Macro, position: Position, range: Range) {
        let literal = match syn::parse2::<ExprLit>(call.tokens.clone()) {
            Ok(ExprLit { lit: Lit::Str(path), .. }) => Some(path.value()),
            _ => None,
        };
        match literal {
            Some(path) if position == Position::Item => self.facts.includes.push(Include {
                path: path.into_boxed_str(),
                scope: self.at.scope,
                range,
                cfg: self.at.cfg,
            }),
            literal => self.not_read(range, literal.is_none()),
        }
    }

    /// The words of a call, any of which may have become the name of an item.
    fn mentioned(&mut self, tokens: TokenStream) -> Vec<Name> {
        let mut mentions = Vec::new();
        self.mentions(tokens, &mut mentions);
        mentions.sort_unstable();
        mentions.dedup();
        mentions
    }

    fn mentions(&mut self, tokens: TokenStream, mentions: &mut Vec<Name>) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if !self.is_filler(&ident) => {
                    mentions.push(self.ident(&ident));
                }
                TokenTree::Group(group) => self.mentions(group.stream(), mentions),
                _ => {}
            }
        }
    }

    fn is_filler(&self, ident: &Ident) -> bool {
        let word = self.word(ident);
        ident == "doc" || word == "_" || is_keyword(word)
    }
}
