//! Databases, and the shape of what goes into them.

use jsonschema::{Validator, is_valid, validator_for};
use serde_json::{Value, json};
use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;

use super::runtimes::small_runtime;
use crate::measure::Case;

/// A database in memory: there is no cheaper one to connect to.
pub(super) fn pool() -> Case {
    let (runtime, runtime_of_one) = (small_runtime(), small_runtime());
    let pool = runtime_of_one.block_on(connected());
    Case::new(
        "db-pool-per-call",
        "`sqlx::SqlitePool` in memory + `SELECT 1`",
        move || runtime.block_on(async { select(&connected().await).await }),
        move || runtime_of_one.block_on(select(&pool)),
    )
}

async fn connected() -> SqlitePool {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await;
    pool.expect("memory can always be opened")
}

async fn select(pool: &SqlitePool) -> i64 {
    sqlx::query_scalar("SELECT 1").fetch_one(pool).await.expect("the statement is right")
}

pub(super) fn schema() -> Case {
    let (schema, order) = (schema_of_an_order(), order());
    let validator = compiled(&schema);
    let same = order.clone();
    assert!(validator.is_valid(&order));
    Case::new(
        "json-schema-compiled-per-validation",
        "`jsonschema::validator_for`, ten properties",
        move || compiled(&schema).is_valid(&order),
        move || validator.is_valid(&same),
    )
}

pub(super) fn schema_is_valid() -> Case {
    let (schema, order) = (schema_of_an_order(), order());
    let validator = compiled(&schema);
    let same = order.clone();
    Case::new(
        "json-schema-compiled-per-validation",
        "`jsonschema::is_valid`, ten properties",
        move || is_valid(&schema, &order),
        move || validator.is_valid(&same),
    )
}

fn compiled(schema: &Value) -> Validator {
    validator_for(schema).expect("the schema is right")
}

fn schema_of_an_order() -> Value {
    json!({
        "type": "object",
        "required": ["number", "customer", "items"],
        "properties": {
            "number": { "type": "integer", "minimum": 1 },
            "customer": { "type": "string", "minLength": 1 },
            "mail": { "type": "string", "pattern": "^[^@]+@[^@]+$" },
            "street": { "type": "string" },
            "town": { "type": "string" },
            "country": { "enum": ["at", "ch", "de"] },
            "paid": { "type": "boolean" },
            "total": { "type": "number", "minimum": 0 },
            "note": { "type": "string", "maxLength": 200 },
            "items": { "type": "array", "items": { "type": "string" }, "maxItems": 50 },
        },
    })
}

fn order() -> Value {
    json!({
        "number": 17,
        "customer": "Ada",
        "mail": "ada@example.org",
        "street": "Hauptstr. 1",
        "town": "Basel",
        "country": "ch",
        "paid": true,
        "total": 12.5,
        "note": "",
        "items": ["ham", "eggs"],
    })
}
