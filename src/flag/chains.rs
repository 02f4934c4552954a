//! What a chain of methods does with what it begins with: hands it on, or uses it up.

use super::Ground;
use super::finds::{Find, Place};
use super::library::Read;
use super::receivers::type_of;
use crate::extract::Range;
use crate::extract::sites::{Function, Site};

impl Ground<'_> {
    /// Whether a function hands on what is built at a place: then its callers are to be judged.
    pub(super) fn hands_on(&self, read: &Read<'_>, find: &Find) -> bool {
        let Place::Site(id) = find.place else { return false };
        let site = read.site(id);
        let Some(function) = read.sites.function_of(site.frame) else { return false };
        if !site.fate.returned || self.in_closure(read, find.place) {
            return false;
        }
        let constructor = self.makes_own(read, function) && site.fate.stored;
        let kept = self.is_kept(site, &find.path) && self.returns_more_than_std(read, function);
        constructor || kept || self.returns_it(read, function, &find.path)
    }

    /// Whether a function returns anything beyond the types of the standard library: a `String` or
    /// a `bool` is made with what is expensive, and is not that.
    fn returns_more_than_std(&self, read: &Read<'_>, function: &Function) -> bool {
        let is_std = |range: &Range| {
            let meanings = self.paths.at(read.file, *range);
            meanings.is_empty() || meanings.iter().all(|one| one.path.starts_with("std::"))
        };
        function.returns_self || !function.returns.iter().all(is_std)
    }

    /// Whether what is returned there is what a closure returns.
    fn in_closure(&self, read: &Read<'_>, place: Place) -> bool {
        use crate::extract::sites::FrameKind;
        let frames = read.sites.around(read.frame(place));
        let up_to_function =
            frames.take_while(|(_, frame)| !matches!(frame.kind, FrameKind::Function(_)));
        let mut closures =
            up_to_function.filter(|(_, frame)| matches!(frame.kind, FrameKind::Closure { .. }));
        closures.any(|(_, frame)| match &frame.kind {
            // A closure behind the same chain, `unwrap_or_else(|_| Client::new())`, is seen through.
            FrameKind::Closure { argument_of: Some((call, _)), .. } => {
                let call = read.site(*call);
                !matches!(&call.kind, crate::extract::sites::SiteKind::Method { name, .. }
                    if self.code.policy.contexts.keepers.fit(name))
            }
            _ => true,
        })
    }

    /// Whether the chain's result is still the thing that was built.
    fn is_kept(&self, site: &Site, path: &str) -> bool {
        let known = &self.code.policy.contexts;
        let mut names = path.rsplit("::").take(2);
        let mut building = names.any(|name| known.builders.fit(name));
        site.chain.iter().all(|method| {
            if building {
                building = !known.finishers.fit(method);
                return true;
            }
            known.keepers.fit(method)
        })
    }

    /// Whether the return type names what is built, or what its builder builds.
    fn returns_it(&self, read: &Read<'_>, function: &Function, path: &str) -> bool {
        let Some(made) = type_of(path) else { return false };
        let last = made.rsplit("::").next().unwrap_or_default();
        let made = last.strip_suffix("Builder").unwrap_or(last);
        let named = |range| {
            let meanings = self.paths.at(read.file, range).into_iter();
            meanings.map(|one| one.path).any(|path| path.rsplit("::").next() == Some(made))
        };
        !made.is_empty() && function.returns.iter().any(|range| named(*range))
    }
}
