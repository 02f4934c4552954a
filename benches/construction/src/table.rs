//! Rows → a Markdown table, the greatest ratio first.

use std::fmt::Write as _;

use crate::measure::Row;

const HEAD: &str = "\
| built per call | rule | per call | on the clock | built once | on the clock | ratio |
|---|---|---|---|---|---|---|
";

/// Two digits of each figure: the third one is noise.
pub(crate) fn table(mut rows: Vec<Row>) -> String {
    rows.sort_by(|one, other| ratio(other).total_cmp(&ratio(one)));
    let mut text = HEAD.to_owned();
    for row in &rows {
        let Row { rule, name, build_and_use, use_only } = row;
        let rule = if rule.is_empty() { String::new() } else { format!("`{rule}`") };
        let (built, used) = (time(build_and_use.cpu), time(use_only.cpu));
        let (built_wall, used_wall) = (time(build_and_use.wall), time(use_only.wall));
        let ratio = two_digits(ratio(row));
        writeln!(
            text,
            "| {name} | {rule} | {built} | {built_wall} | {used} | {used_wall} | **{ratio}** |"
        )
        .expect("a string takes all that is written");
    }
    text
}

fn ratio(row: &Row) -> f64 {
    row.build_and_use.cpu / row.use_only.cpu
}

fn time(nanoseconds: f64) -> String {
    let (value, unit) = match nanoseconds {
        ..1e3 => (nanoseconds, "ns"),
        1e3..1e6 => (nanoseconds / 1e3, "µs"),
        _ => (nanoseconds / 1e6, "ms"),
    };
    format!("{} {unit}", two_digits(value))
}

fn two_digits(value: f64) -> String {
    if value < 9.95 {
        return format!("{value:.1}");
    }
    let unit = 10_f64.powf(value.log10().floor() - 1.0);
    thousands(&format!("{:.0}", (value / unit).round() * unit))
}

fn thousands(digits: &str) -> String {
    let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    String::from_utf8(groups.join(&b',')).expect("digits and commas are text")
}

#[cfg(test)]
mod tests {
    use super::{time, two_digits};

    #[test]
    fn figures_have_two_digits() {
        let figures = [0.0, 1.04, 9.96, 99.6, 119.0, 2_849.0, 377_123.0, 1_960_000.0];
        let expected = ["0.0", "1.0", "10", "100", "120", "2,800", "380,000", "2,000,000"];
        assert_eq!(figures.map(two_digits), expected);
    }

    #[test]
    fn times_have_a_unit_that_fits() {
        let times = [6.4, 640.0, 6_400.0, 6_440_000.0].map(time);
        assert_eq!(times, ["6.4 ns", "640 ns", "6.4 µs", "6.4 ms"]);
    }
}
