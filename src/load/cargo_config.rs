//! cargo's own configuration, as far as it says where registries are.
//!
//! Read as cargo reads it: every `.cargo/config.toml` from a folder upwards, then the one of
//! cargo's home, each with what it includes; the nearest wins.

use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use toml::Value;

use super::index::Place;

/// Files that include each other are not followed any deeper.
const DEEPEST: usize = 8;
/// The address of crates.io's index as a git repository, which stands for it in `[source]`.
const CRATES_IO: &str = "https://github.com/rust-lang/crates.io-index";
/// The one that cargo asks unless told otherwise.
const CRATES_IO_SPARSE: &str = "sparse+https://index.crates.io/";

/// The configuration.
#[derive(Clone, Debug, Default)]
pub struct CargoConfig {
    /// cargo's home.
    pub home: Utf8PathBuf,
    /// Every file with the folder to which its paths are relative, the nearest first.
    pub files: Vec<(Utf8PathBuf, toml::Table)>,
    /// The variables that outrank the files: `CARGO_REGISTRIES_…`, `CARGO_REGISTRY_…`.
    pub variables: BTreeMap<String, String>,
}

/// Reads the configuration that holds in a folder.
pub fn read(folder: &Utf8Path) -> CargoConfig {
    let home = home(folder);
    let mut files = Vec::new();
    for above in folder.ancestors() {
        read_folder(&above.join(".cargo"), &mut files);
    }
    if !folder.ancestors().any(|above| above.join(".cargo") == home) {
        read_folder(&home, &mut files);
    }
    let ours =
        |name: &str| name.starts_with("CARGO_REGISTRIES_") || name.starts_with("CARGO_REGISTRY_");
    let texts = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    CargoConfig { home, files, variables: texts.filter(|(name, _)| ours(name)).collect() }
}

fn home(folder: &Utf8Path) -> Utf8PathBuf {
    if let Ok(home) = std::env::var("CARGO_HOME")
        && !home.is_empty()
    {
        return folder.join(home);
    }
    let user = std::env::home_dir().and_then(|home| Utf8PathBuf::try_from(home).ok());
    user.unwrap_or_default().join(".cargo")
}

fn read_folder(folder: &Utf8Path, files: &mut Vec<(Utf8PathBuf, toml::Table)>) {
    // The older name wins where there are both, as with cargo.
    let names = ["config", "config.toml"].map(|name| folder.join(name));
    if let Some(path) = names.iter().find(|path| path.is_file()) {
        read_file(path, DEEPEST, files);
    }
}

fn read_file(path: &Utf8Path, depth: usize, files: &mut Vec<(Utf8PathBuf, toml::Table)>) {
    let table = fs::read_to_string(path).ok().and_then(|text| text.parse::<toml::Table>().ok());
    let (Some(table), Some(folder)) = (table, path.parent()) else { return };
    let included = included(&table);
    files.push((folder.parent().unwrap_or(folder).to_owned(), table));
    for path in included.iter().rev().filter(|_| depth > 0) {
        read_file(&folder.join(path), depth - 1, files);
    }
}

/// `include = "a.toml"`, or a list of these or of tables with a `path`.
fn included(table: &toml::Table) -> Vec<String> {
    let path =
        |value: &Value| value.as_str().or_else(|| value.get("path")?.as_str()).map(str::to_owned);
    match table.get("include") {
        Some(Value::Array(list)) => list.iter().filter_map(path).collect(),
        Some(value) => path(value).into_iter().collect(),
        None => Vec::new(),
    }
}

impl CargoConfig {
    /// A text of the configuration.
    pub fn text(&self, keys: &[&str]) -> Option<String> {
        let variable = keys.join("_").replace(['-', '.'], "_").to_uppercase();
        let variable = self.variables.get(&format!("CARGO_{variable}")).cloned();
        variable.or_else(|| self.file_text(keys).map(|(_, text)| text.to_owned()))
    }

    /// A text of the files, with the folder to which it is relative.
    fn file_text(&self, keys: &[&str]) -> Option<(&Utf8Path, &str)> {
        let (first, rest) = keys.split_first()?;
        self.files.iter().find_map(|(folder, table)| {
            let value = rest.iter().try_fold(table.get(*first)?, |value, key| value.get(key))?;
            Some((folder.as_path(), value.as_str()?))
        })
    }

    /// The address of the index of a registry of this name.
    pub fn index(&self, name: &str) -> Option<String> {
        self.text(&["registries", name, "index"])
    }

    /// Where cargo keeps what it knows of the registry with this index; none: of crates.io.
    pub fn place(&self, index: Option<&str>) -> Place {
        let Some(mut source) = self.source(index) else { return self.own_place(index) };
        for _ in 0..DEEPEST {
            match self.file_text(&["source", &source, "replace-with"]) {
                Some((_, next)) => next.clone_into(&mut source),
                None => return self.replaced(&source, index),
            }
        }
        Place::Elsewhere("its source is replaced in a circle".to_owned())
    }

    /// The name in `[source]` of the registry with this index.
    fn source(&self, index: Option<&str>) -> Option<String> {
        let Some(index) = index else { return Some("crates-io".to_owned()) };
        let is_of = |source: &Value| {
            source.get("registry").and_then(Value::as_str).is_some_and(|url| same(url, index))
        };
        let sources = self.names("source").find(|(_, source)| is_of(source));
        let is_at = |name: &str| self.index(name).is_some_and(|url| same(&url, index));
        let registry = || self.names("registries").find(|(name, _)| is_at(name));
        sources.or_else(registry).map(|(name, _)| name.clone())
    }

    /// Every entry of a table, in all files.
    fn names(&self, table: &str) -> impl Iterator<Item = (&String, &Value)> {
        let tables = self.files.iter().filter_map(move |(_, file)| file.get(table)?.as_table());
        tables.flat_map(toml::Table::iter)
    }

    fn replaced(&self, source: &str, index: Option<&str>) -> Place {
        let text = |key: &str| self.file_text(&["source", source, key]);
        if let Some((_, url)) = text("registry") {
            return if same(url, CRATES_IO) {
                self.own_place(None)
            } else {
                Place::Index(url.to_owned())
            };
        }
        if let Some((folder, path)) = text("local-registry") {
            return Place::Folder(folder.join(path));
        }
        if text("directory").is_some() {
            return Place::Elsewhere("its source is vendored, without an index".to_owned());
        }
        if text("git").is_some() {
            return Place::Elsewhere("its source is replaced by a git repository".to_owned());
        }
        match self.index(source) {
            Some(url) => Place::Index(url),
            None => self.own_place(index),
        }
    }

    fn own_place(&self, index: Option<&str>) -> Place {
        let protocol = || self.text(&["registries", "crates-io", "protocol"]);
        match index {
            Some(url) => Place::Index(url.to_owned()),
            None if protocol().as_deref() == Some("git") => Place::Index(CRATES_IO.to_owned()),
            None => Place::Index(CRATES_IO_SPARSE.to_owned()),
        }
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(files: &[&str]) -> CargoConfig {
        let file = |(number, text): (usize, &&str)| {
            (Utf8PathBuf::from(format!("/{number}")), text.parse().unwrap())
        };
        CargoConfig {
            files: files.iter().enumerate().map(file).collect(),
            ..CargoConfig::default()
        }
    }

    fn place(files: &[&str], index: Option<&str>) -> String {
        match config(files).place(index) {
            Place::Index(url) => url,
            Place::Folder(path) => path.into_string(),
            Place::Elsewhere(reason) => reason,
        }
    }

    #[test]
    fn crates_io_is_where_cargo_asks_for_it() {
        assert_eq!(place(&[], None), CRATES_IO_SPARSE);
        assert_eq!(place(&["registries.crates-io.protocol = 'git'"], None), CRATES_IO);
        let variable = ("CARGO_REGISTRIES_CRATES_IO_PROTOCOL".to_owned(), "git".to_owned());
        let config = CargoConfig { variables: [variable].into(), ..CargoConfig::default() };
        assert!(matches!(config.place(None), Place::Index(url) if url == CRATES_IO));
    }

    #[test]
    fn a_source_is_replaced_over_files_and_several_times() {
        let near = "[source.crates-io]\nreplace-with = 'mirror'\n";
        let far = "[source.mirror]\nregistry = 'sparse+https://a/'\n[source.crates-io]\nreplace-with = 'x'";
        assert_eq!(place(&[near, far], None), "sparse+https://a/");
        let chain = "source.mirror.replace-with = 'disk'\nsource.disk.local-registry = 'reg'";
        assert_eq!(place(&[near, chain], None), "/1/reg");
        let circle = "source.mirror.replace-with = 'crates-io'";
        assert_eq!(place(&[near, circle], None), "its source is replaced in a circle");
        let named = "registries.mirror.index = 'sparse+https://b/'";
        assert_eq!(place(&[near, named], None), "sparse+https://b/");
    }

    #[test]
    fn vendored_sources_have_no_index() {
        let vendored = "source.crates-io.replace-with = 'v'\nsource.v.directory = 'vendor'";
        assert_eq!(place(&[vendored], None), "its source is vendored, without an index");
    }

    #[test]
    fn other_registries_are_known_by_their_index() {
        let ours = "registries.ours.index = 'sparse+https://ours/'\nsource.ours.replace-with = 'v'\n\
                    source.v.directory = 'vendor'";
        assert_eq!(config(&[ours]).index("ours").as_deref(), Some("sparse+https://ours/"));
        let ours = place(&[ours], Some("sparse+https://ours"));
        assert_eq!(ours, "its source is vendored, without an index");
        assert_eq!(place(&[], Some("https://git/index")), "https://git/index");
    }

    #[test]
    fn an_included_file_is_named_in_several_ways() {
        let names = |text: &str| included(&text.parse().unwrap());
        assert_eq!(names("include = 'a.toml'"), ["a.toml"]);
        assert_eq!(
            names("include = ['a.toml', { path = 'b.toml', optional = true }]"),
            ["a.toml", "b.toml"]
        );
        assert_eq!(names(""), [""; 0]);
    }
}
