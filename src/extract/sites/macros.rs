//! Macro calls: a site, and in its frame whatever its arguments look like.

use proc_macro2::TokenStream;
use syn::{Expr, ExprLit, Lit, Macro};

use super::arguments::is_literal;
use super::fates::{Link, inside, join};
use super::globals::lazy_statics;
use super::walker::{Value, Walker};
use super::{FrameKind, SiteId, SiteKind, tokens};
use crate::extract::Range;
use crate::extract::macros::{Position, is_opaque};
use crate::extract::shapes::{self, Arm, Branch, Condition, Piece};

impl Walker<'_> {
    /// A macro call in an expression.
    pub(super) fn macro_value(&mut self, call: &Macro) -> Value {
        self.macro_call(call, Position::Expression)
    }

    /// A macro call anywhere.
    pub(super) fn macro_call(&mut self, call: &Macro, position: Position) -> Value {
        let braces = call.delimiter.span();
        let inner = self.between(braces.open(), braces.close());
        let name = self.path_range(&call.path);
        let start = self.path_whole(None, &call.path).start;
        let whole = Range { start, end: inner.end };
        let site = self.site(SiteKind::Macro, name, whole);
        let last = call.path.segments.last().map_or("", |last| self.word(&last.ident));
        let links = self.macro_frame(site, last, call.tokens.clone(), position, inner);
        Value::result(whole, site, links)
    }

    /// Reads what stands between a macro's delimiters.
    pub(super) fn macro_frame(
        &mut self,
        site: SiteId,
        name: &str,
        tokens: TokenStream,
        position: Position,
        range: Range,
    ) -> Vec<Link> {
        let open = self.open(FrameKind::Macro(site));
        let is_text = is_opaque(name) || name == "include";
        if tokens.is_empty() && !is_text {
            let frame = self.function_frame();
            self.variables.mention(frame);
        }
        let links = if is_text {
            self.texts(site, tokens);
            Vec::new()
        } else {
            let outer = self.thread_local;
            self.thread_local |= name == "thread_local";
            let links = self.macro_tokens(Some(site), tokens, position);
            self.thread_local = outer;
            links
        };
        self.close(open, range);
        links
    }

    /// The strings among arguments that are text to their macro.
    fn texts(&mut self, site: SiteId, tokens: TokenStream) {
        let shapes::Shape::Arguments(arguments) = shapes::shape(tokens, Position::Expression)
        else {
            return;
        };
        // What is quoted is code of another place.
        if !arguments.iter().all(is_literal) {
            return;
        }
        for argument in &arguments {
            let range = self.span(argument);
            if let Expr::Lit(literal) = argument {
                self.lit(&literal.lit);
            }
            self.text_argument(site, range);
        }
    }

    /// Reads tokens as what they look like; the sites that the macro's result may hold.
    pub(super) fn macro_tokens(
        &mut self,
        site: Option<SiteId>,
        tokens: TokenStream,
        position: Position,
    ) -> Vec<Link> {
        if let Some(statics) = lazy_statics(&tokens) {
            for lazy in &statics {
                let (declared, value) = lazy.declared();
                self.global(&declared, Some(value));
            }
            return Vec::new();
        }
        let shape = shapes::shape(tokens.clone(), position);
        match shape {
            shapes::Shape::Items(items) => items.iter().for_each(|item| self.item(item)),
            shapes::Shape::ImplItems(items) => items.iter().for_each(|item| self.impl_item(item)),
            shapes::Shape::TraitItems(items) => items.iter().for_each(|item| self.trait_item(item)),
            shapes::Shape::ForeignItems(items) => {
                for item in &items {
                    self.foreign_item(item);
                }
            }
            shapes::Shape::Branches(branches) => return self.choices(branches, position),
            shapes::Shape::Mixed(pieces) => self.pieces(pieces),
            shapes::Shape::Unknown => self.unread(&tokens::list(tokens)),
            code => return self.code(site, code, position),
        }
        Vec::new()
    }

    fn code(
        &mut self,
        site: Option<SiteId>,
        shape: shapes::Shape,
        position: Position,
    ) -> Vec<Link> {
        let mark = self.variables.mark();
        let mut links = Vec::new();
        match shape {
            shapes::Shape::Arguments(list) => self.macro_arguments(site, &list, &mut links),
            shapes::Shape::Arms(arms) => {
                for arm in &arms {
                    join(&mut links, self.macro_arm(arm));
                }
            }
            // What a statement's macro binds, the statements after it see.
            shapes::Shape::Statements(list) if position == Position::Statement => {
                for statement in &list {
                    self.statement(statement, false);
                }
                return links;
            }
            shapes::Shape::Statements(list) => {
                let value = self.statements(&list);
                join(&mut links, inside(&value.links));
            }
            shapes::Shape::Types(types) => types.iter().for_each(|ty| self.body_type(ty)),
            shapes::Shape::Match(parts) => {
                let (value, pattern, guard) = *parts;
                let value = self.argument(site, 0, &value);
                let depends_on = self.frame;
                self.bind(&pattern, Value { links: Vec::new(), ..value }, depends_on, None);
                if let Some(guard) = &guard {
                    self.read(guard);
                }
            }
            _ => {}
        }
        self.forget(mark);
        links
    }

    fn macro_arguments(&mut self, site: Option<SiteId>, list: &[Expr], links: &mut Vec<Link>) {
        for (place, argument) in list.iter().enumerate() {
            let value = self.argument(site, place as u32, argument);
            if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = argument {
                self.inline_arguments(&text.value(), site);
            }
            self.becomes(&value.links, |fate| fate.moved = true);
            join(links, inside(&value.links));
        }
    }

    fn macro_arm(&mut self, arm: &Arm) -> Vec<Link> {
        let mark = self.variables.mark();
        let branch = self.variables.branch();
        let open = self.open(FrameKind::Block);
        let (since, limit) = (self.variables.listen(), self.next_frame());
        let value = arm.value.as_ref().map(|value| self.value(value));
        let depends_on = self.variables.mentioned(since, limit);
        let start = value.as_ref().map(|value| value.range.start);
        let place = arm.pattern.as_ref().map(|pattern| self.span(pattern).start);
        if let Some(pattern) = &arm.pattern {
            let value = value.unwrap_or_else(|| Value::plain(Range::default()));
            self.bind(pattern, value, depends_on, None);
        }
        if let Some(guard) = &arm.guard {
            self.read(guard);
        }
        let body = match &arm.body {
            Expr::Block(node) if node.label.is_none() => self.block(&node.block),
            body => self.value(body),
        };
        self.take(&body);
        let start = start.into_iter().chain(place).min().unwrap_or(body.range.start);
        self.close(open, Range { start, end: body.range.end });
        self.forget(mark);
        self.variables.end_branch(branch);
        inside(&body.links).collect()
    }

    fn choices(&mut self, branches: Vec<Branch>, position: Position) -> Vec<Link> {
        let mut links = Vec::new();
        for branch in branches {
            if let Condition::Other(condition) = branch.condition {
                self.unread(&tokens::list(condition));
            }
            join(&mut links, self.macro_tokens(None, branch.body, position));
        }
        links
    }

    fn pieces(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Item(item) => self.item(&item),
                Piece::Tokens(tokens) => self.unread(&tokens),
            }
        }
    }

    /// `{name}` in a macro's string names a variable, as in `format!`.
    fn inline_arguments(&mut self, text: &str, site: Option<SiteId>) {
        for name in inline_names(text) {
            let Some(variable) = self.variables.find(name) else { continue };
            let (since, limit) = (self.variables.listen(), self.next_frame());
            self.use_variable(variable, Range::default());
            let depends_on = self.variables.mentioned(since, limit);
            let argument = site.and_then(|site| self.site_mut(site).arguments.last_mut());
            if let Some(argument) = argument {
                argument.depends_on = argument.depends_on.max(depends_on);
            }
        }
    }
}

fn inline_names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| {
        let end = rest.find([':', '}'])?;
        let name = &rest[..end];
        ra_ap_rustc_lexer::is_ident(name).then_some(name)
    })
}
