//! [`PathSet`]: the paths of a listing in their order, and that order by bytes.

use std::cmp::Ordering;
use std::path::MAIN_SEPARATOR;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

/// Paths, none twice, in [`path_order`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathSet {
    sorted: Vec<Utf8PathBuf>,
}

impl PathSet {
    /// Whether the path is in.
    pub fn contains(&self, path: &Utf8Path) -> bool {
        self.place(path).is_ok()
    }

    /// Adds a path; says whether it is new.
    pub fn insert(&mut self, path: Utf8PathBuf) -> bool {
        let place = self.place(&path);
        if let Err(place) = place {
            self.sorted.insert(place, path);
        }
        place.is_err()
    }

    /// The paths in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Utf8PathBuf> {
        self.sorted.iter()
    }

    fn place(&self, path: &Utf8Path) -> Result<usize, usize> {
        self.sorted.binary_search_by(|known| path_order(known, path))
    }
}

impl FromIterator<Utf8PathBuf> for PathSet {
    fn from_iter<I: IntoIterator<Item = Utf8PathBuf>>(paths: I) -> Self {
        let mut sorted: Vec<Utf8PathBuf> = paths.into_iter().collect();
        sorted.sort_unstable_by(|one, two| path_order(one, two));
        sorted.dedup_by(|one, two| path_order(one, two).is_eq());
        Self { sorted }
    }
}

impl<'a> IntoIterator for &'a PathSet {
    type Item = &'a Utf8PathBuf;
    type IntoIter = std::slice::Iter<'a, Utf8PathBuf>;

    fn into_iter(self) -> std::slice::Iter<'a, Utf8PathBuf> {
        self.iter()
    }
}

/// The order of [`Utf8Path`]s, name by name, without taking the paths apart.
///
/// Where two paths part, `/` stands before every other byte, for there a name ends. Only what a
/// path is not told by (`.`, a `/` too many) and `..` need a closer look.
pub fn path_order(one: &Utf8Path, two: &Utf8Path) -> Ordering {
    let (left, right) = (one.as_str().as_bytes(), two.as_str().as_bytes());
    let at = parting(left, right);
    if at == left.len() && at == right.len() {
        return Ordering::Equal;
    }
    let name = left[..at].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    let is_odd = |path: &[u8]| {
        let ends = path.get(at) == Some(&b'/');
        matches!(path.get(name), None | Some(b'.' | b'/'))
            || ends && matches!(path.get(at + 1), None | Some(b'.' | b'/'))
    };
    if MAIN_SEPARATOR != '/' || is_odd(left) || is_odd(right) {
        return one.cmp(two);
    }
    let next = |path: &[u8]| path.get(at).map(|byte| (*byte != b'/', *byte));
    next(left).cmp(&next(right))
}

/// How many bytes two paths begin with alike.
fn parting(one: &[u8], two: &[u8]) -> usize {
    let (eights_one, _) = one.as_chunks::<8>();
    let (eights_two, _) = two.as_chunks::<8>();
    let eights = eights_one.iter().zip(eights_two);
    for (number, (left, right)) in eights.enumerate() {
        let differ = u64::from_le_bytes(*left) ^ u64::from_le_bytes(*right);
        if differ != 0 {
            return number * 8 + differ.trailing_zeros() as usize / 8;
        }
    }
    let at = 8 * eights_one.len().min(eights_two.len());
    at + one[at..].iter().zip(&two[at..]).take_while(|(left, right)| left == right).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of these pieces, up to so many of them.
    fn texts(pieces: &[&str], most: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut from = 0;
        for _ in 0..most {
            let longer: Vec<String> = all[from..]
                .iter()
                .flat_map(|text| pieces.iter().map(move |piece| format!("{text}{piece}")))
                .collect();
            from = all.len();
            all.extend(longer);
        }
        all
    }

    fn assert_same_order(texts: &[String]) {
        for one in texts.iter().map(Utf8Path::new) {
            for two in texts.iter().map(Utf8Path::new) {
                assert_eq!(path_order(one, two), one.cmp(two), "{one:?} {two:?}");
            }
        }
    }

    #[test]
    fn the_order_of_bytes_is_that_of_names() {
        assert_same_order(&texts(&["/", ".", "a", "-"], 4));
        assert_same_order(&texts(&["/", "..", "é", "\0", "a-name-of-more-than-8"], 3));
    }

    #[test]
    fn a_name_goes_before_its_longer_brother() {
        let order = |one: &str, two: &str| path_order(one.into(), two.into());
        assert_eq!(order("a/z.rs", "a-b/a.rs"), Ordering::Less);
        assert_eq!(order("a.rs", "a/b.rs"), Ordering::Greater);
        assert_eq!(order("/a.rs", "a.rs"), Ordering::Less);
        assert_eq!(order("../a", "-/a"), Ordering::Less);
    }

    #[test]
    fn a_set_holds_each_path_once() {
        let mut set: PathSet =
            ["b", "a/c", "a", "b", "a-"].map(Utf8PathBuf::from).into_iter().collect();
        assert!(set.insert("a/b".into()));
        assert!(!set.insert("a-".into()));
        let listed: Vec<&str> = set.iter().map(|path| path.as_str()).collect();
        assert_eq!(listed, ["a", "a/b", "a/c", "a-", "b"]);
        assert!(set.contains("a/c".into()) && !set.contains("c".into()));
    }
}
