//! Tokens and syntax trees say the same of every file of this repository.

use std::path::Path;

use archlint::extract::{by_tokens, by_tree};
use walkdir::WalkDir;

#[test]
fn tokens_and_trees_agree_on_every_file_here() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = 0;
    for folder in ["src", "tests", "examples", "fixtures"] {
        let files = WalkDir::new(root.join(folder)).into_iter().map(Result::unwrap);
        for file in files.filter(|file| file.path().extension().is_some_and(|end| end == "rs")) {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let by_tree = by_tree(&text);
            let path = file.path().display();
            let Some(by_tokens) = by_tokens(&text) else {
                assert!(by_tree.syntax_error.is_some(), "{path} is left to the tree");
                continue;
            };
            assert_eq!(by_tokens, by_tree, "{path}");
            read += 1;
        }
    }
    assert!(read > 300, "only {read} files were found");
}
