//! Instruments for metrics.

use prometheus::{IntCounter, Registry};

use crate::measure::Case;

pub(super) fn counter() -> Case {
    let (_, counter) = registered();
    Case::new(
        "metric-instrument-per-call",
        "`prometheus::Registry` + `IntCounter`",
        || registered().1.inc(),
        move || counter.inc(),
    )
}

fn registered() -> (Registry, IntCounter) {
    let registry = Registry::new();
    let counter = IntCounter::new("checkouts", "Checkouts so far").expect("the name is right");
    registry.register(Box::new(counter.clone())).expect("it is the first of its name");
    (registry, counter)
}
