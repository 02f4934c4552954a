//! `2026-08-20`, `2026-08-20T12:00:00Z` → a day that can be counted with.

use std::fmt;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

impl Day {
    /// The day with which a text begins; none if it is no day of the calendar.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
            return None;
        }
        let mut parts = date.split('-');
        let mut number = |length: usize| -> Option<i64> {
            let part = parts.next().filter(|part| part.len() == length)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let fits = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        fits.then(|| Self(count(year, month) + day - 1))
    }

    /// How many days lie between this day and a later one; negative if it is earlier.
    pub fn until(self, later: Self) -> i64 {
        later.0 - self.0
    }
}

/// Days from 1970-01-01 to the first of a month.
fn count(year: i64, month: i64) -> i64 {
    let leaps = |year: i64| year / 4 - year / 100 + year / 400;
    let years = (year - 1970) * 365 + leaps(year - 1) - leaps(1969);
    years + (1..month).map(|month| days_in(year, month)).sum::<i64>()
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut year = 1970 + self.0.div_euclid(366);
        while count(year + 1, 1) <= self.0 {
            year += 1;
        }
        let month = (1..=12).rev().find(|month| count(year, *month) <= self.0).unwrap_or(1);
        write!(f, "{year:04}-{month:02}-{:02}", self.0 - count(year, month) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (text, day) in
            [("1970-01-01", 0), ("1970-03-01", 59), ("2000-02-29", 11_016), ("2025-12-31", 20_453)]
        {
            assert_eq!(Day::parse(text), Some(Day(day)), "{text}");
            assert_eq!(Day(day).to_string(), text);
        }
        assert_eq!(Day::parse("2025-12-31T23:59:59Z"), Some(Day(20_453)));
    }

    #[test]
    fn what_is_no_day_has_no_number() {
        for text in
            ["", "2025", "2025-02-29", "2025-13-01", "2025-1-01", "2025-01-01x", "é-01-01-01"]
        {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
