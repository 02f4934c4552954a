//! Lines of registry indices → [`Index`], and cargo's words for a span of time → days.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::load::cargo_config::CargoConfig;
use crate::load::index::{self, Place};

use super::join::Package;
use super::registry::Registry;
use super::release::{Release, release};

/// What registries say of packages.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The releases of a package of a registry, or why there are none.
    pub packages: BTreeMap<(Registry, String), Result<Vec<Release>, String>>,
}

impl Index {
    /// Reads cargo's cache. `unread` says of which registries it must not be believed, and why.
    pub fn read(
        packages: &[Package],
        config: &CargoConfig,
        unread: &BTreeMap<Registry, String>,
    ) -> Self {
        let one = |package: &Package| {
            let key = (package.registry.clone(), package.name.clone());
            let read = match unread.get(&package.registry) {
                Some(reason) => Err(reason.clone()),
                None => read(&place(config, &package.registry), &package.name, config),
            };
            (key, read)
        };
        Self { packages: packages.par_iter().map(one).collect() }
    }

    /// The releases of a package, or why there are none.
    pub fn releases(&self, package: &Package) -> Result<&[Release], &str> {
        let key = (package.registry.clone(), package.name.clone());
        match self.packages.get(&key) {
            Some(Ok(releases)) => Ok(releases),
            Some(Err(reason)) => Err(reason),
            None => Err("its registry was not asked"),
        }
    }

    /// Whether something was to be read, and nothing was.
    pub fn is_blank(&self) -> bool {
        !self.packages.is_empty() && self.packages.values().all(Result::is_err)
    }
}

/// Where cargo keeps what it knows of a registry.
pub(super) fn place(config: &CargoConfig, registry: &Registry) -> Place {
    match registry {
        Registry::CratesIo => config.place(None),
        Registry::Index(url) => config.place(Some(url)),
    }
}

fn read(place: &Place, name: &str, config: &CargoConfig) -> Result<Vec<Release>, String> {
    let lines = index::lines(place, name, &config.home)?;
    Ok(lines.iter().filter_map(|line| release(line)).collect())
}

/// `7 days`, `2 weeks` → days, begun ones counted whole.
pub(super) fn days(text: &str) -> Option<u32> {
    const DAY: u64 = 24 * 60 * 60;
    let mut words = text.split_whitespace();
    let number: u64 = words.next()?.parse().ok()?;
    let unit = match words.next().unwrap_or("seconds").trim_end_matches('s') {
        "second" => 1,
        "minute" => 60,
        "hour" => 60 * 60,
        "day" => DAY,
        "week" => 7 * DAY,
        "month" => 30 * DAY,
        _ => return None,
    };
    u32::try_from(number.checked_mul(unit)?.div_ceil(DAY)).ok()
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn spans_of_time_are_days() {
        for (text, expected) in [
            ("7 days", Some(7)),
            ("1 day", Some(1)),
            ("2 weeks", Some(14)),
            ("25 hours", Some(2)),
            ("0", Some(0)),
            ("soon", None),
            ("3 moons", None),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
    }
}
