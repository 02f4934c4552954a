//! The command line: each folder of `fixtures/cli` is a workspace with a `session.txt`.
//!
//! A session holds commands behind `$ `, and below each what it writes to standard output, what it
//! writes to standard error behind `! `, and its exit code behind `? `. Lines behind `% ` are
//! remarks. `SNAPSHOTS=overwrite cargo test` writes what is, to be read before it is committed.

use std::path::Path;
use std::process::Output;

use snapbox::{Assert, Data, Redactions};

use super::{archlint, fixture};

macro_rules! sessions {
    ($($name:ident)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        $(#[test]
        fn $name() {
            replay(&folder(stringify!($name)));
        })*
    };
}

sessions! {
    broken_member
    clean
    doctor
    exceptions
    explain
    faulty_configuration
    formats
    graph
    help
    inline_allow
    nested
    nested_faults
    no_configuration
    no_lock_file
    one_violation
    packages
    pages
    unparsable
    why
}

fn folder(name: &str) -> String {
    name.replace('_', "-")
}

/// Says every command of a session again, and compares; nothing is written on the way.
fn replay(name: &str) {
    let root = fixture("cli").join(name);
    let before = files(&root);
    let path = root.join("session.txt");
    let session = std::fs::read_to_string(&path).unwrap();
    let mut actual = String::new();
    for line in session.lines() {
        if line.starts_with("% ") {
            actual.extend([line, "\n"]);
        } else if let Some(command) = line.strip_prefix("$ ") {
            actual.extend([line, "\n", &told(&run(command, &root)), "\n"]);
        }
    }
    assert_eq!(files(&root), before, "nothing is written");
    let mut redactions = Redactions::new();
    redactions.insert("[ROOT]", root).unwrap();
    redactions.insert("[VERSION]", env!("CARGO_PKG_VERSION")).unwrap();
    let assert = Assert::new().action_env("SNAPSHOTS").redact_with(redactions);
    assert.eq(actual.trim_end().to_owned() + "\n", Data::read_from(&path, None));
}

/// `NAME=value … cargo archlint …`
fn run(command: &str, root: &Path) -> Output {
    let (variables, arguments) = command.split_once("cargo archlint").expect("our own command");
    let variables = variables.split_whitespace().map(|one| one.split_once('=').unwrap());
    archlint(root).envs(variables).args(arguments.split_whitespace()).output().unwrap()
}

fn told(output: &Output) -> String {
    let mut told = String::from_utf8_lossy(&output.stdout).into_owned();
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        told.extend(["! ", line, "\n"]);
    }
    let code = output.status.code().expect("it ends by itself");
    format!("{told}? {code}\n")
}

fn files(root: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path.to_string_lossy().into_owned());
        }
    }
    files.sort();
    files
}

#[test]
fn every_session_is_replayed() {
    let mut folders: Vec<_> = std::fs::read_dir(fixture("cli"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    assert_eq!(folders, NAMES.iter().map(|name| folder(name)).collect::<Vec<_>>());
}
