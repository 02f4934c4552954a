//! A requirement and the version that it shall begin with → the requirement in the same style.

use semver::Version;

/// Writes `to` with the operator and the precision of `written`: `~1.2` and 1.9.3 make `~1.9`.
///
/// None where that cannot be said in the same style: several comparators, an upper bound, `*`.
pub(super) fn rewrite(written: &str, to: &Version) -> Option<String> {
    let text = written.trim();
    let start = text.find(|letter: char| !matches!(letter, '^' | '~' | '=' | '<' | '>' | ' '))?;
    let (operator, version) = text.split_at(start);
    let raises = matches!(operator.trim(), "" | "^" | "~" | "=" | ">=");
    if !raises || version.contains(',') {
        return None;
    }
    let numbers = [to.major, to.minor, to.patch].map(|number| number.to_string());
    let plain = version.split(['-', '+']).next().unwrap_or_default();
    let parts: Vec<&str> = plain.split('.').map(str::trim).collect();
    let wild = |part: &&str| matches!(*part, "*" | "x" | "X");
    if parts.len() > numbers.len() || parts.first().is_none_or(wild) {
        return None;
    }
    if !to.pre.is_empty() {
        let wild = parts.iter().any(wild);
        return (!wild).then(|| format!("{operator}{}-{}", numbers.join("."), to.pre));
    }
    let part = |(part, number): (&&str, &String)| {
        if wild(part) { (*part).to_owned() } else { number.clone() }
    };
    let parts: Vec<String> = parts.iter().zip(&numbers).map(part).collect();
    Some(format!("{operator}{}", parts.join(".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(written: &str, version: &str) -> Option<String> {
        rewrite(written, &Version::parse(version).unwrap())
    }

    #[test]
    fn operator_and_precision_stay() {
        for (written, expected) in [
            ("1", "2"),
            ("1.2", "2.3"),
            ("1.2.3", "2.3.4"),
            ("^1.2", "^2.3"),
            ("~1.2", "~2.3"),
            ("=1.2.3", "=2.3.4"),
            ("= 1.2.3", "= 2.3.4"),
            (">=1", ">=2"),
            ("1.*", "2.*"),
            ("1.2.x", "2.3.x"),
            (" 1.2 ", "2.3"),
            ("1.2.3-alpha.1", "2.3.4"),
            ("1.2.3+build", "2.3.4"),
        ] {
            assert_eq!(to(written, "2.3.4+spec").as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn a_pre_release_needs_all_its_numbers() {
        assert_eq!(to("1", "2.0.0-rc.1").as_deref(), Some("2.0.0-rc.1"));
        assert_eq!(to("=1.2.3", "2.0.0-rc.1").as_deref(), Some("=2.0.0-rc.1"));
        assert_eq!(to("1.*", "2.0.0-rc.1"), None);
    }

    #[test]
    fn what_has_another_style_is_left_to_people() {
        for written in ["*", "", ">=1, <2", "<2", "<=2.0", ">1.2", "1.2.3.4", "x"] {
            assert_eq!(to(written, "2.3.4"), None, "{written}");
        }
    }
}
