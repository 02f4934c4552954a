//! Text in, text out: a manifest, locked versions, releases and a policy → what is told, as lines.

mod classes;
mod entries;
mod ignore;
mod lists;
mod time;

use std::fmt::Write as _;

use semver::Version;

use super::release::{Release, Rust};
use super::{Day, Found, Index, Needs, Registry, Telling, cooldown, find, needs, tell};
use crate::boundaries::outdated::Outdated;
use crate::boundaries::{self, policy::Unmatched};
use crate::discover::{Package, Workspace};
use crate::load::cargo_config::CargoConfig;
use crate::model::{FileId, Severity, Sources};

/// The day of every test.
const TODAY: &str = "2026-11-23";

/// What a test is about.
#[derive(Clone, Copy, Default)]
struct Case<'a> {
    /// The manifest of `app`, the root; after lines `--- name`, those of further members.
    manifests: &'a str,
    /// `serde 1.0.0`, `pony 0.1.0 git+https://x`, `ours 1.0.0 = sparse+https://ours/`; below
    /// `app`, what it needs by name and version.
    locked: &'a str,
    /// `serde 1.0.0 2026-01-01 yanked rust=1.90`, `?` for a day that is not known; `ours: …` for
    /// a package of the other registry.
    releases: &'a str,
    /// `[outdated]` without its header.
    policy: &'a str,
    /// Also what the policy lets pass.
    all: bool,
}

struct Read {
    workspace: Workspace,
    sources: Sources,
    policy: Outdated,
    needs: Needs,
    found: Found,
    cooldown: u32,
}

fn read(case: Case<'_>) -> Read {
    let mut sources = Sources::default();
    let workspace = workspace(case.manifests, &mut sources);
    let lock = (!case.locked.is_empty()).then(|| lock_file(case.locked));
    let lock = lock.map(|text| sources.add("Cargo.lock".into(), text));
    let (boundaries, problems) =
        boundaries::parse(&format!("[outdated]\n{}", case.policy), FileId(99));
    assert!(problems.is_empty(), "{problems:?}");
    let policy = boundaries.outdated.unwrap();
    let config = "registries.ours.index = 'sparse+https://ours/'".parse().unwrap();
    let config = CargoConfig { files: vec![("/".into(), config)], ..CargoConfig::default() };
    let needs = needs(&workspace, &sources, lock, &config, &policy);
    let index = index(case.releases);
    let cooldown = cooldown(&policy, &config);
    let found = find(&needs, &index, &policy, cooldown, Day::parse(TODAY).unwrap());
    Read { workspace, sources, policy, needs, found, cooldown }
}

impl Read {
    fn telling(&self, all: bool) -> Telling<'_> {
        let today = Day::parse(TODAY).unwrap();
        Telling {
            policy: &self.policy,
            unmatched: Unmatched::Deny,
            today,
            cooldown: self.cooldown,
            all,
        }
    }
}

/// `3 "1.0" warn outdated/compatible: message [label] (note; help) +4`, sorted by place.
fn told(case: Case<'_>) -> String {
    let read = read(case);
    let (mut findings, waiting) =
        tell(&read.found, &read.needs, &read.workspace, read.telling(case.all));
    findings.sort_by_key(|finding| finding.violation.span);
    let mut lines = String::new();
    for finding in findings {
        let violation = finding.violation;
        let span = violation.span;
        let (place, text) = match read.sources.files.get(span.file.0 as usize) {
            Some(file) => {
                (line(&file.text, span.start), &file.text[span.start as usize..span.end as usize])
            }
            None => (0, "policy"),
        };
        let file = if span.file.0 == 0 { String::new() } else { format!("{}:", span.file.0) };
        let severity = if violation.severity == Severity::Deny { "deny" } else { "warn" };
        write!(lines, "{file}{place} {text} {severity} {}: {}", violation.rule, violation.message)
            .unwrap();
        if !violation.label.is_empty() {
            write!(lines, " [{}]", violation.label).unwrap();
        }
        for note in violation.notes.iter().chain(&violation.help) {
            write!(lines, " ({note})").unwrap();
        }
        for (also, _) in violation.related {
            write!(
                lines,
                " +{}:{}",
                also.file.0,
                line(&read.sources.file(also.file).text, also.start)
            )
            .unwrap();
        }
        lines.push('\n');
    }
    for unchecked in &read.found.unchecked {
        writeln!(lines, "? {}: {}", unchecked.name, unchecked.reason).unwrap();
    }
    if waiting > 0 {
        writeln!(lines, "{waiting} waiting").unwrap();
    }
    lines
}

fn line(text: &str, at: u32) -> usize {
    text[..at as usize].matches('\n').count() + 1
}

fn workspace(manifests: &str, sources: &mut Sources) -> Workspace {
    let mut workspace = Workspace::default();
    let mut parts = manifests.split("--- ");
    let root = parts.next().unwrap_or_default();
    let others = parts.filter_map(|part| part.split_once('\n'));
    for (name, text) in [("app", root)].into_iter().chain(others) {
        let folder = if name == "app" { "" } else { name };
        let manifest = camino::Utf8Path::new(folder).join("Cargo.toml");
        sources.add(manifest.clone(), text.to_owned());
        workspace.packages.push(Package {
            id: name.to_owned(),
            name: name.to_owned(),
            manifest,
            folder: folder.into(),
            targets: Vec::new(),
            dependencies: Vec::new(),
        });
    }
    workspace
}

/// One package a line; the package `app` needs the first of each name, and what is marked `app`.
fn lock_file(locked: &str) -> String {
    let mut text = String::new();
    for line in locked.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let source = match words.get(2..).unwrap_or_default() {
            [] => "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n".to_owned(),
            ["folder", needs @ ..] => {
                format!("dependencies = [{}]\n", needs.join(" ").replace('@', " "))
            }
            [source, ..] => format!("source = \"{source}\"\n"),
        };
        write!(
            text,
            "[[package]]\nname = \"{}\"\nversion = \"{}\"\n{source}\n",
            words[0], words[1]
        )
        .unwrap();
    }
    text
}

fn index(releases: &str) -> Index {
    let mut index = Index::default();
    for line in releases.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (registry, line) = match line.strip_prefix("ours: ") {
            Some(line) => (Registry::Index("sparse+https://ours/".to_owned()), line),
            None => (Registry::CratesIo, line),
        };
        let mut words = line.split_whitespace();
        let name = words.next().unwrap().to_owned();
        let version = Version::parse(words.next().unwrap()).unwrap();
        let published = words.next().and_then(Day::parse);
        let mut release = Release { version, yanked: false, rust: None, published };
        for word in words {
            match word.split_once('=') {
                Some(("rust", rust)) => release.rust = Rust::parse(rust),
                _ => release.yanked = word == "yanked",
            }
        }
        let read = index.packages.entry((registry, name)).or_insert(Ok(Vec::new()));
        read.as_mut().unwrap().push(release);
    }
    index
}
