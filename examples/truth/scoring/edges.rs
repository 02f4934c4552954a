//! A workspace → the edges that we see in it, as `cargo archlint graph --format jsonl` writes them.

use std::collections::BTreeMap;

use archlint::discover::{Options, discover};
use archlint::load::load;
use archlint::model::Sources;
use archlint::report::position::Positions;
use archlint::resolve::{NodeId, Resolution, resolve};
use camino::Utf8Path;

/// A place where one module names another.
pub(crate) struct Edge {
    pub from: String,
    pub to: String,
    pub file: String,
    pub line: u32,
}

/// Every edge between modules, by position; what a path means under other `cfg`s is left out.
pub(crate) fn edges(root: &Utf8Path) -> anyhow::Result<Vec<Edge>> {
    let mut sources = Sources::default();
    let workspace = discover(&options(root), &mut sources)?;
    let (tree, files) = load(&workspace, &mut sources);
    let resolution = resolve(&workspace, &tree, &files);
    let (positions, mut paths) = (Positions::new(&sources), Paths::new(&resolution));
    let references = resolution.references.iter().filter(|reference| !reference.alternative);
    let edge = |reference: &archlint::resolve::Reference| Edge {
        from: paths.of(resolution.module(reference.from)),
        to: paths.of(resolution.module(reference.to)),
        file: positions.file(reference.span.file).path.to_string(),
        line: positions.start(reference.span).line,
    };
    Ok(references.map(edge).collect())
}

fn options(root: &Utf8Path) -> Options {
    Options {
        cargo: std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()).into(),
        current_dir: root.to_owned(),
        manifest_path: None,
        locked: false,
    }
}

/// The canonical path of each module, built once.
struct Paths<'r> {
    resolution: &'r Resolution,
    known: BTreeMap<NodeId, String>,
}

impl<'r> Paths<'r> {
    fn new(resolution: &'r Resolution) -> Self {
        Self { resolution, known: BTreeMap::new() }
    }

    fn of(&mut self, module: NodeId) -> String {
        self.known.entry(module).or_insert_with(|| self.resolution.path(module)).clone()
    }
}
