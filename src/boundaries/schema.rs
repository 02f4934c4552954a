//! The JSON schema of `boundaries.toml` (draft 7, which editors' TOML plugins read), out of the
//! table of keys.

use serde_json::{Map, Value as Json, json};

use super::keys::{Key, Place, Role, Value, keys_of, verbs};

/// The schema.
pub fn schema() -> Json {
    let mut schema = table(Place::File);
    let head = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "boundaries.toml",
        "description": "Architecture rules of a cargo workspace, held by `cargo archlint`",
    });
    schema.extend(head.as_object().cloned().unwrap_or_default());
    schema.insert("definitions".to_owned(), definitions());
    Json::Object(schema)
}

fn definitions() -> Json {
    let tables = [Place::Settings, Place::Component, Place::Exception];
    let mut definitions: Map<String, Json> =
        tables.into_iter().map(|place| (name(place).to_owned(), table(place).into())).collect();
    definitions.insert(name(Place::Rule).to_owned(), rule().into());
    definitions.into()
}

fn name(place: Place) -> &'static str {
    match place {
        Place::File => "file",
        Place::Settings => "settings",
        Place::Component => "component",
        Place::Rule => "rule",
        Place::Exception => "exception",
    }
}

/// A table with the keys of a place and no others.
fn table(place: Place) -> Map<String, Json> {
    let properties: Map<String, Json> =
        keys_of(place).map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> =
        keys_of(place).filter(|key| key.is_required).map(|key| key.name).collect();
    let mut table = Map::new();
    table.insert("type".to_owned(), "object".into());
    table.insert("additionalProperties".to_owned(), false.into());
    table.insert("properties".to_owned(), properties.into());
    if !required.is_empty() {
        table.insert("required".to_owned(), required.into());
    }
    table
}

/// A rule has one verb, and only options of that verb.
fn rule() -> Map<String, Json> {
    let mut rule = table(Place::Rule);
    let one_of: Vec<Json> = verbs().map(|verb| json!({ "required": [verb] })).collect();
    let dependencies: Map<String, Json> = keys_of(Place::Rule)
        .filter_map(|key| {
            let Role::Of(verbs) = key.role else { return None };
            let any_of: Vec<Json> =
                verbs.iter().map(|verb| json!({ "required": [verb] })).collect();
            Some((key.name.to_owned(), json!({ "anyOf": any_of })))
        })
        .collect();
    rule.insert("oneOf".to_owned(), one_of.into());
    rule.insert("dependencies".to_owned(), dependencies.into());
    rule
}

fn property(key: &Key) -> Json {
    let mut property = value(key.value).as_object().cloned().unwrap_or_default();
    property.insert("description".to_owned(), key.about.into());
    property.into()
}

fn value(value: Value) -> Json {
    match value {
        Value::Version => json!({ "const": 1 }),
        Value::Table(place) => json!({ "allOf": [link(place)] }),
        Value::Tables(place) => json!({ "type": "array", "items": link(place) }),
        Value::Components => json!({
            "type": "object",
            "additionalProperties": { "anyOf": [texts(&text()), link(Place::Component)] },
        }),
        Value::Text | Value::Until => text(),
        Value::Flag => json!({ "type": "boolean" }),
        Value::Number => json!({ "type": "integer", "minimum": 0 }),
        Value::Word(words) => json!({ "enum": words }),
        Value::Words(words) => texts(&json!({ "enum": words })),
        Value::Edge => edge(),
        Value::LoneEdge => one_text(&edge()),
        Value::Edges => texts(&edge()),
        Value::Texts => texts(&text()),
        Value::Open => json!({ "type": "object" }),
        Value::Subjects => json!({ "anyOf": [texts(&text()), { "type": "object" }] }),
    }
}

fn link(place: Place) -> Json {
    json!({ "$ref": format!("#/definitions/{}", name(place)) })
}

fn text() -> Json {
    json!({ "type": "string", "minLength": 1 })
}

fn edge() -> Json {
    json!({ "type": "string", "pattern": "->" })
}

/// One, or a list of one, as the parser has it.
fn one_text(one: &Json) -> Json {
    json!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1, "maxItems": 1 }] })
}

/// One, or a list of them.
fn texts(one: &Json) -> Json {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}
