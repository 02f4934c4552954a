//! What is kept from run to run changes how long a run takes, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::{archlint, fixture};

/// A copy of a fixture, and a folder for its cache.
struct Copy {
    root: PathBuf,
    cache: PathBuf,
}

impl Copy {
    fn of(name: &str, test: &str) -> Self {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cache-{test}"));
        let _ = fs::remove_dir_all(&home);
        let (root, cache) = (home.join("shop"), home.join("kept/archlint"));
        copy(&fixture("cli").join(name), &root);
        Self { root, cache }
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.root.join(path).parent().unwrap()).unwrap();
        fs::write(self.root.join(path), text).unwrap();
    }

    /// The same words with this cache and without any.
    fn say(&self, arguments: &[&str]) -> Output {
        let kept = self.run(arguments);
        let plain = archlint(&self.root).args(arguments).arg("--no-cache").output().unwrap();
        assert_eq!(text(&kept.stdout), text(&plain.stdout), "{arguments:?}");
        assert_eq!(text(&kept.stderr), text(&plain.stderr), "{arguments:?}");
        assert_eq!(kept.status.code(), plain.status.code(), "{arguments:?}");
        kept
    }

    fn run(&self, arguments: &[&str]) -> Output {
        archlint(&self.root).args(arguments).arg("--cache-dir").arg(&self.cache).output().unwrap()
    }

    fn keeps(&self, kind: &str) -> bool {
        self.files()
            .iter()
            .any(|path| path.file_name().unwrap().to_string_lossy().starts_with(kind))
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.cache).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = entries.filter(|path| !path.ends_with("CACHEDIR.TAG")).collect();
        files.sort();
        files
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.path() {
            folder if folder.is_dir() => copy(&folder, &to),
            file => drop(fs::copy(file, to).unwrap()),
        }
    }
}

/// A lock file, without which cargo does not tell everything.
fn lock(names: &[&str]) -> String {
    let package = |name: &&str| format!("\n[[package]]\nname = \"{name}\"\nversion = \"0.0.0\"\n");
    format!("version = 4\n{}", names.iter().map(package).collect::<String>())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_second_run_says_the_same() {
    for name in ["clean", "one-violation", "inline-allow", "exceptions", "packages", "unparsable"] {
        let shop = Copy::of(name, &format!("second-{name}"));
        let rules: &[&str] = if name == "packages" { &["--config", "rules.toml"] } else { &[] };
        for arguments in [
            &["check"][..],
            &["check", "--format", "json"],
            &["check", "--format", "sarif"],
            &["check", "-q"],
        ] {
            let arguments = [arguments, rules].concat();
            shop.say(&arguments);
            shop.say(&arguments);
        }
        shop.say(&["graph", "--format", "jsonl"]);
    }
}

#[test]
fn every_change_is_seen() {
    let shop = Copy::of("one-violation", "change");
    let says = |code| assert_eq!(shop.say(&["check"]).status.code(), Some(code));
    shop.write("Cargo.lock", &lock(&["shop"]).replace("0.0.0", "0.1.0"));
    says(1);
    assert!(shop.keeps("workspace"));
    let price = fs::read_to_string(shop.root.join("src/price.rs")).unwrap();
    shop.write("src/price.rs", "pub struct Price;\n");
    says(0);
    shop.write("src/price.rs", &price);
    says(1);
    // A file that was looked for and not found, one that nobody reaches, and one that is gone.
    shop.write("src/lib.rs", "mod cart;\nmod late;\nmod price;\n");
    says(1);
    shop.write("src/late.rs", "use crate::cart::Cart;\n");
    says(1);
    shop.write("src/unreached.rs", "");
    assert!(text(&shop.say(&["check"]).stdout).contains("1 file unreached"));
    fs::remove_file(shop.root.join("src/late.rs")).unwrap();
    says(1);
    shop.write("boundaries.toml", "version = 1\n");
    says(0);
    // A target, a dependency and a member that cargo finds or is told of.
    shop.write("src/bin/late.rs", "fn main() {}\n");
    says(0);
    let manifest = fs::read_to_string(shop.root.join("Cargo.toml")).unwrap();
    shop.write("late/Cargo.toml", "[package]\nname = \"late\"\nedition = \"2024\"\n");
    shop.write("late/src/lib.rs", "pub struct Late;\n");
    shop.write("Cargo.toml", &format!("{manifest}\n[dependencies]\nlate.path = \"late\"\n"));
    says(0);
    let graph = text(&shop.say(&["graph", "--format", "json"]).stdout);
    assert!(graph.contains("late"), "{graph}");
}

#[test]
fn names_are_not_resolved_anew_where_files_only_moved_what_they_say() {
    let shop = Copy::of("one-violation", "moved");
    shop.write("Cargo.lock", &lock(&["shop"]).replace("0.0.0", "0.1.0"));
    shop.say(&["check"]);
    let names = || {
        let files = shop.files();
        let is_names = |path: &&PathBuf| path.to_string_lossy().contains("/names-");
        fs::read(files.iter().find(is_names).expect("names are kept")).unwrap()
    };
    let kept = names();
    let cart = fs::read_to_string(shop.root.join("src/cart.rs")).unwrap();
    for edited in
        [format!("// a line more\n{cart}"), format!("\n\n{cart}\n// and one"), cart.clone()]
    {
        shop.write("src/cart.rs", &edited);
        shop.say(&["check"]);
        shop.say(&["check", "--format", "json"]);
        assert!(names() == kept, "{edited}");
    }
    shop.write("src/cart.rs", &format!("{cart}\nfn more() {{ crate::price::Price; }}\n"));
    shop.say(&["check"]);
    assert!(names() != kept);
    shop.write("src/cart.rs", &format!("{cart}\n\nfn more() {{ crate::price::Price; }}\n"));
    shop.say(&["check"]);
}

#[test]
fn a_new_member_below_a_glob_is_seen() {
    let shop = Copy::of("clean", "glob");
    let member = |name: &str| {
        let manifest = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n");
        shop.write(&format!("crates/{name}/Cargo.toml"), &manifest);
        shop.write(&format!("crates/{name}/src/lib.rs"), "");
    };
    shop.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n");
    shop.write("boundaries.toml", "version = 1\n");
    shop.write("Cargo.lock", &lock(&["one"]));
    member("one");
    shop.say(&["graph"]);
    assert!(shop.keeps("workspace"));
    shop.say(&["graph"]);
    member("two");
    assert!(text(&shop.say(&["graph"]).stdout).contains("two"));
}

#[test]
fn a_damaged_cache_is_not_believed() {
    let shop = Copy::of("one-violation", "damaged");
    shop.write("Cargo.lock", &lock(&["shop"]).replace("0.0.0", "0.1.0"));
    shop.say(&["check"]);
    let whole: Vec<_> =
        shop.files().into_iter().map(|path| (fs::read(&path).unwrap(), path)).collect();
    assert!(whole.len() >= 2, "{whole:?}");
    for (bytes, path) in &whole {
        let mut one_bit_off = bytes.clone();
        *one_bit_off.last_mut().unwrap() ^= 1;
        for damaged in [&one_bit_off[..], &bytes[..bytes.len() / 2], b"", b"something else"] {
            fs::write(path, damaged).unwrap();
            shop.say(&["check"]);
        }
        fs::write(path, &one_bit_off).unwrap();
    }
    for (_, path) in &whole {
        fs::write(path, "something else").unwrap();
    }
    let said = text(&shop.run(&["check", "-v"]).stderr);
    for kind in ["workspace", "facts", "names", "syntax", "verdicts"] {
        assert!(shop.keeps(kind), "{kind}");
        let is_told =
            |line: &str| line.contains(&format!("/{kind}-")) && line.ends_with("is damaged");
        assert!(said.lines().any(is_told), "{kind}: {said}");
    }
}

#[test]
fn syntax_that_is_kept_says_what_it_said() {
    let shop = Copy::of("clean", "syntax");
    let rule = |method: &str, more: &str| {
        let because = "because = \"so it is\"\nseverity = \"deny\"";
        let rule = format!("[[rule]]\nid = \"no-{method}\"\nflag.method = [\"{method}\"]");
        shop.write("boundaries.toml", &format!("version = 1\n{rule}\n{because}\n{more}"));
    };
    let code = |more: &str| {
        let unwraps = "pub fn f(a: Option<u8>) {\n    a.unwrap();\n    drop(a);\n}";
        let takes = "pub fn g(mut a: Option<u8>) { a.take(); }";
        shop.write("src/cart.rs", &format!("{unwraps}\n{takes}\n{more}"));
    };
    let says = |count: usize| {
        let said = text(&shop.say(&["check"]).stdout);
        assert_eq!(said.matches("error[no-").count(), count, "{said}");
    };
    code("");
    rule("unwrap", "");
    says(1);
    assert!(shop.keeps("syntax"));
    // Of the same code with other rules, and of more code with the same rules.
    rule("take", "");
    says(1);
    rule("unwrap", "when = { body = { of = \"function\", has = [\"drop\"] } }\n");
    says(1);
    rule("unwrap", "when = { body = { of = \"function\", has = [\"take\"] } }\n");
    says(0);
    rule("unwrap", "");
    shop.write("src/price.rs", "pub fn g(b: Option<u8>) { b.unwrap(); }\n");
    says(2);
    code("pub fn h(b: Option<u8>) { || b.unwrap(); }\n");
    says(3);
    code("");
    says(2);
    let path = shop.files().into_iter().find(|path| path.to_string_lossy().contains("syntax"));
    fs::write(path.unwrap(), "something else").unwrap();
    code("// Something is new.\n");
    let said = text(&shop.run(&["check", "-v"]).stderr);
    assert!(said.contains("syntax") && said.contains("is damaged"), "{said}");
    says(2);
}

#[test]
fn a_run_that_was_killed_leaves_no_harm() {
    let shop = Copy::of("one-violation", "killed");
    shop.say(&["check"]);
    for path in shop.files() {
        fs::write(path.with_extension("1.new"), "half of it").unwrap();
    }
    shop.say(&["check"]);
    shop.write("src/price.rs", "pub struct Price;\n");
    shop.say(&["check"]);
}

#[test]
fn where_nothing_can_be_kept_nothing_fails() {
    let shop = Copy::of("one-violation", "unwritable");
    // A file in the place of the folder cannot be written to by anybody, not even by root.
    fs::create_dir_all(shop.cache.parent().unwrap()).unwrap();
    fs::write(&shop.cache, "in the way").unwrap();
    shop.say(&["check"]);
    shop.say(&["check"]);
    let said = text(&shop.run(&["check", "-v"]).stderr);
    assert!(said.contains("cache: "), "{said}");
}

#[test]
fn runs_at_once_say_the_same() {
    let shop = Copy::of("one-violation", "at-once");
    let expected = archlint(&shop.root).args(["check", "--no-cache"]).output().unwrap().stdout;
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                for _ in 0..4 {
                    assert_eq!(text(&shop.run(&["check"]).stdout), text(&expected));
                }
            });
        }
    });
    shop.say(&["check"]);
}

#[test]
fn the_target_folder_holds_it_and_clean_removes_it() {
    let shop = Copy::of("clean", "clean");
    let run = |arguments: &[&str]| {
        let mut command = archlint(&shop.root).args(arguments);
        for name in ["ARCHLINT_CACHE_DIR", "CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"] {
            command = command.env_remove(name);
        }
        command.output().unwrap()
    };
    let kept = shop.root.join("target/archlint");
    run(&["check", "--no-cache"]);
    assert!(!kept.exists());
    let first = run(&["check"]);
    assert!(kept.join("CACHEDIR.TAG").is_file());
    assert!(shop.root.join("target/CACHEDIR.TAG").is_file());
    assert_eq!(first, run(&["check"]));
    assert!(text(&run(&["clean"]).stderr).starts_with("removed "));
    assert!(!kept.exists() && shop.root.join("target").exists());
    assert!(text(&run(&["clean"]).stderr).starts_with("nothing is kept in "));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = |threads: &str| {
        let arguments = ["graph", "--format", "jsonl", "--all-cfgs", "--no-cache"];
        let output = archlint(root).args(arguments).env("RAYON_NUM_THREADS", threads).output();
        output.unwrap().stdout
    };
    let one = run("1");
    assert!(!one.is_empty());
    for threads in ["2", "7"] {
        assert!(run(threads) == one, "{threads} threads");
    }
}
