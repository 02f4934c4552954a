//! Templates: a receipt with three items.

use handlebars::Handlebars;
use minijinja::{Environment, context};
use serde_json::{Value, json};
use tera::{Context, Tera};

use crate::measure::Case;

const RULE: &str = "template-engine-per-render";
const HANDLEBARS: &str = "Dear {{customer}},\n\
    {{#each items}}{{name}}: {{price}}\n{{/each}}\
    {{#if paid}}Thank you.{{else}}Please pay {{total}}.{{/if}}\n";
const JINJA: &str = "Dear {{ customer }},\n\
    {% for item in items %}{{ item.name }}: {{ item.price }}\n{% endfor %}\
    {% if paid %}Thank you.{% else %}Please pay {{ total }}.{% endif %}\n";

fn order() -> Value {
    json!({
        "customer": "Ada",
        "items": [
            { "name": "ham", "price": 7 },
            { "name": "eggs", "price": 3 },
            { "name": "spam", "price": 2 },
        ],
        "total": 12,
        "paid": false,
    })
}

pub(super) fn handlebars() -> Case {
    let engine = handlebars_engine();
    let (data, same) = (order(), order());
    let render = |engine: &Handlebars, order: &Value| {
        engine.render("receipt", order).expect("the template is right")
    };
    Case::new(
        RULE,
        "`handlebars::Handlebars::new` + register + render",
        move || render(&handlebars_engine(), &data),
        move || render(&engine, &same),
    )
}

pub(super) fn handlebars_unregistered() -> Case {
    let (empty, engine) = (Handlebars::new(), handlebars_engine());
    let (data, same) = (order(), order());
    Case::new(
        RULE,
        "`handlebars::Handlebars::render_template`",
        move || empty.render_template(HANDLEBARS, &data).expect("the template is right"),
        move || engine.render("receipt", &same).expect("the template is right"),
    )
}

fn handlebars_engine() -> Handlebars<'static> {
    let mut engine = Handlebars::new();
    engine.register_template_string("receipt", HANDLEBARS).expect("the template is right");
    engine
}

pub(super) fn tera() -> Case {
    let engine = tera_engine();
    let (context, same) = (tera_context(), tera_context());
    let render = |engine: &Tera, context: &Context| {
        engine.render("receipt", context).expect("the template is right")
    };
    Case::new(
        RULE,
        "`tera::Tera::new` + add + render",
        move || render(&tera_engine(), &context),
        move || render(&engine, &same),
    )
}

pub(super) fn tera_one_off() -> Case {
    let engine = tera_engine();
    let (context, same) = (tera_context(), tera_context());
    Case::new(
        RULE,
        "`tera::Tera::one_off`",
        move || Tera::one_off(JINJA, &context, false).expect("the template is right"),
        move || engine.render("receipt", &same).expect("the template is right"),
    )
}

fn tera_engine() -> Tera {
    let mut engine = Tera::new();
    engine.add_raw_template("receipt", JINJA).expect("the template is right");
    engine
}

fn tera_context() -> Context {
    Context::from_serialize(&order()).expect("an order is an object")
}

pub(super) fn minijinja() -> Case {
    let engine = minijinja_engine();
    let (context, same) = (minijinja_context(), minijinja_context());
    let render = |engine: &Environment, context: &minijinja::Value| {
        let template = engine.get_template("receipt").expect("it was added");
        template.render(context.clone()).expect("the template is right")
    };
    Case::new(
        RULE,
        "`minijinja::Environment::new` + add + render",
        move || render(&minijinja_engine(), &context),
        move || render(&engine, &same),
    )
}

fn minijinja_engine() -> Environment<'static> {
    let mut engine = Environment::new();
    engine.add_template("receipt", JINJA).expect("the template is right");
    engine
}

fn minijinja_context() -> minijinja::Value {
    let item = |name: &str, price: u32| context! { name, price };
    let items = vec![item("ham", 7), item("eggs", 3), item("spam", 2)];
    context! { customer => "Ada", items, total => 12, paid => false }
}
