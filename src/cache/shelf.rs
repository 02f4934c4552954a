//! [`Shelf`]: everything of one kind, in one file.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Cache, Key};

/// Below this part of the file, new entries are not worth writing it anew: they are quickly made.
const WORTH_WRITING: usize = 1 << 8;

/// The bytes of one kind of thing, by the content from which each was made.
///
/// In the file: version, number of entries, their keys and lengths, their bytes.
#[derive(Debug, Default)]
pub struct Shelf {
    cache: Cache,
    name: String,
    version: Vec<u8>,
    file: Vec<u8>,
    /// Where in `file` each entry is.
    places: FxHashMap<Key, (u32, u32)>,
    /// What was asked for, or put in, in this run.
    used: FxHashSet<Key>,
    new: Vec<(Key, Vec<u8>)>,
    /// Whether little is worth writing, too.
    thorough: bool,
    /// Why what was kept is of no use, if it is not.
    pub trouble: Option<String>,
}

impl Shelf {
    /// What is kept of a kind. `name` is that of the file; what bears another `version` is not
    /// there.
    pub fn open(cache: &Cache, name: &str, version: &str) -> Self {
        let mut shelf = Self {
            cache: cache.clone(),
            name: name.to_owned(),
            version: format!("{name} {version}\n").into_bytes(),
            ..Self::default()
        };
        match cache.read(name) {
            Ok(Some(file)) => match places(&file, &shelf.version) {
                Some(places) => (shelf.places, shelf.file) = (places, file),
                None => shelf.trouble = Some(format!("`{name}` is of another version")),
            },
            Ok(None) => {}
            Err(trouble) => shelf.trouble = Some(trouble),
        }
        shelf
    }

    /// What was made from this content.
    pub fn get(&self, key: Key) -> Option<&[u8]> {
        let (start, end) = *self.places.get(&key)?;
        self.file.get(start as usize..end as usize)
    }

    /// Whether what is put in will be there in the next run.
    pub fn is_kept(&self) -> bool {
        self.cache.folder.is_some()
    }

    /// Takes note that what is there is still of use.
    pub fn keep(&mut self, key: Key) {
        self.used.insert(key);
    }

    /// Puts in what was made from this content, in place of what was there.
    pub fn put(&mut self, key: Key, bytes: Vec<u8>) {
        if self.is_kept() && self.used.insert(key) {
            self.new.push((key, bytes));
        }
    }

    /// Something else is about to count on what was put in: it is written, however little it is.
    pub fn insist(&mut self) {
        self.thorough = true;
    }

    /// Writes the file if there is something new: what this run used, and as much again of what it
    /// did not (another branch may want it).
    pub fn save(mut self) -> Result<(), String> {
        let length: usize = self.new.iter().map(|(_, bytes)| bytes.len()).sum();
        let is_little = !self.thorough && length * WORTH_WRITING < self.file.len();
        if self.new.is_empty() || is_little {
            return Ok(());
        }
        self.new.sort_by_key(|(key, _)| *key);
        // What was made anew under the same name takes the place of what was there.
        let is_new = |key: &Key| self.new.binary_search_by_key(key, |(new, _)| *new).is_ok();
        let old = self.places.iter().filter(|(key, _)| !is_new(key));
        let mut old: Vec<(Key, (u32, u32))> = old.map(|(k, p)| (*k, *p)).collect();
        old.sort_unstable_by_key(|(key, _)| (!self.used.contains(key), *key));
        let used = old.partition_point(|(key, _)| self.used.contains(key));
        old.truncate(used + used.max(self.new.len()));
        let slice = |place: (u32, u32)| &self.file[place.0 as usize..place.1 as usize];
        let old = old.iter().map(|(key, place)| (*key, slice(*place)));
        let all: Vec<(Key, &[u8])> =
            old.chain(self.new.iter().map(|(key, bytes)| (*key, bytes.as_slice()))).collect();
        match written(&self.version, &all) {
            Some(bytes) => self.cache.write(&self.name, &bytes),
            None => Err(format!("`{}` would be larger than 4 GiB", self.name)),
        }
    }
}

fn written(version: &[u8], entries: &[(Key, &[u8])]) -> Option<Vec<u8>> {
    let length = |entry: &(Key, &[u8])| entry.1.len();
    let total = version.len() + 4 + 20 * entries.len() + entries.iter().map(length).sum::<usize>();
    u32::try_from(total).ok()?;
    let mut bytes = Vec::with_capacity(total);
    bytes.extend_from_slice(version);
    bytes.extend_from_slice(&(entries.len() as u32).to_le_bytes());
    for entry in entries {
        bytes.extend_from_slice(&entry.0.0);
        bytes.extend_from_slice(&(length(entry) as u32).to_le_bytes());
    }
    for (_, content) in entries {
        bytes.extend_from_slice(content);
    }
    Some(bytes)
}

/// Where the entries of a file are; none if it is of another version.
fn places(file: &[u8], version: &[u8]) -> Option<FxHashMap<Key, (u32, u32)>> {
    let rest = file.strip_prefix(version)?;
    let (count, rest) = rest.split_first_chunk::<4>()?;
    let (heads, _) = rest.split_at_checked(u32::from_le_bytes(*count) as usize * 20)?;
    let mut at = (version.len() + 4 + heads.len()) as u32;
    let mut places = FxHashMap::default();
    for head in heads.chunks_exact(20) {
        let (key, length) = head.split_first_chunk::<16>()?;
        let end = at.checked_add(u32::from_le_bytes(length.try_into().ok()?))?;
        places.insert(Key(*key), (at, end));
        at = end;
    }
    Some(places)
}
