//! The value of `layers` and of its options.

use crate::boundaries::Problem;
use crate::boundaries::nearest::nearest;
use crate::boundaries::selector::Selector;
use crate::boundaries::written::{Layer, Layers, Sibling};

use super::text::Text;
use super::verbs::{Options, without_captures};
use super::{removed, selectors, selectors_of};

/// Reads the layers, top first.
pub(super) fn layers(
    texts: &[Text],
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Option<Layers> {
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
        within: options.within.as_ref().map(|texts| selectors_of(texts, problems)),
        exhaustive: options.exhaustive,
        ignore: removed("ignore", &options.ignore, problems),
        outsiders: without_captures(
            "outsiders",
            selectors_of(&options.outsiders, problems),
            problems,
        ),
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
            let selector = selectors::parse(part.until(name.len()), problems)?;
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
