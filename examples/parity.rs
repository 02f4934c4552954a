//! What the reader of tokens says against what the reader of syntax trees says, and how long both
//! take.
//!
//! `cargo run --release --example parity -- WORKSPACE…`: every `.rs` file below each folder is read
//! in both ways. Files that were read differently are listed, and those that were left to the tree.

#![expect(clippy::disallowed_methods, reason = "a program of its own")]
#![expect(clippy::print_stdout, reason = "writes what it found")]

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use archlint::extract::{FileFacts, by_tokens, by_tree};
use walkdir::WalkDir;

/// What was found below one folder, or all of them.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    files: u32,
    lines: u32,
    left: u32,
    left_with_errors: u32,
    different: u32,
    by_tokens: Duration,
    by_tree: Duration,
}

fn main() -> ExitCode {
    let mut total = Tally::default();
    for folder in std::env::args().skip(1) {
        let tally = compare(Path::new(&folder));
        report(&folder, &tally);
        total.add(&tally);
    }
    report("all", &total);
    if total.different == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn compare(folder: &Path) -> Tally {
    let mut tally = Tally::default();
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    for file in files.filter(|file| file.path().extension().is_some_and(|end| end == "rs")) {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        tally.file(file.path(), &text);
    }
    tally
}

impl Tally {
    fn file(&mut self, path: &Path, text: &str) {
        let begin = Instant::now();
        let by_tokens = by_tokens(text);
        let middle = Instant::now();
        let by_tree = by_tree(text);
        self.by_tokens += middle - begin;
        self.by_tree += middle.elapsed();
        self.files += 1;
        self.lines += by_tree.lines;
        let Some(by_tokens) = by_tokens else {
            self.left += 1;
            self.left_with_errors += u32::from(by_tree.syntax_error.is_some());
            let error = by_tree.syntax_error.map(|error| error.message).unwrap_or_default();
            println!("left      {} {error}", path.display());
            return;
        };
        if by_tokens != by_tree {
            self.different += 1;
            println!("different {}: {}", path.display(), difference(&by_tokens, &by_tree, text));
        }
    }

    fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.lines += other.lines;
        self.left += other.left;
        self.left_with_errors += other.left_with_errors;
        self.different += other.different;
        self.by_tokens += other.by_tokens;
        self.by_tree += other.by_tree;
    }
}

fn report(name: &str, tally: &Tally) {
    let per_million = |time: Duration| time.as_secs_f64() * 1e6 / f64::from(tally.lines.max(1));
    println!(
        "{name}: {} files, {} lines; {} different; {} left to the tree, {} of them with errors; \
         {:.2} s per million lines by tokens, {:.2} s by tree",
        tally.files,
        tally.lines,
        tally.different,
        tally.left,
        tally.left_with_errors,
        per_million(tally.by_tokens),
        per_million(tally.by_tree),
    );
}

/// The first field that differs, and where in it.
fn difference(tokens: &FileFacts, tree: &FileFacts, text: &str) -> String {
    if let Some(error) = &tree.syntax_error {
        return format!("the tree has an error: {}", error.message);
    }
    macro_rules! first {
        ($($field:ident),*) => {
            $(if tokens.$field != tree.$field {
                let pairs = tokens.$field.iter().zip(tree.$field.iter());
                let same = pairs.take_while(|(one, two)| one == two).count();
                let (one, two) = (tokens.$field.iter().nth(same), tree.$field.iter().nth(same));
                return format!("{} {same}:\n    {one:?}\n    {two:?}", stringify!($field));
            })*
        };
    }
    let mut paths = tokens.paths.iter().zip(tree.paths.iter());
    if let Some((one, two)) = paths.find(|(one, two)| one.range != two.range) {
        let line = |start: u32| text[..start as usize].lines().count();
        let word = |start: u32, end: u32| &text[start as usize..end as usize];
        return format!(
            "path {}: `{}`, not {}: `{}`",
            line(one.range.start),
            word(one.range.start, one.range.end),
            line(two.range.start),
            word(two.range.start, two.range.end),
        );
    }
    first!(
        scopes,
        owners,
        cfgs,
        modules,
        items,
        macros,
        imports,
        paths,
        macro_calls,
        includes,
        macros_not_read,
        suppressions,
        segments
    );
    let mut names = tokens.names.iter().zip(tree.names.iter());
    let differs = names.find(|(one, two)| one != two);
    differs.map_or("of another kind".to_owned(), |(one, two)| format!("name `{one}`, not `{two}`"))
}
