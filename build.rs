//! Writes the list of rule pages: every `rules/<family>/<id>.md` but the verbs', sorted by path.

#![expect(clippy::disallowed_methods, reason = "a build script reads folders and the environment")]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=rules");
    let folder = env::var("CARGO_MANIFEST_DIR").expect("cargo says where the package is");
    let rules = Path::new(&folder).join("rules");
    let mut pages = Vec::new();
    for family in entries(&rules).into_iter().filter(|name| name != "verbs") {
        for page in entries(&rules.join(&family)) {
            pages.extend(
                Path::new(&page)
                    .extension()
                    .is_some_and(|end| end == "md")
                    .then(|| format!("{family}/{page}")),
            );
        }
    }
    let mut list = String::from("&[\n");
    for page in pages {
        let text = rules.join(&page);
        let text = text.to_str().expect("the package lies in a folder whose name is text");
        writeln!(list, "    ({page:?}, include_str!({text:?})),").expect("memory suffices");
    }
    list.push_str("]\n");
    let out = env::var("OUT_DIR").expect("cargo says where to write");
    fs::write(Path::new(&out).join("rules.rs"), list).expect("the folder is ours");
}

/// The names in a folder, sorted; none where it is no folder.
fn entries(folder: &Path) -> Vec<String> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        found.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}
