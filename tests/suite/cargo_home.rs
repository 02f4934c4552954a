//! Whom a run asks, and for how long an answer is believed that rests on what lies in cargo's home.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::archlint;

/// A package, a home of cargo, and a cargo that counts how often it is asked.
struct Shop {
    folder: PathBuf,
}

impl Shop {
    fn new(test: &str, manifest: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("home-{test}"));
        let _ = fs::remove_dir_all(&folder);
        let shop = Self { folder };
        let package = "[package]\nname = \"shop\"\nversion = \"1.0.0\"\nedition = \"2024\"\n";
        shop.write("shop/Cargo.toml", &format!("{package}[dependencies]\n{manifest}"));
        shop.write("shop/src/lib.rs", "use horse::Mane;\n");
        let pony = "version = 1\n[[rule]]\nid = \"no-pony\"\nforbid = \"shop -> ext:pony\"\n";
        shop.write("shop/boundaries.toml", pony);
        let asked = shop.folder.join("asked");
        let (asked, cargo) = (asked.display(), env!("CARGO"));
        let spy = format!("#!/bin/sh\necho >> '{asked}'\nexec '{cargo}' \"$@\"\n");
        shop.write("spy", &spy);
        fs::set_permissions(shop.folder.join("spy"), PermissionsExt::from_mode(0o755)).unwrap();
        fs::create_dir_all(shop.folder.join("home")).unwrap();
        shop
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Has cargo's home unpack a package whose library has a name of its own.
    fn unpack_pony(&self) {
        let manifest = "[package]\nname = \"pony\"\nversion = \"1.0.0\"\n[lib]\nname = \"horse\"\n";
        self.write("home/registry/src/index.crates.io-1/pony-1.0.0/Cargo.toml", manifest);
        self.write("home/registry/src/index.crates.io-1/pony-1.0.0/.cargo-ok", "");
        let source = "registry+https://github.com/rust-lang/crates.io-index";
        self.write(
            "shop/Cargo.lock",
            &format!(
                "version = 4\n[[package]]\nname = \"pony\"\nversion = \"1.0.0\"\n\
                 source = \"{source}\"\n[[package]]\nname = \"shop\"\nversion = \"1.0.0\"\n\
                 dependencies = [\n \"pony\",\n]\n"
            ),
        );
    }

    /// How often cargo is asked by a run, which says the same as one that keeps nothing.
    fn asks(&self, arguments: &[&str]) -> usize {
        let asked = self.folder.join("asked");
        let _ = fs::remove_file(&asked);
        let kept = self.run(arguments);
        let times = fs::read_to_string(&asked).unwrap_or_default().lines().count();
        let plain = self.run(&[arguments, &["--no-cache"]].concat());
        assert_eq!(text(&kept.stdout), text(&plain.stdout));
        assert_eq!(text(&kept.stderr), text(&plain.stderr));
        times
    }

    fn run(&self, arguments: &[&str]) -> Output {
        archlint(&self.folder.join("shop"))
            .env("CARGO", self.folder.join("spy"))
            .env("CARGO_HOME", self.folder.join("home"))
            .env("ARCHLINT_CACHE_DIR", self.folder.join("kept"))
            .arg("check")
            .args(arguments)
            .output()
            .unwrap()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn where_cargo_cannot_resolve_it_is_asked_again_when_its_home_changes() {
    let shop = Shop::new("fallback", "no-such-pony-anywhere = \"1\"\n");
    assert_eq!(shop.asks(&[]), 2);
    assert!(text(&shop.run(&[]).stderr).contains("manifests and lock file only"));
    assert_eq!(shop.asks(&[]), 0);
    for (path, text) in [
        ("registry/index/index.crates.io-1/.cache/po/ny/pony", "1"),
        ("registry/index/index.crates.io-1/.cache/po/ny/pony", "12"),
        ("registry/cache/index.crates.io-1/pony-1.0.0.crate", ""),
        ("registry/src/index.crates.io-1/pony-1.0.0/Cargo.toml", ""),
        ("git/db/pony-1/objects/pack/pack-1.pack", ""),
        ("git/checkouts/pony-1/abc/Cargo.toml", ""),
        ("config.toml", "[net]\nretry = 1\n"),
    ] {
        shop.write(&format!("home/{path}"), text);
        assert_eq!(shop.asks(&[]), 2, "{path}");
        assert_eq!(shop.asks(&[]), 0, "{path}");
    }
    fs::remove_dir_all(shop.folder.join("home/registry/cache")).unwrap();
    assert_eq!(shop.asks(&[]), 2);
}

#[test]
fn where_packages_may_lie_elsewhere_no_trouble_is_kept() {
    for (path, text) in [
        ("home/config.toml", "[source.crates-io]\nreplace-with = \"far\"\n"),
        ("shop/.cargo/config.toml", "[source.far]\ndirectory = \"../far\"\n"),
        ("shop/Cargo.toml", ""),
    ] {
        let shop = Shop::new("elsewhere", "no-such-pony-anywhere = \"1\"\n");
        match text {
            // A path dependency has a manifest, and dependencies, of its own.
            "" => {
                let manifest = fs::read_to_string(shop.folder.join(path)).unwrap();
                shop.write(path, &format!("{manifest}near = {{ path = \"../near\" }}\n"));
                shop.write("near/Cargo.toml", "[package]\nname = \"near\"\nedition = \"2024\"\n");
                shop.write("near/src/lib.rs", "");
            }
            _ => shop.write(path, text),
        }
        assert_eq!([shop.asks(&[]), shop.asks(&[])], [2, 2], "{path}");
    }
}

#[test]
fn where_the_lock_file_leaves_no_doubt_cargo_need_not_resolve() {
    let shop = Shop::new("settled", "pony = \"1\"\n");
    shop.unpack_pony();
    assert_eq!(shop.asks(&[]), 1);
    assert_eq!(text(&shop.run(&[]).stderr), "");
    assert!(text(&shop.run(&[]).stdout).contains("no-pony"));
    assert_eq!(shop.asks(&[]), 0);
    assert_eq!(shop.asks(&["--locked"]), 2);
    let mark = "home/registry/src/index.crates.io-1/pony-1.0.0/.cargo-ok";
    fs::remove_file(shop.folder.join(mark)).unwrap();
    assert_eq!(shop.asks(&[]), 2, "it has gone, or is half unpacked");
    shop.write(mark, "");
    assert_eq!(shop.asks(&[]), 1);
    shop.write("home/config.toml", "[source.crates-io]\nreplace-with = \"far\"\n");
    assert_eq!(shop.asks(&[]), 2);
}
