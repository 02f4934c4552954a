//! The edges of published crates, held against those of a compiler-grade front end.
//!
//! `tests/truth/ignore/` names the crates at one version, and the edges between their modules. Their
//! sources come from the registry.

use std::io::Write as _;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::{Metadata, MetadataCommand};
use snapbox::dir::{DirRoot, copy_template};

use scoring::edges::edges;
use scoring::format::Truth;
use scoring::{Scores, score};

#[path = "../../examples/truth/scoring/mod.rs"]
mod scoring;

const EDGES: &str = include_str!("../truth/ignore/edges.jsonl");

/// The second crate uses the first.
const CRATES: [&str; 2] = ["globset", "ignore"];

/// What cargo says where it is the network that fails.
const NO_NETWORK: [&str; 4] =
    ["spurious network error", "failed to download", "download of", "offline mode"];

#[test]
fn the_edges_of_published_crates_are_the_compilers() {
    let folder = DirRoot::mutable_temp().unwrap();
    let folder = Utf8Path::from_path(folder.path().unwrap()).unwrap();
    let Some(published) = published(&folder.join("published")) else { return };
    let workspace = workspace(&folder.join("workspace"), &published);
    let truth = Truth::read(EDGES.as_bytes()).unwrap();
    let Scores { modules, crates } = score(&truth, &edges(&workspace).unwrap());
    for (score, expected) in [(&modules, 35), (&crates, 1)] {
        assert_eq!((&score.missed, &score.extra), (&vec![], &vec![]));
        assert_eq!(score.expected(), expected);
        assert!(score.precision() >= 1.0 && score.recall() >= 1.0);
    }
}

/// Has cargo fetch the crates into its registry; nothing, with a word, where it has no network.
fn published(folder: &Utf8Path) -> Option<Metadata> {
    let manifest = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/truth/ignore");
    copy_template(&manifest, folder).unwrap();
    std::fs::create_dir(folder.join("src")).unwrap();
    std::fs::write(folder.join("src/lib.rs"), "").unwrap();
    let platform = ["--filter-platform", "x86_64-unknown-linux-gnu"];
    let mut command = MetadataCommand::new();
    command.current_dir(folder).other_options(platform.map(str::to_owned));
    match command.exec() {
        Ok(metadata) => Some(metadata),
        Err(trouble) => {
            let said = trouble.to_string();
            assert!(NO_NETWORK.iter().any(|words| said.contains(words)), "{said}");
            // Not captured, as what `println!` writes is: nobody should take this for a test passed.
            let word = format!("truth: skipped, as cargo has no network: {said}\n");
            std::io::stderr().write_all(word.as_bytes()).unwrap();
            None
        }
    }
}

/// The crates as members of one workspace, in the folders of which the edges tell.
fn workspace(root: &Utf8Path, published: &Metadata) -> Utf8PathBuf {
    for name in CRATES {
        let package = published.packages.iter().find(|package| package.name == name).unwrap();
        let source = package.manifest_path.parent().unwrap();
        copy_template(source, root.join("crates").join(name)).unwrap();
    }
    let manifest = "\
[workspace]
members = [\"crates/*\"]
resolver = \"3\"

[patch.crates-io]
globset = { path = \"crates/globset\" }
";
    std::fs::write(root.join("Cargo.toml"), manifest).unwrap();
    root.to_owned()
}
