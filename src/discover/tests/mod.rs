//! Workspaces as text in, what is known of them as text out; cargo is the real one.

mod dependencies;
mod fallback;
mod files;
mod settled;
mod spans;
mod targets;
mod trouble;

use std::fs;

use camino::Utf8PathBuf;
use snapbox::dir::DirRoot;

use super::{Dependency, Options, Resolved, Workspace, discover};
use crate::model::Sources;

/// A workspace on disk, for as long as it lives.
struct Fixture {
    directory: DirRoot,
}

/// What was read from one.
struct Found {
    workspace: Workspace,
    sources: Sources,
}

impl Fixture {
    /// Writes files: each begins with a line `//- path`.
    fn new(text: &str) -> Self {
        let fixture = Self { directory: DirRoot::mutable_temp().unwrap() };
        for file in text.split("//- ").skip(1) {
            let (path, text) = file.split_once('\n').unwrap();
            fixture.write(path, text);
        }
        fixture
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn root(&self) -> Utf8PathBuf {
        let path = self.directory.path().unwrap().canonicalize().unwrap();
        Utf8PathBuf::from_path_buf(path).unwrap()
    }

    fn options(&self) -> Options {
        Options {
            cargo: env!("CARGO").into(),
            current_dir: self.root(),
            manifest_path: None,
            locked: false,
        }
    }

    fn discover(&self) -> Found {
        discover_with(&self.options())
    }

    /// The error, its causes joined, with the folder's name left out.
    fn refusal(&self, options: &Options) -> String {
        let error = discover(options, &mut Sources::default()).expect_err("this should fail");
        format!("{error:#}").replace(self.root().as_str(), "$ROOT")
    }
}

/// What is read is the same where cargo is asked for everything, if it can tell that.
fn discover_with(options: &Options) -> Found {
    let mut sources = Sources::default();
    let workspace = discover(options, &mut sources).unwrap_or_else(|error| panic!("{error:#}"));
    let asking = Options { locked: true, ..options.clone() };
    let asked = discover(&asking, &mut Sources::default()).ok();
    if let Some(asked) = asked.filter(|asked| asked.fallback.is_none()) {
        assert_eq!(format!("{workspace:#?}"), format!("{asked:#?}"));
    }
    Found { workspace, sources }
}

impl Found {
    /// One line per package and per dependency.
    fn dependencies(&self) -> String {
        let mut lines = Vec::new();
        for package in &self.workspace.packages {
            lines.push(package.name.clone());
            lines
                .extend(package.dependencies.iter().map(|it| format!("  {}", self.dependency(it))));
        }
        lines.join("\n")
    }

    fn dependency(&self, dependency: &Dependency) -> String {
        let goal = match dependency.resolved {
            Resolved::Member(id) => {
                format!("member {}", self.workspace.packages[id.0 as usize].name)
            }
            Resolved::External(at) => {
                let external = &self.workspace.externals[at as usize];
                format!("external {}/{}", external.name, external.library)
            }
        };
        let target = dependency.target.as_ref().map(|it| format!(" {it}")).unwrap_or_default();
        let optional = if dependency.optional { " optional" } else { "" };
        let Dependency { package, code_name, kind, .. } = dependency;
        format!("{kind:?}{optional}{target} {package} as {code_name}: {goal}")
    }

    /// File, line and text of each dependency's span.
    fn spans(&self) -> String {
        let dependencies = self.workspace.packages.iter().flat_map(|it| &it.dependencies);
        let lines = dependencies.map(|dependency| {
            let span = dependency.span.expect("every dependency stands somewhere");
            let file = self.sources.file(span.file);
            let line = file.text[..span.start as usize].matches('\n').count() + 1;
            let text = &file.text[span.start as usize..span.end as usize];
            format!("{}:{line}: {text}", file.path)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn files(&self) -> String {
        self.workspace.files.iter().map(|it| it.as_str()).collect::<Vec<_>>().join("\n")
    }

    fn externals(&self) -> String {
        let names = self.workspace.externals.iter().map(|it| format!("{}/{}", it.name, it.library));
        names.collect::<Vec<_>>().join("\n")
    }
}

/// Compares line by line; the indentation of the whole does not count.
#[track_caller]
fn assert_lines(actual: &str, expected: &str) {
    let expected: Vec<&str> = expected.lines().filter(|line| !line.trim().is_empty()).collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let margin = expected.iter().map(indent).min().unwrap_or(0);
    let expected: Vec<&str> = expected.iter().map(|line| &line[margin..]).collect();
    assert_eq!(actual, expected.join("\n"));
}

/// A manifest of a package with a library.
fn package(name: &str, rest: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2021\"\n{rest}\n")
}
