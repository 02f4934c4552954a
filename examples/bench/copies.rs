//! A workspace → one of so many lines: its libraries again and again, each time under new names.
//!
//! Dependencies between the members stay, those on anything else are left out.

use std::fs;

use archlint::discover::{Dependency, DependencyKind, Package, Resolved, TargetKind, Workspace};
use camino::{Utf8Path, Utf8PathBuf};

use crate::workspaces::discovered;

/// Writes copies until there are as many lines.
pub(crate) fn write(lines: usize, folder: &str, workspace: &str) -> anyhow::Result<()> {
    let (folder, workspace) = (Utf8PathBuf::from(folder), discovered(Utf8Path::new(workspace))?);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"r*/*\"]\n")?;
    fs::write(folder.join("boundaries.toml"), "version = 1\n")?;
    let (mut written, mut round) = (0, 0);
    while written < lines {
        for package in &workspace.packages {
            written += copy(&workspace, package, &folder, round)?;
        }
        round += 1;
    }
    println!("{written} lines in {round} copies");
    Ok(())
}

fn copy(
    workspace: &Workspace,
    package: &Package,
    folder: &Utf8Path,
    round: usize,
) -> anyhow::Result<usize> {
    let library = package.targets.iter().find(|target| target.kind == TargetKind::Lib);
    let Some(library) = library else { return Ok(0) };
    let Ok(root) = library.root.strip_prefix(&package.folder) else { return Ok(0) };
    let to = folder.join(format!("r{round}")).join(&package.name);
    let mut manifest = format!(
        "[package]\nname = \"r{round}-{}\"\nedition = \"{}\"\n\n[lib]\npath = \"{root}\"\nproc-macro = {}\n",
        package.name, library.edition, library.proc_macro
    );
    for (kind, table) in [
        (DependencyKind::Normal, "dependencies"),
        (DependencyKind::Build, "build-dependencies"),
        (DependencyKind::Dev, "dev-dependencies"),
    ] {
        let entries = package.dependencies.iter().filter(|entry| entry.kind == kind);
        let mut lines: Vec<String> =
            entries.filter_map(|entry| line(workspace, entry, round)).collect();
        lines.sort();
        lines.dedup();
        manifest.push_str(&format!("\n[{table}]\n{}", lines.concat()));
    }
    fs::create_dir_all(&to)?;
    fs::write(to.join("Cargo.toml"), manifest)?;
    let mut lines = 0;
    for file in &workspace.files {
        let Ok(below) = file.strip_prefix(&package.folder) else { continue };
        let text = fs::read(workspace.root.join(file))?;
        lines += text.iter().filter(|byte| **byte == b'\n').count();
        fs::create_dir_all(to.join(below).parent().unwrap_or(&to))?;
        fs::write(to.join(below), text)?;
    }
    Ok(lines)
}

/// The entry for another member's library.
fn line(workspace: &Workspace, entry: &Dependency, round: usize) -> Option<String> {
    let Resolved::Member(id) = entry.resolved else { return None };
    let member = &workspace.packages[id.0 as usize];
    member.targets.iter().find(|target| target.kind == TargetKind::Lib)?;
    let (key, name) = (&entry.code_name, &member.name);
    Some(format!("{key} = {{ package = \"r{round}-{name}\", path = \"../{name}\" }}\n"))
}
