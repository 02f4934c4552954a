//! Where nothing is built the two ways are the same: what the ratio says beyond 1.0 is noise.

use serde_json::{Value, from_str};

use crate::measure::Case;

pub(super) fn nothing_to_build() -> Case {
    Case::new("", "nothing: `serde_json::from_str` (control)", parse, parse)
}

fn parse() -> Value {
    from_str(r#"{"number": 17, "customer": "Ada", "items": ["ham", "eggs"]}"#).expect("it is JSON")
}
