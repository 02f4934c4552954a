//! `when` and `unless` → [`Condition`]s.

use toml::de::DeValue;

use crate::boundaries::Problem;
use crate::boundaries::flag::pattern::PathPattern;
use crate::boundaries::flag::{
    ArgumentIs, ArgumentShape, AttributeIs, AttributeOn, BodyIs, BodyOf, ChainIs, Condition,
    Context, CrateIs, FateIs, FieldIs, SignatureIs, StaticIs, VisibilityIs,
};
use crate::boundaries::parse::reader::{self, Entry, Table};
use crate::boundaries::parse::text::Source;
use crate::extract::sites::{SelfKind, TypePlace};

use super::values::{self, count, known, paths, regex, regexes, sub, subs, truth, words};

const FATES: [(&str, FateIs); 6] = [
    ("discarded", FateIs::Discarded),
    ("unused", FateIs::Unused),
    ("returned", FateIs::Returned),
    ("stored", FateIs::Stored),
    ("moved", FateIs::Moved),
    ("bound", FateIs::Bound),
];

const SHAPES: [(&str, ArgumentShape); 5] = [
    ("literal", ArgumentShape::Literal),
    ("constant", ArgumentShape::Constant),
    ("loop-invariant", ArgumentShape::LoopInvariant),
    ("closure", ArgumentShape::Closure),
    ("path", ArgumentShape::Path),
];

const BODIES: [(&str, BodyOf); 4] = [
    ("site", BodyOf::Site),
    ("function", BodyOf::Function),
    ("loop", BodyOf::Loop),
    ("closure", BodyOf::Closure),
];

const PLACES: [(&str, TypePlace); 6] = [
    ("parameter", TypePlace::Parameter),
    ("return", TypePlace::Return),
    ("field", TypePlace::Field),
    ("global", TypePlace::Global),
    ("bound", TypePlace::Bound),
    ("body", TypePlace::Body),
];

const VISIBILITIES: [(&str, VisibilityIs); 3] = [
    ("public", VisibilityIs::Public),
    ("exported", VisibilityIs::Exported),
    ("private", VisibilityIs::Private),
];

const CRATES: [(&str, CrateIs); 7] = [
    ("lib", CrateIs::Lib),
    ("proc-macro", CrateIs::ProcMacro),
    ("bin", CrateIs::Bin),
    ("test", CrateIs::Test),
    ("bench", CrateIs::Bench),
    ("example", CrateIs::Example),
    ("build", CrateIs::Build),
];

const ON: [(&str, AttributeOn); 3] =
    [("any", AttributeOn::Any), ("item", AttributeOn::Item), ("field", AttributeOn::Field)];

const SELVES: [(&str, Option<SelfKind>); 4] = [
    ("none", None),
    ("shared", Some(SelfKind::Shared)),
    ("exclusive", Some(SelfKind::Exclusive)),
    ("value", Some(SelfKind::Value)),
];

/// The conditions below `when` or `unless`.
pub(super) fn table(
    table: &mut Table<'_>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Vec<Condition> {
    sub(table, key, problems).map(|inner| conditions(inner, key, problems)).unwrap_or_default()
}

fn conditions(mut table: Table<'_>, place: &str, problems: &mut Vec<Problem>) -> Vec<Condition> {
    let mut found = of_the_site(&mut table, problems);
    found.extend(of_the_declaration(&mut table, problems));
    found.extend(of_the_surroundings(&mut table, problems));
    if let Some(entry) = table.take("any") {
        let lists = super::tables(table.source, entry, problems);
        let lists = lists.into_iter().map(|inner| conditions(inner, "`any`", problems));
        found.push(Condition::Any(lists.collect()));
    }
    let span = table.span;
    table.finish(place, problems);
    if found.is_empty() {
        problems.push(Problem::fatal("config/empty", span, format!("{place} says nothing")));
    }
    found
}

fn of_the_site(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Vec<Condition> {
    let arguments = subs(table, "argument", problems);
    let arguments: Vec<ArgumentIs> =
        arguments.into_iter().map(|inner| argument(inner, problems)).collect();
    let chain = sub(table, "chain", problems).map(|inner| chain(inner, problems));
    let body = sub(table, "body", problems).map(|inner| body(inner, problems));
    let over = sub(table, "loop-over", problems).map(|inner| loop_over(inner, problems));
    let inside_method = table.take("inside-method");
    let inside_method = inside_method.and_then(|one| reader::texts(table.source, one, problems));
    let inside_method =
        inside_method.map(|texts| texts.into_iter().map(|text| text.value).collect());
    [
        (!arguments.is_empty()).then_some(Condition::Argument(arguments)),
        count(table, "arguments", problems).map(Condition::Arguments),
        chain.map(Condition::Chain),
        truth(table, "awaited", problems).map(Condition::Awaited),
        known(table, "result", &FATES, problems).map(Condition::Result),
        body.map(Condition::Body),
        truth(table, "held-across-await", problems).map(Condition::HeldAcrossAwait),
        paths(table, "inside", problems).map(Condition::Inside),
        inside_method
            .map(|all| Condition::InsideMethod(crate::boundaries::flag::pattern::Words(all))),
        over,
        known(table, "place", &PLACES, problems).map(Condition::Place),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_the_declaration(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Vec<Condition> {
    let derives = table.take("derives").map(|entry| groups(table.source, entry, problems));
    let attributes = attributes(table, "attributes", problems);
    let fields = sub(table, "fields", problems).map(|inner| fields(inner, problems));
    let signature = sub(table, "signature", problems).map(|inner| signature(inner, problems));
    let statics = sub(table, "static", problems).map(|inner| statics(inner, problems));
    let name = words(table, "name", problems);
    [
        derives.map(Condition::Derives),
        (!attributes.is_empty()).then_some(Condition::Attributes(attributes)),
        fields.map(Condition::Fields),
        (!name.is_empty()).then_some(Condition::Name(name)),
        known(table, "visibility", &VISIBILITIES, problems).map(Condition::Visibility),
        signature.map(Condition::Signature),
        statics.map(Condition::Static),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_the_surroundings(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Vec<Condition> {
    let function = words(table, "function", problems);
    let depends = values::strings(table, "depends-on", problems);
    let called = sub(table, "called-from", problems).map(|inner| called_from(inner, problems));
    [
        known(table, "in", &Context::WORDS, problems).map(Condition::In),
        (!function.is_empty()).then_some(Condition::Function(function)),
        paths(table, "trait-impl", problems).map(Condition::TraitImpl),
        paths(table, "module", problems).map(Condition::Module),
        known(table, "crate-kind", &CRATES, problems).map(Condition::CrateKind),
        (!depends.is_empty()).then_some(Condition::DependsOn(depends)),
        called,
        known(table, "only-called-from", &Context::WORDS, problems).map(Condition::OnlyCalledFrom),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn argument(mut table: Table<'_>, problems: &mut Vec<Problem>) -> ArgumentIs {
    let argument = ArgumentIs {
        at: count(&mut table, "at", problems),
        is: known(&mut table, "is", &SHAPES, problems).unwrap_or_default(),
        matches: regexes(&mut table, "matches", problems),
        mentions: words(&mut table, "mentions", problems),
        lacks: words(&mut table, "lacks", problems),
    };
    table.finish("`argument`", problems);
    argument
}

fn chain(mut table: Table<'_>, problems: &mut Vec<Problem>) -> ChainIs {
    let chain = ChainIs {
        has: words(&mut table, "has", problems),
        lacks: words(&mut table, "lacks", problems),
        ends: words(&mut table, "ends", problems),
    };
    table.finish("`chain`", problems);
    chain
}

fn body(mut table: Table<'_>, problems: &mut Vec<Problem>) -> BodyIs {
    let body = BodyIs {
        of: table.word("of", &BODIES, problems).unwrap_or_default(),
        has: words(&mut table, "has", problems),
        lacks: words(&mut table, "lacks", problems),
    };
    table.finish("`body`", problems);
    body
}

fn loop_over(mut table: Table<'_>, problems: &mut Vec<Problem>) -> Condition {
    let has = words(&mut table, "has", problems);
    let constant = truth(&mut table, "constant", problems);
    table.finish("`loop-over`", problems);
    Condition::LoopOver { has, constant }
}

fn called_from(mut table: Table<'_>, problems: &mut Vec<Problem>) -> Condition {
    let contexts = known(&mut table, "in", &Context::WORDS, problems).unwrap_or_default();
    let depth = count(&mut table, "depth", problems).unwrap_or(3);
    if contexts.is_empty() {
        let message = "`called-from` does not say from where";
        problems.push(Problem::fatal("config/missing-key", table.span, message));
    }
    table.finish("`called-from`", problems);
    Condition::CalledFrom { contexts, depth }
}

/// `["a", "b"]` is one group; `[["a"], ["b"]]` are two.
fn groups(
    source: Source<'_>,
    entry: Entry<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Vec<PathPattern>> {
    let group = |entry, problems: &mut Vec<Problem>| {
        let texts = reader::texts(source, entry, problems).unwrap_or_default();
        values::patterns(&texts, problems)
    };
    match entry.value {
        DeValue::Array(list) if list.iter().any(|item| item.get_ref().is_array()) => list
            .iter()
            .map(|item| {
                let range = (item.span().start, item.span().end);
                group(Entry { value: item.get_ref(), range, ..entry }, problems)
            })
            .collect(),
        _ => vec![group(entry, problems)],
    }
}

fn attributes(
    table: &mut Table<'_>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Vec<AttributeIs> {
    let inner = subs(table, key, problems);
    inner.into_iter().map(|inner| attribute(inner, problems)).collect()
}

fn attribute(mut table: Table<'_>, problems: &mut Vec<Problem>) -> AttributeIs {
    let attribute = AttributeIs {
        path: table.string("path", problems),
        key: words(&mut table, "key", problems),
        value: regex(&mut table, "value", problems),
        on: table.word("on", &ON, problems).unwrap_or_default(),
    };
    table.finish("an attribute", problems);
    attribute
}

fn fields(mut table: Table<'_>, problems: &mut Vec<Problem>) -> FieldIs {
    let fields = FieldIs {
        name: regex(&mut table, "name", problems),
        types: paths(&mut table, "type", problems).unwrap_or_default(),
        text: regex(&mut table, "text", problems),
        without: attributes(&mut table, "without", problems),
    };
    table.finish("`fields`", problems);
    fields
}

fn signature(mut table: Table<'_>, problems: &mut Vec<Problem>) -> SignatureIs {
    let signature = SignatureIs {
        is_async: truth(&mut table, "async", problems),
        takes_self: known(&mut table, "self", &SELVES, problems).unwrap_or_default(),
        returns: paths(&mut table, "returns", problems).unwrap_or_default(),
        parameters: paths(&mut table, "parameters", problems).unwrap_or_default(),
        returns_bool: truth(&mut table, "returns-bool", problems),
        returns_self: truth(&mut table, "returns-self", problems),
        never_returns: truth(&mut table, "never-returns", problems),
    };
    table.finish("`signature`", problems);
    signature
}

fn statics(mut table: Table<'_>, problems: &mut Vec<Problem>) -> StaticIs {
    let statics = StaticIs {
        types: paths(&mut table, "type", problems).unwrap_or_default(),
        text: regex(&mut table, "text", problems),
        mutable: truth(&mut table, "mutable", problems),
    };
    table.finish("`static`", problems);
    statics
}
