//! A revision's files in a folder of their own, which goes away again.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};

use anyhow::Context as _;
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::git::{Revision, TreeEntry};

/// No source or manifest is longer than that; pictures and data are not needed.
const LONGEST: u64 = 1 << 20;

/// The folder; gone when this is dropped.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) folder: Utf8PathBuf,
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // A folder that stays behind in the system's own temporary folder does no harm.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Writes what a revision's tree holds, long files other than sources left out.
pub(super) fn take(revision: &Revision) -> anyhow::Result<Snapshot> {
    let snapshot = Snapshot { folder: new_folder().context("no temporary folder can be made")? };
    let wanted = |entry: &TreeEntry| {
        let is_source = matches!(entry.path.extension(), Some("rs" | "toml" | "lock"));
        stays_inside(&entry.path) && (is_source || entry.size <= LONGEST)
    };
    let entries: Vec<TreeEntry> = revision.files()?.into_iter().filter(wanted).collect();
    for entry in &entries {
        let parent = entry.path.parent().unwrap_or("".into());
        fs::create_dir_all(snapshot.folder.join(parent))?;
    }
    let mut links = Vec::new();
    revision.contents(&entries, |entry, content| {
        if entry.is_link {
            links.push((entry.path.clone(), content));
            return Ok(());
        }
        let path = snapshot.folder.join(&entry.path);
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        file.and_then(|mut file| file.write_all(&content))
            .with_context(|| format!("`{path}` cannot be written"))
    })?;
    // Last, so that nothing is ever written through one of them.
    for (path, goal) in links {
        let goal = std::str::from_utf8(&goal).unwrap_or_default();
        link(&snapshot.folder, &path, Utf8Path::new(goal));
    }
    Ok(snapshot)
}

pub(super) fn new_folder() -> std::io::Result<Utf8PathBuf> {
    let parent = Utf8PathBuf::try_from(std::env::temp_dir()).map_err(std::io::Error::other)?;
    // As the compiler will see it: without links.
    let parent = parent.canonicalize_utf8()?;
    for number in 0..u32::MAX {
        let folder = parent.join(format!("cargo-archlint-{}-{number}", std::process::id()));
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return made.map(|()| folder),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Whether a path of a tree, which anybody may have made, names a file below the folder.
fn stays_inside(path: &Utf8Path) -> bool {
    let plain = |part| matches!(part, Utf8Component::Normal(name) if name != ".git");
    path.file_name().is_some() && path.components().all(plain)
}

/// Links that lead out of the tree, and links where there are none, are left out.
fn link(folder: &Utf8Path, path: &Utf8Path, goal: &Utf8Path) {
    if leads_inside(path, goal) {
        #[cfg(unix)]
        let _ = std::os::unix::fs::symlink(goal, folder.join(path));
        #[cfg(not(unix))]
        let _ = folder;
    }
}

fn leads_inside(path: &Utf8Path, goal: &Utf8Path) -> bool {
    let mut depth = path.components().count().saturating_sub(1);
    let mut parts = goal.components();
    let stays = parts.all(|part| match part {
        Utf8Component::ParentDir => depth.checked_sub(1).map(|less| depth = less).is_some(),
        Utf8Component::Normal(_) => {
            depth += 1;
            true
        }
        Utf8Component::CurDir => true,
        Utf8Component::RootDir | Utf8Component::Prefix(_) => false,
    });
    stays && !goal.as_str().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_stays_in_its_folder() {
        for path in ["../x", "/x", "a/../../x", ".git/config", "a/.git/x", "", ".."] {
            assert!(!stays_inside(path.into()), "{path}");
        }
        assert!(stays_inside("a/b.rs".into()) && stays_inside(".gitignore".into()));
    }

    #[test]
    fn a_link_stays_in_its_tree() {
        for goal in ["/etc", "../../x", "../a/../../x", ""] {
            assert!(!leads_inside("a/link".into(), goal.into()), "{goal}");
        }
        for goal in ["b.rs", "../x", "../b/../c.rs", "./b.rs"] {
            assert!(leads_inside("a/link".into(), goal.into()), "{goal}");
        }
    }
}
