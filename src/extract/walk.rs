//! The walk over expressions, patterns and types: which names are bound where, and which paths
//! are of which kind.

use proc_macro2::TokenStream;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Block, Expr, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprMacro, ExprPath,
    ExprStruct, ExprWhile, FieldValue, GenericArgument, GenericParam, Generics, Local, Macro, Pat,
    PatIdent, PatStruct, PatTupleStruct, Path, Signature, Stmt, StmtMacro, Type, TypePath,
    VisRestricted,
};

use super::ScopeKind;
use super::macros::Position;
use super::paths::{Usage, starts_upper};
use super::reader::Reader;

/// Nodes whose attributes hold for them alone.
macro_rules! each_with_its_own_cfg {
    ($($visit:ident: $node:ident $(with $attrs:ident)?),* $(,)?) => {
        $(fn $visit(&mut self, node: &'ast syn::$node) {
            let cfg = self.at.cfg;
            $(self.cfg_attributes(&node.$attrs);)?
            visit::$visit(self, node);
            self.at.cfg = cfg;
        })*
    };
}

impl<'ast> Visit<'ast> for Reader<'_> {
    each_with_its_own_cfg! {
        visit_expr: Expr, visit_field: Field with attrs, visit_field_pat: FieldPat with attrs,
        visit_fn_arg: FnArg, visit_generic_param: GenericParam, visit_named_arg: NamedArg,
        visit_variadic: Variadic, visit_variant: Variant with attrs,
        visit_where_predicate: WherePredicate,
    }

    fn visit_stmt(&mut self, node: &'ast Stmt) {
        let cfg = self.at.cfg;
        if let Stmt::Expr(expression, _) = node {
            self.cfg_attributes(first_attributes(expression));
        }
        visit::visit_stmt(self, node);
        self.at.cfg = cfg;
    }

    fn visit_attribute(&mut self, node: &'ast Attribute) {
        self.attributes(std::slice::from_ref(node));
    }

    fn visit_item(&mut self, node: &'ast syn::Item) {
        self.item(node);
    }

    fn visit_impl_item(&mut self, node: &'ast syn::ImplItem) {
        self.impl_item(node);
    }

    fn visit_trait_item(&mut self, node: &'ast syn::TraitItem) {
        self.trait_item(node);
    }

    fn visit_foreign_item(&mut self, node: &'ast syn::ForeignItem) {
        self.foreign_item(node);
    }

    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}

    fn visit_path(&mut self, node: &'ast Path) {
        self.path(node, Usage::TYPE);
    }

    fn visit_generics(&mut self, node: &'ast Generics) {
        self.parameters(node);
        self.conditions(node);
    }

    fn visit_signature(&mut self, node: &'ast Signature) {
        self.parameters(&node.generics);
        for input in &node.inputs {
            self.visit_fn_arg(input);
        }
        if let Some(variadic) = &node.variadic {
            self.visit_variadic(variadic);
        }
        self.visit_return_type(&node.output);
        self.conditions(&node.generics);
    }

    fn visit_generic_argument(&mut self, node: &'ast GenericArgument) {
        self.generic_argument(node);
    }

    fn visit_type_path(&mut self, node: &'ast TypePath) {
        self.qualified_path(node.qself.as_ref(), &node.path, Usage::TYPE);
    }

    fn visit_expr_path(&mut self, node: &'ast ExprPath) {
        self.attributes(&node.attrs);
        self.qualified_path(node.qself.as_ref(), &node.path, Usage::VALUE);
    }

    fn visit_expr_struct(&mut self, node: &'ast ExprStruct) {
        self.attributes(&node.attrs);
        self.qualified_path(node.qself.as_ref(), &node.path, Usage::TYPE);
        for field in &node.fields {
            self.visit_field_value(field);
        }
        if let Some(rest) = &node.rest {
            self.visit_expr(rest);
        }
    }

    fn visit_field_value(&mut self, node: &'ast FieldValue) {
        let cfg = self.at.cfg;
        self.attributes(&node.attrs);
        match &node.expr {
            Expr::Path(path) if node.colon_token.is_none() => {
                self.path(&path.path, Usage::VALUE.if_resolved());
            }
            value => self.visit_expr(value),
        }
        self.at.cfg = cfg;
    }

    fn visit_pat(&mut self, node: &'ast Pat) {
        let cfg = self.at.cfg;
        match node {
            Pat::Macro(call) => self.expr_macro(call, Position::Pattern),
            other => visit::visit_pat(self, other),
        }
        self.at.cfg = cfg;
    }

    fn visit_pat_ident(&mut self, node: &'ast PatIdent) {
        self.attributes(&node.attrs);
        let word = self.word(&node.ident);
        let plain = node.by_ref.is_none() && node.mutability.is_none() && node.subpat.is_none();
        if plain && starts_upper(word) {
            self.bare_path(&node.ident.clone().into(), Usage::VALUE.if_resolved());
        } else {
            self.locals.bind_value(word);
        }
        if let Some((_, pattern)) = &node.subpat {
            self.visit_pat(pattern);
        }
    }

    fn visit_pat_struct(&mut self, node: &'ast PatStruct) {
        self.attributes(&node.attrs);
        self.qualified_path(node.qself.as_ref(), &node.path, Usage::TYPE);
        for field in &node.fields {
            self.visit_field_pat(field);
        }
    }

    fn visit_pat_tuple_struct(&mut self, node: &'ast PatTupleStruct) {
        self.attributes(&node.attrs);
        self.qualified_path(node.qself.as_ref(), &node.path, Usage::VALUE);
        for element in &node.elems {
            self.visit_pat(element);
        }
    }

    fn visit_local(&mut self, node: &'ast Local) {
        self.attributes(&node.attrs);
        if let Some(init) = &node.init {
            self.visit_expr(&init.expr);
            if let Some((_, diverge)) = &init.diverge {
                self.visit_expr(diverge);
            }
        }
        self.visit_pat(&node.pat);
    }

    fn visit_expr_let(&mut self, node: &'ast ExprLet) {
        self.attributes(&node.attrs);
        self.visit_expr(&node.expr);
        self.visit_pat(&node.pat);
    }

    fn visit_block(&mut self, node: &'ast Block) {
        let start = self.range(node.brace_token.span.open()).start;
        self.block(&node.stmts, start);
    }

    fn visit_expr_if(&mut self, node: &'ast ExprIf) {
        let mark = self.locals.mark();
        self.attributes(&node.attrs);
        self.visit_expr(&node.cond);
        self.visit_block(&node.then_branch);
        self.locals.forget(mark);
        if let Some((_, otherwise)) = &node.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, node: &'ast ExprWhile) {
        let mark = self.locals.mark();
        self.attributes(&node.attrs);
        self.visit_expr(&node.cond);
        self.visit_block(&node.body);
        self.locals.forget(mark);
    }

    fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
        self.attributes(&node.attrs);
        self.visit_expr(&node.expr);
        let mark = self.locals.mark();
        self.visit_pat(&node.pat);
        self.visit_block(&node.body);
        self.locals.forget(mark);
    }

    fn visit_expr_closure(&mut self, node: &'ast ExprClosure) {
        let mark = self.locals.mark();
        visit::visit_expr_closure(self, node);
        self.locals.forget(mark);
    }

    fn visit_arm(&mut self, node: &'ast syn::Arm) {
        let (cfg, mark) = (self.at.cfg, self.locals.mark());
        visit::visit_arm(self, node);
        self.locals.forget(mark);
        self.at.cfg = cfg;
    }

    fn visit_stmt_macro(&mut self, node: &'ast StmtMacro) {
        self.attributes(&node.attrs);
        self.macro_call(&node.mac, Position::Statement);
    }

    fn visit_expr_macro(&mut self, node: &'ast ExprMacro) {
        self.expr_macro(node, Position::Expression);
    }

    fn visit_type(&mut self, node: &'ast Type) {
        match node {
            Type::Macro(call) => self.macro_call(&call.mac, Position::Type),
            other => visit::visit_type(self, other),
        }
    }

    fn visit_macro(&mut self, node: &'ast Macro) {
        self.macro_call(node, Position::Expression);
    }

    fn visit_token_stream(&mut self, node: &'ast TokenStream) {
        self.verbatim(node);
    }
}

impl Reader<'_> {
    fn expr_macro(&mut self, node: &ExprMacro, position: Position) {
        self.attributes(&node.attrs);
        self.macro_call(&node.mac, position);
    }

    /// Reads what stands in angle brackets, where it binds and shadows.
    pub(super) fn parameters(&mut self, generics: &Generics) {
        self.bind_generics(generics);
        for param in &generics.params {
            self.visit_generic_param(param);
        }
    }

    /// Reads a `where` clause, which stands elsewhere.
    pub(super) fn conditions(&mut self, generics: &Generics) {
        if let Some(clause) = &generics.where_clause {
            self.visit_where_clause(clause);
        }
    }

    /// Makes a function's, type's or `impl`'s parameters shadow what has their names.
    pub(super) fn bind_generics(&mut self, generics: &Generics) {
        for param in &generics.params {
            match param {
                GenericParam::Type(param) => {
                    self.locals.bind_generic(self.word(&param.ident), false);
                }
                GenericParam::Const(param) => {
                    self.locals.bind_generic(self.word(&param.ident), true);
                }
                GenericParam::Lifetime(_) => {}
            }
        }
    }

    /// Reads statements as a block of their own, which begins at `start`.
    pub(super) fn block(&mut self, statements: &[Stmt], start: u32) {
        let (at, mark) = (self.at, self.locals.mark());
        if statements.iter().any(declares) {
            self.at.scope = self.open_scope(ScopeKind::Block, start);
        }
        for statement in statements {
            self.visit_stmt(statement);
        }
        self.locals.forget(mark);
        self.at = at;
    }
}

/// What stands before a statement: the parser hands it to the statement's first operand.
fn first_attributes(expression: &Expr) -> &[Attribute] {
    match expression {
        Expr::Assign(assignment) => first_attributes(&assignment.left),
        Expr::Binary(operation) => first_attributes(&operation.left),
        Expr::Cast(cast) => first_attributes(&cast.expr),
        Expr::Call(operand) => &operand.attrs,
        Expr::Field(operand) => &operand.attrs,
        Expr::Index(operand) => &operand.attrs,
        Expr::MethodCall(operand) => &operand.attrs,
        Expr::Paren(operand) => &operand.attrs,
        Expr::Path(operand) => &operand.attrs,
        Expr::Unary(operand) => &operand.attrs,
        _ => &[],
    }
}

/// Whether a statement may declare an item, itself or in the arguments of its macro.
fn declares(statement: &Stmt) -> bool {
    match statement {
        Stmt::Item(_) => true,
        Stmt::Macro(call) => super::shapes::may_declare(&call.mac.tokens),
        _ => false,
    }
}
