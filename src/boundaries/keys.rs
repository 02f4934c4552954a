//! Every key of `boundaries.toml`, once: what the parser takes, what the schema says, in one table.
//!
//! A new key is a row here and the line that reads it; a test holds the parser to the table.

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the file itself.
    File,
    /// In `[settings]`.
    Settings,
    /// In a component that is written as a table.
    Component,
    /// In `[[rule]]`.
    Rule,
    /// In `[[rule.except]]`.
    Exception,
}

impl Place {
    /// All of them, outermost first.
    pub const ALL: [Place; 5] =
        [Self::File, Self::Settings, Self::Component, Self::Rule, Self::Exception];
}

/// What a key is to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What the rule says; a rule has exactly one.
    Verb,
    /// An option of every rule, or a key of another place.
    Common,
    /// An option of these verbs only.
    Of(&'static [&'static str]),
}

/// What a key may be set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// The version of the language.
    Version,
    /// A table of this place.
    Table(Place),
    /// A list of tables of this place.
    Tables(Place),
    /// A table whose keys are names of components.
    Components,
    /// A text.
    Text,
    /// A date, or a word.
    Until,
    /// `true` or `false`.
    Flag,
    /// How many levels.
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Some of these words.
    Words(&'static [&'static str]),
    /// An edge, `a -> b`.
    Edge,
    /// An edge, also as a list of one.
    LoneEdge,
    /// An edge, or a list of them.
    Edges,
    /// A text, or a list of them.
    Texts,
    /// A table with keys of its own, which a page of the documentation tells.
    Open,
    /// A list of paths, or a table of subjects.
    Subjects,
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// Where.
    pub place: Place,
    /// What it is to a rule.
    pub role: Role,
    /// What it may be set to.
    pub value: Value,
    /// Whether the table is incomplete without it.
    pub is_required: bool,
    /// What an editor shows.
    pub about: &'static str,
}

/// The verbs that judge uses one by one, which a gateway or a longer chain may concern.
const USES: &[&str] =
    &["forbid", "only", "protect", "layers", "independent", "expose", "deprecate"];
const FLAG: &[&str] = &["flag"];
const SCOPES: &[&str] = &["normal", "build", "test", "bench", "example", "dev"];
const WEIGHTS: &[&str] = &["error", "warn", "silent"];

const fn key(place: Place, name: &'static str, value: Value, about: &'static str) -> Key {
    Key { name, place, role: Role::Common, value, is_required: false, about }
}

const fn verb(name: &'static str, value: Value, about: &'static str) -> Key {
    Key { role: Role::Verb, ..key(Place::Rule, name, value, about) }
}

const fn option(
    verbs: &'static [&'static str],
    name: &'static str,
    value: Value,
    about: &'static str,
) -> Key {
    Key { role: Role::Of(verbs), ..key(Place::Rule, name, value, about) }
}

const fn required(key: Key) -> Key {
    Key { is_required: true, ..key }
}

/// All keys, in the order in which they are told.
pub const KEYS: &[Key] = &[
    key(Place::File, "version", Value::Version, "The version of the language"),
    key(Place::File, "settings", Value::Table(Place::Settings), "What holds for all rules"),
    key(Place::File, "components", Value::Components, "Names for sets of modules"),
    key(Place::File, "outdated", Value::Open, "The policy for dependencies that are behind"),
    key(Place::File, "rules", Value::Open, "What becomes of the rules that come with the program"),
    key(Place::File, "contexts", Value::Open, "Calls and macros that make a context for `flag`"),
    key(Place::File, "rule", Value::Tables(Place::Rule), "A rule: one verb, and its options"),
    // Settings.
    key(Place::Settings, "scope", Value::Words(SCOPES), "The scopes of rules that name none"),
    key(Place::Settings, "exhaustive", Value::Flag, "Every module belongs to a component"),
    key(
        Place::Settings,
        "require-because",
        Value::Flag,
        "Every rule and every exception says why it exists",
    ),
    key(Place::Settings, "require-owner", Value::Flag, "Every exception says who answers for it"),
    key(Place::Settings, "require-until", Value::Flag, "Every exception says until when it holds"),
    key(
        Place::Settings,
        "unmatched-exceptions",
        Value::Word(WEIGHTS),
        "What an exception becomes that excuses nothing",
    ),
    key(
        Place::Settings,
        "unused-allow",
        Value::Word(WEIGHTS),
        "What a name in `allow` or `only` becomes that nothing needs",
    ),
    key(
        Place::Settings,
        "overlap",
        Value::Word(&["forbid", "allow"]),
        "Whether components may share modules",
    ),
    key(
        Place::Settings,
        "antipatterns",
        Value::Flag,
        "Whether rules that come with the program apply without being asked for",
    ),
    // Components.
    required(key(Place::Component, "in", Value::Texts, "The modules that belong to it")),
    key(Place::Component, "not", Value::Texts, "Modules that do not belong to it"),
    key(Place::Component, "owner", Value::Text, "Who answers for it"),
    key(Place::Component, "optional", Value::Flag, "It may match nothing"),
    key(Place::Component, "strict", Value::Flag, "No baseline excuses what starts in it"),
    // Rules.
    key(Place::Rule, "id", Value::Text, "The name of the rule in reports and `allow` comments"),
    verb("forbid", Value::Edges, "Nothing in `a` names anything in `b`: `\"a -> b\"`"),
    verb("only", Value::LoneEdge, "`a` names nothing but `b`, `c` and itself: `\"a -> b | c\"`"),
    verb("protect", Value::Texts, "It is named only by what `allow` lists, and by itself"),
    verb("layers", Value::Texts, "Upper layers may name lower ones, never the other way round"),
    verb("independent", Value::Texts, "No member names another"),
    verb("acyclic", Value::Texts, "The modules just below do not need each other in a circle"),
    verb("expose", Value::Texts, "Outsiders name nothing of it but its `face`"),
    verb("require", Value::LoneEdge, "Each module of `a` names `b` at least once: `\"a -> b\"`"),
    verb("deprecate", Value::Edges, "As `forbid`, as a warning: the edge is on its way out"),
    verb("flag", Value::Subjects, "A shape of code is a fault: calls, macros, methods, types"),
    option(&["protect"], "allow", Value::Texts, "Who may name what is protected"),
    option(&["expose"], "face", Value::Texts, "The public part of the component"),
    option(&["expose"], "to", Value::Texts, "The outsiders that the rule speaks of; else all"),
    option(&["layers"], "closed", Value::Texts, "Layers over which nobody above may jump"),
    option(&["layers"], "within", Value::Texts, "Containers, each with all of the layers"),
    option(&["layers"], "exhaustive", Value::Flag, "Every child of a container has a layer"),
    option(&["layers"], "ignore", Value::Texts, "Children of a container that need no layer"),
    option(&["layers"], "outsiders", Value::Texts, "Modules in no layer that may not name one"),
    option(&["acyclic"], "depth", Value::Number, "How many levels below a module are looked at"),
    option(
        &["acyclic"],
        "circles",
        Value::Word(&["grouped", "all"]),
        "One finding for all parts that need each other, or one for each circle",
    ),
    option(
        &["acyclic"],
        "weigh",
        Value::Word(&["edges", "uses"]),
        "What the cheapest edge to cut has fewest of: pairs of modules, or uses",
    ),
    option(FLAG, "when", Value::Open, "Every one of these conditions must hold"),
    option(FLAG, "unless", Value::Open, "None of these conditions may hold"),
    option(
        FLAG,
        "at",
        Value::Word(&["site", "callers"]),
        "Whether a constructor passes the blame on to its callers",
    ),
    option(FLAG, "from", Value::Texts, "Only code in there is judged"),
    option(
        FLAG,
        "plain",
        Value::Word(&["lower", "same", "off"]),
        "What a find in a plain function is worth",
    ),
    option(
        FLAG,
        "confidence",
        Value::Word(&["high", "medium", "low"]),
        "How often the rule is right",
    ),
    option(FLAG, "effort", Value::Text, "What it takes to mend a find: `\"15min\"`"),
    option(FLAG, "tags", Value::Texts, "Families of the rule"),
    option(FLAG, "needs", Value::Texts, "The rule sleeps unless one of these crates is used"),
    option(FLAG, "default", Value::Flag, "On a page: it applies without being asked for"),
    option(FLAG, "help", Value::Text, "What to do; may hold placeholders"),
    option(FLAG, "message", Value::Text, "What is said of a find; may hold placeholders"),
    option(FLAG, "fix", Value::Open, "How a find can be mended by itself"),
    option(USES, "via", Value::Texts, "Legal inside these modules, and through them"),
    option(
        USES,
        "reach",
        Value::Word(&["direct", "items", "modules", "crates"]),
        "Each single use, or also chains of uses of this grain",
    ),
    key(Place::Rule, "because", Value::Text, "Why the rule exists; every finding repeats it"),
    key(Place::Rule, "docs", Value::Text, "A link"),
    key(
        Place::Rule,
        "severity",
        Value::Word(&["deny", "warn", "info"]),
        "Whether a breach fails the run or is told only",
    ),
    key(Place::Rule, "scope", Value::Words(SCOPES), "Which code is judged"),
    key(
        Place::Rule,
        "reexports",
        Value::Word(&["through", "opaque"]),
        "A name counts as what it is defined as, or as an item of the module that re-exports it",
    ),
    key(Place::Rule, "optional", Value::Flag, "The names of the rule may match nothing"),
    key(Place::Rule, "except", Value::Tables(Place::Exception), "Edges that are let pass"),
    // Exceptions.
    required(key(Place::Exception, "edge", Value::Edge, "The edge that is let pass: `\"a -> b\"`")),
    key(Place::Exception, "because", Value::Text, "Why it is let pass"),
    key(Place::Exception, "owner", Value::Text, "Who answers for it"),
    key(Place::Exception, "until", Value::Until, "The last day on which it holds, or an event"),
];

/// The keys of a place, in their order.
pub fn keys_of(place: Place) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.place == place)
}

/// Every verb.
pub fn verbs() -> impl Iterator<Item = &'static str> {
    KEYS.iter().filter(|key| key.role == Role::Verb).map(|key| key.name)
}
