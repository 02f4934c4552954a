//! `cargo archlint outdated` with a real cargo and registries of our own: one over HTTP on this
//! machine, in the place of crates.io, and one in a git repository. Nothing leaves the machine.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Output;

use snapbox::dir::DirRoot;

use super::archlint;

/// The lines of the index that stands in for crates.io.
const INDEX: &[(&str, &[&str])] = &[
    (
        "aa/aa/aaaa",
        &[
            r#"{"name":"aaaa","vers":"1.0.0","deps":[],"cksum":"CK","features":{},"yanked":false,"pubtime":"2026-01-01T00:00:00Z"}"#,
            r#"{"name":"aaaa","vers":"1.1.0","deps":[],"cksum":"CK","features":{},"yanked":false,"pubtime":"2026-10-24T00:00:00Z"}"#,
            r#"{"name":"aaaa","vers":"1.2.0","deps":[],"cksum":"CK","features":{},"yanked":false,"pubtime":"2026-11-22T00:00:00Z"}"#,
            r#"{"name":"aaaa","vers":"2.0.0","deps":[],"cksum":"CK","features":{},"yanked":false,"pubtime":"2026-10-24T00:00:00Z"}"#,
        ],
    ),
    (
        "go/ne/gone",
        &[r#"{"name":"gone","vers":"0.1.0","deps":[],"cksum":"CK","features":{},"yanked":true}"#],
    ),
];

/// The lines of our own registry, in which no version has a date.
const OURS: &str = concat!(
    r#"{"name":"ours","vers":"0.3.0","deps":[],"cksum":"CK","features":{},"yanked":false}"#,
    "\n",
    r#"{"name":"ours","vers":"0.4.0","deps":[],"cksum":"CK","features":{},"yanked":false}"#,
    "\n",
);

const MANIFEST: &str = "\
[package]
name = \"app\"
version = \"0.1.0\"
edition = \"2021\"

[dependencies]
aaaa = \"1.0\"   # the first
gone = \"0.1\"
mine = { package = \"ours\", version = \"0.3\", registry = \"ours\" }
";

/// A workspace, a cargo home and the registries, in one folder.
struct World {
    root: DirRoot,
}

impl World {
    fn new() -> Self {
        let world = Self { root: DirRoot::mutable_temp().unwrap() };
        let checksum = "0".repeat(64);
        let ours = git_registry(&world.path("ours"), &checksum);
        let mirror = serve(&checksum);
        let config = format!(
            "[source.crates-io]\nreplace-with = 'mirror'\n[source.mirror]\nregistry = 'sparse+{mirror}'\n\
             [registries.ours]\nindex = '{ours}'\n[http]\nproxy = ''\n"
        );
        world.write("home/config.toml", &config);
        world.write("shop/Cargo.toml", MANIFEST);
        world.write("shop/src/lib.rs", "");
        let crates_io = "registry+https://github.com/rust-lang/crates.io-index";
        let package = |name: &str, version: &str, source: &str| {
            format!(
                "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{source}\"\nchecksum = \"{checksum}\"\n\n"
            )
        };
        let lock = [
            "version = 4\n\n".to_owned(),
            package("aaaa", "1.0.0", crates_io),
            "[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\n \"aaaa\",\n \"gone\",\n \"ours\",\n]\n\n".to_owned(),
            package("gone", "0.1.0", crates_io),
            package("ours", "0.3.0", &format!("registry+{ours}")),
        ];
        world.write("shop/Cargo.lock", lock.concat().trim_end());
        world
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().unwrap().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Exit code, standard output and standard error.
    fn run(&self, arguments: &str) -> (i32, String, String) {
        let command = archlint(&self.path("shop"))
            .env("CARGO_HOME", self.path("home"))
            .env("CARGO_NET_GIT_FETCH_WITH_CLI", "false")
            .args(arguments.split_whitespace());
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }
}

const OUTDATED: &str = "outdated --now 2026-11-23 --format short";

const FOUND: &str = "\
Cargo.toml:7:8: warning[outdated/compatible]: `aaaa` 1.0.0 can be 1.1.0 without a change to a manifest
Cargo.toml:7:8: warning[outdated/incompatible]: `aaaa` has a version 2.0.0 that is not allowed here
Cargo.toml:8:8: warning[outdated/yanked]: `gone` 0.1.0 was yanked
Cargo.toml:9:38: warning[outdated/incompatible]: `ours` has a version 0.4.0 that is not allowed here
4 warnings; 2 files, 37 lines
";

/// Starts an HTTP server that has nothing but the index; says its address.
fn serve(checksum: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let config = format!("{{\"dl\":\"{address}dl\",\"api\":null}}");
    let checksum = checksum.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (config, checksum) = (config.clone(), checksum.clone());
            std::thread::spawn(move || answer(stream, &config, &checksum));
        }
    });
    address
}

/// Answers the requests of one connection.
fn answer(mut stream: TcpStream, config: &str, checksum: &str) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    while let Some(Ok(request)) = lines.next() {
        // The headers say nothing that matters.
        while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        let path = request.split(' ').nth(1).unwrap_or_default().trim_start_matches('/');
        let found = INDEX.iter().find(|(name, lines)| *name == path && !lines.is_empty());
        let (status, body) = match (path, found) {
            ("config.json", _) => ("200 OK", config.to_owned()),
            (_, Some((_, lines))) => ("200 OK", lines.join("\n").replace("CK", checksum) + "\n"),
            _ => ("404 Not Found", String::new()),
        };
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nETag: \"1\"\r\n\r\n");
        if stream.write_all((head + &body).as_bytes()).is_err() {
            return;
        }
    }
}

/// Makes a registry in a git repository; says its address.
fn git_registry(folder: &Path, checksum: &str) -> String {
    fs::create_dir_all(folder.join("ou/rs")).unwrap();
    fs::write(folder.join("ou/rs/ours"), OURS.replace("CK", checksum)).unwrap();
    fs::write(folder.join("config.json"), "{\"dl\":\"http://127.0.0.1:1/\"}").unwrap();
    let author = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
    for command in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "all"]] {
        let git = std::process::Command::new("git")
            .current_dir(folder)
            .args(author)
            .args(command)
            .status();
        assert!(git.unwrap().success());
    }
    format!("file://{}", folder.display())
}

#[test]
fn cargo_asks_and_we_read_what_it_remembers() {
    let world = World::new();
    let (code, stdout, stderr) = world.run(OUTDATED);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, FOUND, ""));
    // Then without the network.
    let (code, stdout, _) = world.run(&format!("{OUTDATED} --offline"));
    assert_eq!((code, stdout.as_str()), (0, FOUND));
    let shop: Vec<_> =
        fs::read_dir(world.path("shop")).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(shop.len(), 3, "nothing is written: {shop:?}");
    assert_eq!(world.read("shop/Cargo.toml"), MANIFEST);
}

#[test]
fn without_a_cache_and_a_network_nothing_can_be_said() {
    let world = World::new();
    let (code, stdout, stderr) = world.run(&format!("{OUTDATED} --offline"));
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert_eq!(
        stderr,
        "error: not one of 3 dependencies could be looked up; `aaaa`: cargo's cache does not know it; \
         without `--offline`, cargo asks the registries\n"
    );
}

#[test]
fn a_registry_that_does_not_answer_leaves_the_others() {
    let world = World::new();
    fs::remove_dir_all(world.path("ours")).unwrap();
    let (code, stdout, stderr) = world.run(OUTDATED);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("`aaaa` 1.0.0 can be 1.1.0") && !stdout.contains("`ours`"), "{stdout}");
    assert!(
        stderr.starts_with("note: Cargo.toml:9:38: `ours` has not been looked up: file://"),
        "{stderr}"
    );
}

#[test]
fn vendored_sources_are_not_looked_up() {
    let world = World::new();
    let config =
        world.read("home/config.toml").replace("registry = 'sparse+", "directory = 'v' # '");
    world.write("home/config.toml", &config);
    fs::create_dir(world.path("v")).unwrap();
    let (code, stdout, stderr) = world.run(OUTDATED);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("`ours` has a version 0.4.0"), "{stdout}");
    assert!(stderr.contains("`aaaa` has not been looked up: its source is vendored"), "{stderr}");
}

#[test]
fn the_list_is_written_and_held_to() {
    let world = World::new();
    let (code, stdout, _) = world.run(&format!("{OUTDATED} --check-report"));
    assert!(code == 1 && stdout.contains("+ aaaa: 1.0.0 -> 1.1.0\n"), "{stdout}");
    assert_eq!(world.run(&format!("{OUTDATED} --offline --write-report")).0, 0);
    assert_eq!(world.run(&format!("{OUTDATED} --offline --check-report")).0, 0);
    let list = world.read("shop/dependency-upgrades.txt");
    let lines: Vec<&str> = list.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "aaaa: 1.0.0 (`1.0`) -> 2.0.0",
            "aaaa: 1.0.0 -> 1.1.0",
            "gone: 0.1.0 (yanked)",
            "ours: 0.3.0 (`0.3`) -> 0.4.0",
        ]
    );
    world.write("shop/dependency-upgrades.txt", &list.replace("1.1.0", "1.0.9"));
    let (code, stdout, _) = world.run(&format!("{OUTDATED} --offline --check-report"));
    assert!(
        stdout.starts_with("- aaaa: 1.0.0 -> 1.0.9\n+ aaaa: 1.0.0 -> 1.1.0\n") && code == 1,
        "{stdout}"
    );
}

#[test]
fn requirements_are_written_and_nothing_else() {
    let world = World::new();
    let (code, stdout, stderr) = world.run(&format!("{OUTDATED} --fix --incompatible"));
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.starts_with("2 requirements changed, in 1 manifests\n"), "{stdout}");
    let expected =
        MANIFEST.replace("aaaa = \"1.0\"", "aaaa = \"2.0\"").replace("\"0.3\"", "\"0.4\"");
    assert_eq!(world.read("shop/Cargo.toml"), expected);
}

#[test]
fn the_policy_decides_and_its_faults_are_told() {
    let world = World::new();
    world.write(
        "shop/boundaries.toml",
        "[outdated]\nlevel = { compatible = \"deny\" }\ncooldown-days = 0\n",
    );
    let (code, stdout, _) = world.run(OUTDATED);
    assert!(
        code == 1 && stdout.contains("error[outdated/compatible]: `aaaa` 1.0.0 can be 1.2.0"),
        "{stdout}"
    );
    world.write("shop/boundaries.toml", "[outdated]\ncooldown = 3\n");
    let (code, stdout, _) = world.run(&format!("{OUTDATED} --offline"));
    assert!(code == 2 && stdout.contains("unknown key `cooldown` in `[outdated]`"), "{stdout}");
}

#[test]
fn the_plain_check_looks_into_the_cache_where_it_is_told_to() {
    let world = World::new();
    world.write(
        "shop/boundaries.toml",
        "[outdated]\ncheck = true\nlevel = { compatible = \"deny\" }\n",
    );
    let check = "check --now 2026-11-23 --format short";
    let (code, stdout, stderr) = world.run(check);
    assert!(code == 0 && !stdout.contains("outdated/"), "{stdout}");
    assert!(stderr.contains("note: 3 dependencies have not been looked up"), "{stderr}");
    let (_, _, again) = world.run(check);
    assert_eq!(again, stderr, "nobody has asked");
    world.run(OUTDATED);
    let (code, stdout, _) = world.run(check);
    assert!(
        code == 1 && stdout.contains("error[outdated/compatible]: `aaaa` 1.0.0 can be 1.1.0"),
        "{stdout}"
    );
    world.write("shop/boundaries.toml", "[outdated]\nlevel = { compatible = \"deny\" }\n");
    let (code, stdout, _) = world.run(check);
    assert!(code == 0 && !stdout.contains("outdated/"), "{stdout}");
}
