use camino::Utf8PathBuf;

use super::{Cache, Key, Shelf};

/// A folder of its own for a test, that does not exist yet.
fn cache(test: &str) -> Cache {
    let folder = std::env::temp_dir().join(format!("archlint-cache-{test}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let folder = Utf8PathBuf::try_from(folder).unwrap().join("target/archlint");
    Cache { folder: Some(folder), owner: String::new() }
}

fn fill(cache: &Cache, version: &str, entries: &[(&str, &str)]) {
    let mut shelf = Shelf::open(cache, "facts", version);
    for (content, bytes) in entries {
        shelf.put(Key::of(content.as_bytes()), bytes.as_bytes().to_vec());
    }
    shelf.save().unwrap();
}

fn look(cache: &Cache, version: &str, content: &str) -> Option<String> {
    let shelf = Shelf::open(cache, "facts", version);
    shelf.get(Key::of(content.as_bytes())).map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
}

fn file(cache: &Cache, name: &str) -> Utf8PathBuf {
    cache.folder.as_ref().unwrap().join(name)
}

#[test]
fn what_was_put_in_is_there_again() {
    let cache = cache("again");
    assert_eq!(look(&cache, "1", "fn a() {}"), None);
    fill(&cache, "1", &[("fn a() {}", "one"), ("fn b() {}", "two")]);
    assert_eq!(look(&cache, "1", "fn a() {}").as_deref(), Some("one"));
    assert_eq!(look(&cache, "1", "fn b() {}").as_deref(), Some("two"));
    assert_eq!(look(&cache, "1", "fn c() {}"), None);
    fill(&cache, "1", &[("fn c() {}", "three")]);
    assert_eq!(look(&cache, "1", "fn c() {}").as_deref(), Some("three"));
}

#[test]
fn what_is_put_in_again_replaces_what_was_there() {
    let cache = cache("replaced");
    fill(&cache, "1", &[("fn a() {}", "one"), ("fn b() {}", "two")]);
    fill(&cache, "1", &[("fn a() {}", "three")]);
    assert_eq!(look(&cache, "1", "fn a() {}").as_deref(), Some("three"));
    assert_eq!(look(&cache, "1", "fn b() {}").as_deref(), Some("two"));
    let length = |cache| std::fs::metadata(file(cache, "facts")).unwrap().len();
    let fresh = self::cache("fresh");
    fill(&fresh, "1", &[("fn a() {}", "three"), ("fn b() {}", "two")]);
    assert_eq!(length(&cache), length(&fresh));
}

#[test]
fn little_is_written_only_where_something_counts_on_it() {
    let cache = cache("little");
    fill(&cache, "1", &[("fn a() {}", &"much".repeat(1000))]);
    let add = |text: &str, insist: bool| {
        let mut shelf = Shelf::open(&cache, "facts", "1");
        shelf.put(Key::of(text.as_bytes()), text.as_bytes().to_vec());
        if insist {
            shelf.insist();
        }
        shelf.save().unwrap();
    };
    add("b", false);
    assert_eq!(look(&cache, "1", "b"), None);
    add("b", true);
    assert_eq!(look(&cache, "1", "b").as_deref(), Some("b"));
}

#[test]
fn another_version_has_nothing() {
    let cache = cache("version");
    fill(&cache, "1", &[("fn a() {}", "one")]);
    assert_eq!(look(&cache, "2", "fn a() {}"), None);
    assert!(Shelf::open(&cache, "facts", "2").trouble.is_some());
}

#[test]
fn a_damaged_file_has_nothing_and_is_replaced() {
    let cache = cache("damaged");
    for damage in [&b""[..], b"short", &[0; 200]] {
        fill(&cache, "1", &[("fn a() {}", "one")]);
        std::fs::write(file(&cache, "facts"), damage).unwrap();
        assert_eq!(look(&cache, "1", "fn a() {}"), None);
    }
    fill(&cache, "1", &[("fn a() {}", "one")]);
    let whole = std::fs::read(file(&cache, "facts")).unwrap();
    for at in 0..whole.len() {
        let mut one_bit_off = whole.clone();
        one_bit_off[at] ^= 4;
        std::fs::write(file(&cache, "facts"), one_bit_off).unwrap();
        assert_eq!(look(&cache, "1", "fn a() {}"), None, "byte {at}");
        std::fs::write(file(&cache, "facts"), &whole[..at]).unwrap();
        assert_eq!(look(&cache, "1", "fn a() {}"), None, "{at} bytes");
    }
    fill(&cache, "1", &[("fn a() {}", "one")]);
    assert_eq!(look(&cache, "1", "fn a() {}").as_deref(), Some("one"));
}

#[test]
fn what_no_run_uses_does_not_pile_up() {
    let cache = cache("pile");
    for round in 0..100 {
        fill(&cache, "1", &[(&format!("fn f{round}() {{}}"), "bytes")]);
    }
    let length = std::fs::metadata(file(&cache, "facts")).unwrap().len();
    assert!(length < 200, "{length} bytes");
}

#[test]
fn runs_at_once_leave_a_whole_file() {
    let cache = cache("at-once");
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let cache = &cache;
            scope.spawn(move || {
                for round in 0..50 {
                    let text = format!("fn f{thread}_{round}() {{}}");
                    let mut shelf = Shelf::open(cache, "facts", "1");
                    assert_eq!(shelf.trouble, None);
                    shelf.put(Key::of(text.as_bytes()), text.into_bytes());
                    // Threads share the name beside the file, which processes do not.
                    let _ = shelf.save();
                }
            });
        }
    });
}

#[test]
fn folders_are_tagged_and_only_our_own_is_cleaned() {
    let cache = cache("tag");
    assert!(!cache.clean().unwrap());
    fill(&cache, "1", &[("fn a() {}", "one")]);
    let tag = std::fs::read_to_string(file(&cache, "CACHEDIR.TAG")).unwrap();
    assert!(tag.starts_with("Signature: 8a477f597d28d172789f06886806bc55\n"));
    assert!(file(&cache, "../CACHEDIR.TAG").is_file());
    assert!(cache.clean().unwrap());
    let folder = cache.folder.clone().unwrap();
    assert!(!folder.exists() && folder.parent().unwrap().exists());
    std::fs::create_dir_all(file(&cache, "")).unwrap();
    std::fs::write(file(&cache, "CACHEDIR.TAG"), "Signature: somebody's").unwrap();
    assert!(cache.clean().is_err());
    assert!(file(&cache, "").exists());
}

#[test]
fn where_nothing_can_be_written_nothing_is_kept() {
    let cache = cache("unwritable");
    let folder = cache.folder.clone().unwrap();
    // A file stands where the folder should be: as unwritable as a read-only disk, also for root.
    std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
    std::fs::write(&folder, "in the way").unwrap();
    let mut shelf = Shelf::open(&cache, "facts", "1");
    shelf.put(Key::of(b"fn a() {}"), b"one".to_vec());
    assert!(shelf.save().unwrap_err().contains("cannot be written"));
}

#[test]
fn contents_keep_their_borders() {
    assert_ne!(Key::of_all([&b"ab"[..], b"c"]), Key::of_all([&b"a"[..], b"bc"]));
}
