//! What a find is called, in sentences.

use std::cell::Cell;

use super::around::Around;
use super::conditions::Case;
use super::finds::{Find, Place};
use super::fixes::applicability;
use super::library::Read;
use super::receivers::type_of;
use super::{Ground, Shape};
use crate::boundaries::flag::{Condition, Context, FixForm};
use crate::check::{Fix, Step, Violation};
use crate::extract::Range;
use crate::model::{Severity, Span};
use crate::resolve::NodeId;

/// What is to be told.
pub(super) struct Said<'s> {
    pub(super) find: &'s Find,
    pub(super) chain: &'s [Step],
    /// What is built in the end, and where, if it is not here.
    pub(super) built: (&'s str, Option<Span>),
    pub(super) span: Span,
    pub(super) around: &'s Around,
    pub(super) severity: Severity,
    pub(super) ends: (Option<NodeId>, Option<NodeId>),
}

/// The find as a violation.
pub(super) fn violation(
    ground: &Ground<'_>,
    shape: &Shape<'_>,
    read: &Read<'_>,
    said: &Said<'_>,
) -> Violation {
    let resolution = &ground.code.graph.resolution;
    let fill = |text: &String| fill(text, |key| value(ground, shape, read, said, key));
    let (rule, flag) = (shape.rule, shape.flag);
    let message = flag.message.as_ref().map_or_else(|| sentence(read, said), fill);
    let (from, to) = said.ends;
    let owner = from.map(|node| resolution.path(node)).unwrap_or_default();
    let module = from.map(|node| resolution.path(resolution.module(node))).unwrap_or_default();
    let built = said.built.1.map(|span| (span, format!("`{}` is called here", said.built.0)));
    let own = (rule.page.is_none()).then(|| (rule.span, format!("rule `{}` says so", rule.id)));
    let docs = rule.docs.iter().map(|docs| format!("see {docs}"));
    let effort = flag.effort.iter().map(|effort| format!("about {effort} to mend"));
    let step = |to: &str| Step { from: owner.clone(), to: to.to_owned(), span: said.span };
    let first = said.chain.first().map(|_| step(&said.find.path));
    Violation {
        because: rule.because.as_ref().map(fill),
        label: label(said),
        edge: from.map(|from| (from, to.unwrap_or(from))),
        to: to.map_or(module.clone(), |to| resolution.path(resolution.module(to))),
        from: module,
        item: said.find.path.clone(),
        written: read.written(read.range(said.find.place)).to_owned(),
        scope: said.around.scope,
        chain: first.into_iter().chain(said.chain.iter().cloned()).collect(),
        related: built.into_iter().chain(own).collect(),
        notes: docs.chain(effort).collect(),
        help: flag.help.as_ref().map(fill),
        fix: replacement(ground, shape, read, said),
        owner,
        ..Violation::new(&rule.id, said.severity, said.span, message)
    }
}

/// The text that shall stand in place of the expression, if each of its placeholders has a value.
fn replacement(
    ground: &Ground<'_>,
    shape: &Shape<'_>,
    read: &Read<'_>,
    said: &Said<'_>,
) -> Option<Fix> {
    let wanted = shape.flag.fix.as_ref()?;
    let (FixForm::Replace(text), Place::Site(id)) = (&wanted.form, said.find.place) else {
        return None;
    };
    let lacks = Cell::new(false);
    let text = fill(text, |key| {
        let value = value(ground, shape, read, said, key);
        lacks.set(lacks.get() || value.is_none());
        value
    });
    if lacks.get() || !said.chain.is_empty() {
        return None;
    }
    let needs = wanted.requires.iter().map(|needs| format!(" (needs {needs})"));
    let Range { start, end } = read.site(id).whole;
    Some(Fix {
        title: format!("write `{text}`{}", needs.collect::<String>()),
        edits: vec![(Span { file: read.file, start, end }, text)],
        applicability: applicability(wanted.machine && wanted.requires.is_none()),
    })
}

fn sentence(read: &Read<'_>, said: &Said<'_>) -> String {
    let what = match said.find.place {
        Place::Site(_) if said.find.path.is_empty() => "this".to_owned(),
        Place::Site(_) if matches!(said.find.path.as_str(), "literal" | "loop") => {
            format!("this {}", said.find.path)
        }
        _ => format!("`{}`", said.find.path),
    };
    let place = place(read, said);
    if said.chain.is_empty() {
        return format!("{what}{place}");
    }
    format!("{what}, which calls `{}`,{place}", said.built.0)
}

fn label(said: &Said<'_>) -> String {
    match said.built.1 {
        Some(_) => format!("calls `{}` in the end", said.built.0),
        None => String::new(),
    }
}

/// Where it stands, by what makes it run often.
fn place(read: &Read<'_>, said: &Said<'_>) -> String {
    let has = |context| said.around.contexts.has(context);
    let function = said.around.function.map(|id| &*read.function(id).name);
    match (said.find.place, function) {
        (Place::Site(_), _) if has(Context::Loop) => " in a loop".to_owned(),
        (Place::Site(_), _) if has(Context::IteratorClosure) => {
            " for each element of an iterator".to_owned()
        }
        (Place::Site(_), _) if has(Context::Handler) => " in a handler".to_owned(),
        (Place::Site(_), Some(name)) if has(Context::Async) => {
            format!(" in asynchronous code, in `{name}`")
        }
        (Place::Site(_), Some(name)) if has(Context::Method) => format!(" in the method `{name}`"),
        (Place::Site(_), Some(name)) => format!(" in the function `{name}`"),
        (Place::Site(_), None) if said.around.global.is_some() => " in an initialiser".to_owned(),
        _ => String::new(),
    }
}

/// Fills in placeholders; what has no value is an ellipsis.
fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
        let key = &rest[open + 1..close];
        filled.push_str(&rest[..open]);
        if !key.is_empty() && key.chars().all(|letter| letter.is_ascii_alphanumeric()) {
            filled.push_str(value(key).as_deref().unwrap_or("…"));
        } else {
            filled.push_str(&rest[open..=close]);
        }
        rest = &rest[close + 1..];
    }
    filled + rest
}

fn value(
    ground: &Ground<'_>,
    shape: &Shape<'_>,
    read: &Read<'_>,
    said: &Said<'_>,
    key: &str,
) -> Option<String> {
    let function = said.around.function.map(|id| read.function(id));
    let last = |path: &str| path.rsplit(['.', ':']).next().unwrap_or_default().to_owned();
    match key {
        "path" => Some(said.find.path.clone()),
        "written" => Some(read.written(read.range(said.find.place)).to_owned()),
        "function" => function.map(|function| function.name.to_string()),
        "type" => function
            .and_then(|function| function.self_type)
            .map(|range| read.written(range).to_owned())
            .or_else(|| type_of(&said.find.path))
            .or_else(|| Some(last(&said.find.path))),
        "method" | "name" => Some(last(&said.find.path)),
        "field" => field(ground, shape, read, said),
        _ => {
            let at: usize = key.strip_prefix("arg")?.parse().ok()?;
            let Place::Site(id) = said.find.place else { return None };
            let argument = read.site(id).arguments.get(at)?;
            Some(read.written(argument.range).to_owned())
        }
    }
}

/// The field that a condition of the rule found.
fn field(
    ground: &Ground<'_>,
    shape: &Shape<'_>,
    read: &Read<'_>,
    said: &Said<'_>,
) -> Option<String> {
    let (find, around) = (said.find, said.around);
    let case = Case { ground, read, find, around, lifted: false };
    shape.flag.when.iter().find_map(|condition| match condition {
        Condition::Fields(wanted) => case.field(wanted).map(|field| field.name.to_string()),
        _ => None,
    })
}
