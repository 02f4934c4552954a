//! Paths ↔ bytes, in memory and for the cache.
//!
//! Most facts of a file are paths, and most of what is to be said of one is what was said of the one
//! before it. Two bytes say how a path differs; the numbers that do follow as LEB128.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Certainty, CfgId, Namespace, OwnerId, PathUse, Place, Range, ScopeId, Segments};

const GLOBAL: u16 = 1;
const IN_MACRO: u16 = 1 << 1;
const IF_RESOLVED: u16 = 1 << 2;
/// What is not as in the path before.
const SELF: u16 = 1 << 3;
const SCOPE: u16 = 1 << 4;
const OWNER: u16 = 1 << 5;
const CFG: u16 = 1 << 6;
/// Its segments do not stand right behind those of the path before.
const APART: u16 = 1 << 7;
/// Two bits each, and four for the number of segments.
const NAMESPACE: u16 = 8;
const PLACE: u16 = 10;
const SEGMENTS: u16 = 12;
/// So many segments or more are said in a number of their own.
const MANY: u32 = 15;

const NAMESPACES: [Namespace; 3] = [Namespace::Type, Namespace::Value, Namespace::Macro];
const PLACES: [Place; 3] = [Place::Code, Place::MacroName, Place::Attribute];

/// The paths of a file in their order, as bytes: that is a sixth of what a list would take, and they
/// are gone through once.
#[derive(Clone, PartialEq, Eq)]
pub struct Paths(Box<[u8]>);

impl Paths {
    /// Packs a list.
    pub(super) fn pack(paths: &[PathUse]) -> Self {
        Self(pack(paths).into())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        take(&mut &*self.0).unwrap_or(0) as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = PathUse> + Clone {
        let mut bytes = &*self.0;
        let count = take(&mut bytes).unwrap_or(0);
        // Nothing but `pack` makes the bytes, and the cache tells whether it gives them back whole.
        (0..count)
            .scan((BEFORE, bytes), |(path, bytes), _| next(path, bytes).map(|()| path.clone()))
    }
}

impl Default for Paths {
    fn default() -> Self {
        Self::pack(&[])
    }
}

impl fmt::Debug for Paths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Paths {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Paths {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <&[u8]>::deserialize(from).map(|bytes| Self(bytes.into()))
    }
}

/// What a path is said to differ from: at first, nothing in nothing.
const BEFORE: PathUse = PathUse {
    segments: Segments { start: 0, end: 0 },
    stand_for_self: 0,
    global: false,
    namespace: Namespace::Type,
    place: Place::Code,
    range: Range { start: 0, end: 0 },
    scope: ScopeId(0),
    owner: OwnerId(0),
    in_macro: false,
    certainty: Certainty::Sure,
    cfg: CfgId(0),
};

fn pack(paths: &[PathUse]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(paths.len() * 6 + 4);
    number(paths.len() as u32, &mut bytes);
    let mut before = &BEFORE;
    for path in paths {
        let count = path.segments.end - path.segments.start;
        bytes.extend_from_slice(&head(path, before, count).to_le_bytes());
        // The text goes on from left to right; where it does not, the difference wraps around.
        number(path.range.start.wrapping_sub(before.range.start), &mut bytes);
        number(path.range.end.wrapping_sub(path.range.start), &mut bytes);
        let more = [
            (path.stand_for_self != before.stand_for_self, u32::from(path.stand_for_self)),
            (path.scope != before.scope, path.scope.0),
            (path.owner != before.owner, path.owner.0),
            (path.cfg != before.cfg, path.cfg.0),
            (path.segments.start != before.segments.end, path.segments.start),
            (count >= MANY, count),
        ];
        more.iter().filter(|(said, _)| *said).for_each(|(_, it)| number(*it, &mut bytes));
        before = path;
    }
    bytes
}

fn head(path: &PathUse, before: &PathUse, count: u32) -> u16 {
    let flags = [
        (GLOBAL, path.global),
        (IN_MACRO, path.in_macro),
        (IF_RESOLVED, path.certainty == Certainty::IfResolved),
        (SELF, path.stand_for_self != before.stand_for_self),
        (SCOPE, path.scope != before.scope),
        (OWNER, path.owner != before.owner),
        (CFG, path.cfg != before.cfg),
        (APART, path.segments.start != before.segments.end),
    ];
    let flags = flags.iter().map(|(flag, is)| if *is { *flag } else { 0 }).sum::<u16>();
    let (namespace, place) = (path.namespace as u16, path.place as u16);
    let count = count.min(MANY) as u16;
    flags | (namespace << NAMESPACE) | (place << PLACE) | (count << SEGMENTS)
}

fn number(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Makes a path the one behind it.
fn next(path: &mut PathUse, bytes: &mut &[u8]) -> Option<()> {
    let (head, rest) = bytes.split_first_chunk::<2>()?;
    let head = u16::from_le_bytes(*head);
    *bytes = rest;
    let has = |flag: u16| head & flag != 0;
    path.global = has(GLOBAL);
    path.in_macro = has(IN_MACRO);
    path.certainty = if has(IF_RESOLVED) { Certainty::IfResolved } else { Certainty::Sure };
    path.namespace = *NAMESPACES.get(((head >> NAMESPACE) & 3) as usize)?;
    path.place = *PLACES.get(((head >> PLACE) & 3) as usize)?;
    let start = path.range.start.wrapping_add(take(bytes)?);
    path.range = Range { start, end: start.wrapping_add(take(bytes)?) };
    if has(SELF) {
        path.stand_for_self = u8::try_from(take(bytes)?).ok()?;
    }
    if has(SCOPE) {
        path.scope = ScopeId(take(bytes)?);
    }
    if has(OWNER) {
        path.owner = OwnerId(take(bytes)?);
    }
    if has(CFG) {
        path.cfg = CfgId(take(bytes)?);
    }
    let start = if has(APART) { take(bytes)? } else { path.segments.end };
    let count = match u32::from(head >> SEGMENTS) {
        MANY => take(bytes)?,
        few => few,
    };
    path.segments = Segments { start, end: start.checked_add(count)? };
    Some(())
}

fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in [0, 7, 14, 21, 28] {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths() -> Vec<PathUse> {
        let path = |start, segments: (u32, u32)| PathUse {
            range: Range { start, end: start + 200 },
            segments: Segments { start: segments.0, end: segments.1 },
            ..BEFORE
        };
        vec![
            path(7, (0, 2)),
            PathUse { global: true, namespace: Namespace::Value, ..path(900, (2, 3)) },
            // Back in the text, in a macro, with segments of another place and many of them.
            PathUse { in_macro: true, place: Place::MacroName, ..path(40, (9, 24)) },
            PathUse { stand_for_self: 2, scope: ScopeId(300), ..path(41, (24, 300)) },
            PathUse { owner: OwnerId(1), cfg: CfgId(70_000), ..path(u32::MAX - 200, (300, 300)) },
            PathUse { certainty: Certainty::IfResolved, place: Place::Attribute, ..BEFORE },
            PathUse { namespace: Namespace::Macro, ..path(8, (300, 301)) },
        ]
    }

    #[test]
    fn paths_come_back_as_they_were() {
        let packed = Paths::pack(&paths());
        assert_eq!(packed.iter().collect::<Vec<_>>(), paths());
        assert_eq!(packed.len(), paths().len());
        assert!(Paths::default().is_empty() && Paths::default().iter().next().is_none());
        let kept = postcard::to_allocvec(&packed).unwrap();
        assert_eq!(postcard::from_bytes::<Paths>(&kept).unwrap(), packed);
    }

    #[test]
    fn other_bytes_are_no_paths_and_no_harm() {
        let bytes = pack(&paths());
        for end in 0..bytes.len() {
            assert!(Paths(bytes[..end].into()).iter().count() < paths().len(), "{end} bytes");
        }
        assert_eq!(Paths([0xff, 0xff, 0xff, 0xff, 0x0f].into()).iter().count(), 0);
    }

    #[test]
    fn a_path_behind_the_other_takes_few_bytes() {
        let path = |at| PathUse {
            range: Range { start: at * 9, end: at * 9 + 5 },
            segments: Segments { start: at, end: at + 1 },
            ..BEFORE
        };
        assert_eq!(pack(&(0..100).map(path).collect::<Vec<_>>()).len(), 401);
    }
}
