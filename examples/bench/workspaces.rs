//! Workspaces → a table: archlint cold, warm and after an edit, and its peers.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use archlint::discover::{Options, Workspace, discover};
use archlint::model::Sources;
use camino::{Utf8Path, Utf8PathBuf};

use crate::measure::{Usage, best};
use crate::peers;

const RUNS: usize = 3;

/// What ten packages may not use; made up, for what is measured is how long it takes to tell.
const FOREIGN: [&str; 10] =
    ["process", "net", "thread", "env", "fs", "time", "sync", "collections", "io", "path"];

/// Measures each workspace on a copy, and writes a row for each command.
pub(crate) fn table(folders: &[&str]) -> anyhow::Result<()> {
    println!("| workspace | run | CPU s | CPU s per million lines | wall s | peak MB | to cold |");
    println!("|---|---|---:|---:|---:|---:|---:|");
    for folder in folders {
        let home = std::env::temp_dir().join(format!("archlint-bench-{}", std::process::id()));
        let measured = measure(folder, &home);
        std::fs::remove_dir_all(&home).context("the copy cannot be removed")?;
        measured.with_context(|| (*folder).to_owned())?;
    }
    Ok(())
}

fn measure(folder: &str, home: &Path) -> anyhow::Result<()> {
    let name = Path::new(folder).file_name().and_then(|it| it.to_str()).context("a folder")?;
    let root = Utf8PathBuf::try_from(home.join("copy"))?;
    copy(Path::new(folder), root.as_std_path())?;
    let workspace = discovered(&root)?;
    std::fs::write(home.join("rules.toml"), rules(&workspace))?;
    let (lines, edited) = lines(&workspace)?;
    let million = lines as f64 / 1e6;
    let program = program()?;
    let (rules, cache) = (home.join("rules.toml"), home.join("kept/archlint"));
    let (manifest, rules) = (root.join("Cargo.toml"), rules.to_string_lossy().into_owned());
    let check = [&program, "check", "--manifest-path", manifest.as_str(), "--config", &rules];
    let kept = cache.to_string_lossy().into_owned();
    let with_cache = [&check[..], &["--cache-dir", &kept]].concat();
    let plain = [&check[..], &["--no-cache"]].concat();
    let metadata = "cargo metadata --offline --format-version 1 --manifest-path".split(' ');
    let metadata: Vec<&str> = metadata.chain([manifest.as_str()]).collect();
    let nothing = |_| Ok(());
    let one = [("RAYON_NUM_THREADS", "1")];
    let cold = best(RUNS, &plain, &[], nothing)?;
    let row = |run: &str, usage: Usage| {
        let Usage { cpu, wall, megabytes } = usage;
        let (ratio, per) = (cpu / cold.cpu, cpu / million);
        println!(
            "| {name} | {run} | {cpu:.2} | {per:.2} | {wall:.2} | {megabytes:.0} | {ratio:.2} |"
        );
    };
    println!("| {name} | {lines} lines | | | | | |");
    row("cold, nothing kept", cold);
    row("cold, one thread", best(RUNS, &plain, &one, nothing)?);
    let fill = |_| if cache.exists() { Ok(std::fs::remove_dir_all(&cache)?) } else { Ok(()) };
    row("cold, keeping", best(RUNS, &with_cache, &[], fill)?);
    row("warm", best(RUNS, &with_cache, &[], nothing)?);
    let text = std::fs::read_to_string(&edited)?;
    let edit = |run| Ok(std::fs::write(&edited, format!("{text}\n// edit {run}\n"))?);
    row("one file edited", best(RUNS, &with_cache, &[], edit)?);
    best(1, &metadata, &[], nothing).map_or_else(
        |_| println!("| {name} | cargo metadata, for comparison: fails offline | | | | | |"),
        |usage| row("cargo metadata, for comparison", usage),
    );
    for (tool, command) in peers::commands(&workspace, &home.join("built")) {
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let built = home.join("built");
        let forget = |_| if built.exists() { Ok(std::fs::remove_dir_all(&built)?) } else { Ok(()) };
        match best(RUNS, &command, &[], forget) {
            Ok(usage) => row(tool, usage),
            Err(_) => println!("| {name} | {tool}: absent, or fails here | | | | | |"),
        }
    }
    Ok(())
}

/// The program that was built beside this one.
fn program() -> anyhow::Result<String> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("examples lie in a folder")?;
    let program = folder.join("cargo-archlint");
    anyhow::ensure!(program.is_file(), "build it first: `cargo build --release`");
    Ok(program.to_string_lossy().into_owned())
}

pub(crate) fn discovered(root: &Utf8Path) -> anyhow::Result<Workspace> {
    let options = Options {
        cargo: "cargo".into(),
        current_dir: root.canonicalize_utf8()?,
        manifest_path: None,
        locked: false,
    };
    discover(&options, &mut Sources::default())
}

fn rules(workspace: &Workspace) -> String {
    let packages = workspace.packages.iter().map(|package| &package.name).cycle();
    let rules = FOREIGN.iter().zip(packages).map(|(foreign, package)| {
        format!(
            "\n[[rule]]\nid = \"no-{foreign}\"\nseverity = \"warn\"\nforbid = \"{package} -> std::{foreign}\"\n"
        )
    });
    format!("version = 1\n{}", rules.collect::<String>())
}

/// The number of lines of all Rust files, and the file in the middle of a library.
fn lines(workspace: &Workspace) -> anyhow::Result<(usize, PathBuf)> {
    let paths: Vec<_> = workspace.files.iter().map(|path| workspace.root.join(path)).collect();
    let mut lines = 0;
    for path in &paths {
        lines += std::fs::read(path)?.iter().filter(|byte| **byte == b'\n').count();
    }
    let roots = workspace.packages.iter().flat_map(|package| &package.targets);
    let roots: Vec<_> = roots.map(|target| &target.root).collect();
    let root = roots.get(roots.len() / 2).context("no targets")?;
    Ok((lines, workspace.root.join(root).into_std_path_buf()))
}

/// Copies what is no build and no history.
pub(crate) fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (name, path) = (entry.file_name(), entry.path());
        let left_out = [".git", "target", "node_modules"].iter().any(|other| name == *other);
        if path.is_dir() && !path.is_symlink() && !left_out {
            copy(&path, &to.join(name))?;
        } else if path.is_file() {
            std::fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
