//! What it costs to build a thing per call that could be built once.
//!
//! ```text
//! cargo run --release --manifest-path benches/construction/Cargo.toml -- [--seconds N] [WORD]
//! ```
//!
//! Each case is run in both ways, in turns, for so many seconds (3); a word picks the cases with it
//! in their name. Prints a Markdown table, the greatest ratio first.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its output")]

mod cases;
mod measure;
mod server;
mod table;

use std::time::Duration;

use measure::measure;

fn main() -> Result<(), String> {
    let Arguments { time, word } = arguments(std::env::args().skip(1))?;
    let mut rows = Vec::new();
    for set_up in cases::CASES {
        let mut case = set_up();
        if case.name.contains(&word) {
            eprintln!("{}", case.name);
            rows.push(measure(&mut case, time));
        }
    }
    print!("{}", table::table(rows));
    Ok(())
}

struct Arguments {
    /// For each case.
    time: Duration,
    word: String,
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut arguments = Arguments { time: Duration::from_secs(3), word: String::new() };
    while let Some(argument) = given.next() {
        if argument == "--seconds" {
            let seconds = given.next().and_then(|seconds| seconds.parse().ok());
            let seconds = seconds.ok_or("`--seconds` takes a whole number")?;
            arguments.time = Duration::from_secs(seconds);
        } else if argument.starts_with('-') {
            return Err(format!("there is no `{argument}`: [--seconds N] [WORD]"));
        } else {
            arguments.word = argument;
        }
    }
    Ok(arguments)
}
