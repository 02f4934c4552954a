//! What a file said before and what it says now → where everything has moved, if that is all.
//!
//! Most edits change neither what a file declares nor what it names: a comment, a literal, a line
//! further up. What its names were found to mean, they still mean.

use super::{FileFacts, PathUse, Paths, Range, Scope};

/// Where each place of a file's facts is now.
#[derive(Debug)]
pub struct Moved {
    /// Every place as it was, and as it is now; in order, which is the same.
    places: Vec<(Range, Range)>,
}

impl Moved {
    /// The place of today; none if nothing stood there.
    pub fn now(&self, before: Range) -> Option<Range> {
        let at = self.places.binary_search_by_key(&before, |(before, _)| *before).ok()?;
        Some(self.places[at].1)
    }
}

/// Where everything has moved; none if the file says something else now, or in another order. What
/// excuses findings, and which macros could not be read, is not compared: no name depends on it.
pub fn moved(before: &FileFacts, now: &FileFacts) -> Option<Moved> {
    if before.syntax_error.is_some() || now.syntax_error.is_some() {
        return None;
    }
    let [(before, old), (now, new)] = [before, now].map(without_places);
    if before != now {
        return None;
    }
    let mut places: Vec<(Range, Range)> = old.into_iter().zip(new).collect();
    places.sort_unstable();
    places.dedup();
    let in_order = places.windows(2).all(|pair| {
        let [(one, one_now), (two, two_now)] = [pair[0], pair[1]];
        one < two
            && one_now < two_now
            && (one.start == two.start) == (one_now.start == two_now.start)
    });
    in_order.then_some(Moved { places })
}

/// The facts as if all stood at the beginning, and where it does stand.
fn without_places(facts: &FileFacts) -> (FileFacts, Vec<Range>) {
    let mut facts = facts.clone();
    facts.lines = 0;
    facts.suppressions.clear();
    facts.macros_not_read.clear();
    let mut places = Vec::new();
    let mut paths: Vec<PathUse> = facts.paths.iter().collect();
    each_place(&mut facts, &mut paths, |place| places.push(std::mem::take(place)));
    facts.paths = Paths::pack(&paths);
    (facts, places)
}

/// Visits every place; whoever adds one to the facts is reminded of it here.
fn each_place(facts: &mut FileFacts, paths: &mut [PathUse], mut visit: impl FnMut(&mut Range)) {
    let FileFacts {
        lines: _,
        syntax_error: _,
        names: _,
        cfgs: _,
        owners: _,
        scopes,
        modules,
        items,
        macros,
        segments: _,
        imports,
        paths: _,
        macro_calls,
        includes,
        macros_not_read: _,
        suppressions: _,
    } = facts;
    for Scope { start, .. } in scopes {
        let mut place = Range { start: *start, end: *start };
        visit(&mut place);
        *start = place.start;
    }
    let modules = modules.iter_mut().map(|it| &mut it.range);
    let items = items.iter_mut().map(|it| &mut it.range);
    let macros = macros.iter_mut().map(|it| &mut it.range);
    let imports = imports.iter_mut().map(|it| &mut it.range);
    let paths = paths.iter_mut().map(|it| &mut it.range);
    let macro_calls = macro_calls.iter_mut().map(|it| &mut it.range);
    let includes = includes.iter_mut().map(|it| &mut it.range);
    let all = modules.chain(items).chain(macros).chain(imports);
    all.chain(paths).chain(macro_calls).chain(includes).for_each(visit);
}

#[cfg(test)]
mod tests {
    use super::super::extract;
    use super::*;

    fn is_moved(before: &str, now: &str) -> bool {
        moved(&extract(before), &extract(now)).is_some()
    }

    #[test]
    fn what_says_the_same_further_down_has_moved() {
        let (before, now) =
            ("use a::b;\nfn f() { b::c(1) }", "// more\nuse a::b;\n\nfn f() { b::c(22) }");
        let (before, now) = (extract(before), extract(now));
        let moved = moved(&before, &now).unwrap();
        assert_eq!(moved.now(before.imports[0].range), Some(now.imports[0].range));
        assert_eq!(moved.now(before.items[0].range), Some(now.items[0].range));
        assert_eq!(before.paths.len(), 1);
        for (before, now) in before.paths.iter().zip(now.paths.iter()) {
            assert_eq!(moved.now(before.range), Some(now.range));
        }
        assert_eq!(moved.now(Range { start: 1, end: 2 }), None);
    }

    #[test]
    fn what_says_something_else_has_not() {
        let before = "use a::b;\nfn f() { b::c() }";
        assert!(is_moved(before, before));
        for now in [
            "use a::b;\nfn f() { b::d() }",
            "use a::b;\nfn f() { b::c(); b::c() }",
            "use a::b;\npub fn f() { b::c() }",
            "use a::b;\nfn g() { b::c() }",
            "use a::b as c;\nfn f() { b::c() }",
            "use a::b;\n#[cfg(x)]\nfn f() { b::c() }",
            "use a::b;\nfn f() { b::c() }\nfn g() {}",
            "use a::b;\nfn f() { b::c( }",
        ] {
            assert!(!is_moved(before, now), "{now}");
            assert!(!is_moved(now, before), "{now}");
        }
    }

    #[test]
    fn what_stands_on_the_other_side_of_a_macro_has_not_just_moved() {
        let definition = "macro_rules! m { () => {} }";
        let (above, below) = (format!("{definition}\nmod a;"), format!("mod a;\n{definition}"));
        assert!(is_moved(&above, &format!("\n{above}")));
        assert!(!is_moved(&above, &below));
        let (above, below) = (
            format!("{definition}\nfn f() {{ m!() }}"),
            format!("fn f() {{ m!() }}\n{definition}"),
        );
        assert!(!is_moved(&above, &below));
    }
}
