//! The verb of a rule, its value and the options that only this verb knows → [`Statement`].

use toml::de::DeValue;

use crate::model::Span;

use super::Problem;
use super::edge::{self, Edge};
use super::nearest::nearest;
use super::parse::{removed, selectors};
use super::reader::{self, Entry, Table, Text};
use super::selector::{self, Selector};
use super::written::{Acyclic, Layer, Layers, Members, Sibling, Statement};

/// Every verb; the one list of them. `flag` joins here once code shapes can be judged.
const VERBS: [&str; 9] = [
    "forbid",
    "only",
    "protect",
    "layers",
    "independent",
    "acyclic",
    "expose",
    "require",
    "deprecate",
];

/// The options that only some verbs know.
const PLACES: [(&str, &[&str]); 10] = [
    ("allow", &["protect"]),
    ("face", &["expose"]),
    ("to", &["expose"]),
    ("closed", &["layers"]),
    ("within", &["layers"]),
    ("exhaustive", &["layers"]),
    ("ignore", &["layers"]),
    ("depth", &["acyclic"]),
    ("via", &USES),
    ("reach", &USES),
];

/// The verbs that judge uses one by one, which a gateway or a longer chain may concern.
const USES: [&str; 7] =
    ["forbid", "only", "protect", "layers", "independent", "expose", "deprecate"];

/// A verb that was understood.
pub(super) struct Spoken {
    pub(super) statement: Statement,
    /// The value.
    pub(super) span: Span,
    pub(super) key_span: Span,
    pub(super) derived_id: String,
}

/// The options that only some verbs know, as far as they are there.
struct Options {
    allow: Vec<Text>,
    face: Option<Vec<Text>>,
    to: Option<Vec<Text>>,
    closed: Vec<Text>,
    within: Option<Vec<Text>>,
    exhaustive: Option<Span>,
    ignore: Vec<Text>,
    depth: Option<u32>,
}

/// Reads the one verb of a rule.
pub(super) fn verb(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Option<Spoken> {
    let options = options(table, problems);
    let entry = the_one_verb(table, problems)?;
    misplaced(table, entry, problems);
    let texts = reader::texts(table.source, entry, problems)?;
    if texts.is_empty() {
        let message = format!("`{}` is empty", entry.key);
        problems.push(Problem::fatal("config/empty", entry.key_span, message));
        return None;
    }
    let statement = statement(entry, &texts, &options, problems)?;
    let span = table.source.span(entry.range.0..entry.range.1);
    let derived_id = derived_id(entry.key, &texts);
    Some(Spoken { statement, span, key_span: entry.key_span, derived_id })
}

fn options(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Options {
    Options {
        allow: table.texts("allow", problems).unwrap_or_default(),
        face: table.texts("face", problems),
        to: table.texts("to", problems),
        closed: table.texts("closed", problems).unwrap_or_default(),
        within: table.texts("within", problems),
        exhaustive: table.flag("exhaustive", problems).and_then(|(on, span)| on.then_some(span)),
        ignore: table.texts("ignore", problems).unwrap_or_default(),
        depth: table.take("depth").and_then(|entry| depth(table, entry, problems)),
    }
}

fn depth(table: &Table<'_>, entry: Entry<'_>, problems: &mut Vec<Problem>) -> Option<u32> {
    let DeValue::Integer(number) = entry.value else {
        return reader::wrong_type(table.source, entry, "a number of levels", problems);
    };
    let depth = u32::from_str_radix(number.as_str(), number.radix()).ok();
    if depth.is_none() {
        let span = table.source.span(entry.range.0..entry.range.1);
        let message = format!("`depth = {number}` is no number of levels");
        let problem = Problem::fatal("config/bad-depth", span, message);
        problems.push(problem.with_help("1 looks at the modules just below, 2 one level deeper"));
    }
    depth
}

fn the_one_verb<'t>(table: &mut Table<'t>, problems: &mut Vec<Problem>) -> Option<Entry<'t>> {
    let mut found: Vec<Entry<'t>> = VERBS.iter().filter_map(|verb| table.take(verb)).collect();
    found.sort_by_key(|entry| entry.key_span);
    match found[..] {
        [entry] => return Some(entry),
        [] => {
            // A misspelled verb is told as an unknown key, with the verb that is nearest.
            let misspelled = table.unknown().any(|key| nearest(key, VERBS).is_some());
            if !misspelled {
                let problem = Problem::fatal("config/no-verb", table.span, "the rule has no verb");
                problems.push(problem.with_help(format!("one of {}", VERBS.join(", "))));
            }
        }
        [first, second, ..] => {
            let message = format!("`{}` and `{}` in one rule", first.key, second.key);
            let problem = Problem::fatal("config/several-verbs", second.key_span, message)
                .with_help("a rule has one verb: make two rules of it");
            let related = vec![(first.key_span, "the first verb".to_owned())];
            problems.push(Problem { related, ..problem });
        }
    }
    None
}

fn misplaced(table: &Table<'_>, verb: Entry<'_>, problems: &mut Vec<Problem>) {
    for (key, verbs) in PLACES {
        let Some(span) = table.key_span(key).filter(|_| !verbs.contains(&verb.key)) else {
            continue;
        };
        let message = format!("`{key}` means nothing to `{}`", verb.key);
        let quoted: Vec<String> = verbs.iter().map(|verb| format!("`{verb}`")).collect();
        let help = format!("it is an option of {}", quoted.join(", "));
        problems.push(Problem::fatal("config/misplaced-key", span, message).with_help(help));
    }
}

/// An id for a rule without one: `forbid accounts -> im`.
fn derived_id(verb: &str, texts: &[Text]) -> String {
    let separator = match verb {
        "layers" => " > ",
        "independent" | "acyclic" => " | ",
        _ => "; ",
    };
    let values: Vec<String> = texts
        .iter()
        .map(|text| text.value.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    format!("{verb} {}", values.join(separator))
}

fn statement(
    entry: Entry<'_>,
    texts: &[Text],
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Option<Statement> {
    let is_list = entry.value.is_array();
    Some(match entry.key {
        "forbid" => Statement::Forbid(edge::parse_all(texts, problems)?),
        "deprecate" => Statement::Deprecate(edge::parse_all(texts, problems)?),
        "only" => Statement::Only(one_edge(entry, texts, problems)?),
        "require" => Statement::Require(one_edge(entry, texts, problems)?),
        "protect" => Statement::Protect {
            target: without_captures(entry.key, targets(entry, texts, problems)?, problems),
            allow: without_captures("allow", selectors(&options.allow, problems), problems),
        },
        "expose" => expose(entry, texts, options, problems)?,
        "independent" => Statement::Independent(equals(entry, texts, is_list, problems)?),
        "acyclic" => Statement::Acyclic(acyclic(entry, texts, options, problems)?),
        _ => Statement::Layers(layers(texts, options, problems)?),
    })
}

/// `only` and `require` speak of one edge; each further one would be a rule of its own.
fn one_edge(entry: Entry<'_>, texts: &[Text], problems: &mut Vec<Problem>) -> Option<Edge> {
    if let [_, second, ..] = texts {
        let message = format!("`{}` speaks of one edge", entry.key);
        let problem = Problem::fatal("config/bad-edge", second.span, message);
        problems.push(problem.with_help("make a rule of each"));
        return None;
    }
    let edge = edge::parse(&texts[0], problems)?;
    if edge.has_captures() {
        problems.push(no_captures(entry.key, edge.span));
        return None;
    }
    Some(edge)
}

fn no_captures(key: &str, span: Span) -> Problem {
    Problem::fatal("config/bad-selector", span, format!("captures have no place in `{key}`"))
        .with_help("captures join the two sides of `forbid` or `deprecate`: `a::{f} -> a::!{f}`")
}

fn without_captures(
    key: &str,
    selectors: Vec<Selector>,
    problems: &mut Vec<Problem>,
) -> Vec<Selector> {
    for selector in selectors.iter().filter(|selector| selector.has_captures()) {
        problems.push(no_captures(key, selector.span));
    }
    selectors
}

/// A selector list in which something must be named.
fn targets(entry: Entry<'_>, texts: &[Text], problems: &mut Vec<Problem>) -> Option<Vec<Selector>> {
    let before = problems.len();
    let targets = selectors(texts, problems);
    if problems.len() > before {
        return None;
    }
    if targets.iter().all(|selector| selector.removes) {
        problems.push(only_removes(entry.key, entry.key_span));
        return None;
    }
    Some(targets)
}

fn only_removes(key: &str, span: Span) -> Problem {
    Problem::fatal("config/bad-selector", span, format!("`{key}` only takes out"))
        .with_help("name what it takes out of: `[\"app_*\", \"!app_dev\"]`")
}

fn expose(
    entry: Entry<'_>,
    texts: &[Text],
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Option<Statement> {
    let component = targets(entry, texts, problems)?;
    let Some(face) = &options.face else {
        let message = "`expose` does not say which part is public";
        let problem = Problem::fatal("config/missing-key", entry.key_span, message);
        problems.push(problem.with_help("say it: `face = [\"accounts::api\"]`"));
        return None;
    };
    Some(Statement::Expose {
        component: without_captures("expose", component, problems),
        face: without_captures("face", selectors(face, problems), problems),
        to: options
            .to
            .as_ref()
            .map(|texts| without_captures("to", selectors(texts, problems), problems)),
    })
}

/// A lone string lists its members by ` | `; in a list each entry is one, a union by ` | ` too.
fn equals(
    entry: Entry<'_>,
    texts: &[Text],
    is_list: bool,
    problems: &mut Vec<Problem>,
) -> Option<Members> {
    let unions: Vec<Option<Vec<Selector>>> =
        texts.iter().map(|text| selector::parse_union(text.whole(), problems)).collect();
    let mut members = Members::default();
    for union in unions.into_iter().collect::<Option<Vec<_>>>()? {
        let (out, named): (Vec<_>, Vec<_>) = union.into_iter().partition(|one| one.removes);
        if !is_list {
            members.entries.extend(named.into_iter().map(|one| vec![one]));
            members.removed.extend(out);
        } else if named.is_empty() {
            members.removed.extend(out);
        } else {
            members.entries.push(named.into_iter().chain(out).collect());
        }
    }
    if members.entries.is_empty() {
        problems.push(only_removes(entry.key, entry.key_span));
        return None;
    }
    Some(members)
}

fn acyclic(
    entry: Entry<'_>,
    texts: &[Text],
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Option<Acyclic> {
    let below = !entry.value.is_array() && texts[0].value.trim() != "crates";
    if below {
        let modules = targets(entry, texts, problems)?;
        return Some(Acyclic::Below { modules, depth: options.depth.unwrap_or(1) });
    }
    if options.depth.is_some() {
        let message = "`depth` counts levels below a module: `acyclic = \"accounts\"`";
        problems.push(Problem::fatal("config/misplaced-key", entry.key_span, message));
    }
    match entry.value.is_array() {
        true => Some(Acyclic::Parts(equals(entry, texts, true, problems)?)),
        false => Some(Acyclic::Crates),
    }
}

fn layers(texts: &[Text], options: &Options, problems: &mut Vec<Problem>) -> Option<Layers> {
    let layers: Vec<Option<Layer>> = texts.iter().map(|text| layer(text, problems)).collect();
    let mut layers: Vec<Layer> = layers.into_iter().collect::<Option<_>>()?;
    for closed in &options.closed {
        close(&mut layers, closed, problems);
    }
    if let (Some(span), None) = (options.exhaustive, &options.within) {
        let message = "`exhaustive` needs a container whose modules are to be counted";
        let problem = Problem::fatal("config/exhaustive-without-container", span, message);
        problems.push(problem.with_help("name it: `within = \"accounts\"`"));
    }
    if options.exhaustive.is_none()
        && let Some(first) = options.ignore.first()
    {
        let message =
            "`ignore` lists modules that need no layer; without `exhaustive` none needs one";
        problems.push(Problem::fatal("config/misplaced-key", first.span, message));
    }
    Some(Layers {
        layers,
        within: options.within.as_ref().map(|texts| selectors(texts, problems)),
        exhaustive: options.exhaustive,
        ignore: removed("ignore", &options.ignore, problems),
    })
}

/// `web`, `app?`, `a | b`, `c : d`.
fn layer(text: &Text, problems: &mut Vec<Problem>) -> Option<Layer> {
    let whole = text.whole();
    let separate = whole.value.contains('|');
    let together = whole.value.split_whitespace().any(|word| word == ":");
    if separate && together {
        let message = format!("`|` and `:` in one layer: `{}`", whole.value);
        let help =
            "`a | b` may not name each other, `a : b` may: one layer is the one or the other";
        problems.push(Problem::fatal("config/mixed-layer", text.span, message).with_help(help));
        return None;
    }
    let parts = if together { whole.split(" : ") } else { whole.split("|") };
    let siblings: Vec<Option<Sibling>> = parts
        .into_iter()
        .map(|part| {
            let name = part.value.strip_suffix('?').unwrap_or(part.value);
            let optional = name.len() < part.value.len();
            let selector = selector::parse(part.until(name.len()), problems)?;
            plain_layer(&selector, problems).then_some(Sibling { selector, optional })
        })
        .collect();
    Some(Layer {
        text: whole.value.to_owned(),
        span: text.span,
        siblings: siblings.into_iter().collect::<Option<_>>()?,
        independent: !together,
        closed: false,
    })
}

fn plain_layer(selector: &Selector, problems: &mut Vec<Problem>) -> bool {
    let fault = match selector {
        selector if selector.removes => "`!` has no place in a layer",
        selector if selector.has_captures() => "captures have no place in a layer",
        _ => return true,
    };
    problems.push(Problem::fatal("config/bad-selector", selector.span, fault));
    false
}

/// Closes the layer of this name: the whole layer, where the name is that of a sibling.
fn close(layers: &mut [Layer], closed: &Text, problems: &mut Vec<Problem>) {
    let name = closed.value.trim().trim_end_matches('?');
    let bears = |layer: &Layer| {
        layer.text.trim_end_matches('?') == name
            || layer.siblings.iter().any(|sibling| sibling.selector.text == name)
    };
    if let Some(layer) = layers.iter_mut().find(|layer| bears(layer)) {
        layer.closed = true;
        return;
    }
    let names: Vec<&str> = layers.iter().map(|layer| layer.text.as_str()).collect();
    let message = format!("no layer is called `{name}`");
    let help = match nearest(name, names.iter().copied()) {
        Some(found) => format!("did you mean `{found}`?"),
        None => format!("the layers are {}", names.join(", ")),
    };
    problems.push(Problem::fatal("config/unknown-layer", closed.span, message).with_help(help));
}
