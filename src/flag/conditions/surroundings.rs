//! Conditions about where code stands: the same for the construction and for each of its callers.

use super::Case;
use crate::boundaries::flag::pattern::any_fits;
use crate::boundaries::flag::{Condition, Context, CrateIs, SignatureIs, VisibilityIs};
use crate::discover::{Package, TargetKind};
use crate::extract::sites::{Function, FunctionId, SiteId, SiteKind, TypeItem, TypePlace};
use crate::flag::around::Around;
use crate::flag::calls::Allowed;
use crate::flag::finds::Place;
use crate::resolve::NodeKind;

impl Case<'_, '_> {
    /// Whether such a condition holds; none where it is another kind of condition.
    pub(super) fn surroundings(&self, condition: &Condition) -> Option<bool> {
        Some(match condition {
            Condition::In(contexts) => self.is_in(contexts),
            Condition::Visibility(all) => {
                self.visibility().is_some_and(|visibility| all.contains(&visibility))
            }
            Condition::Signature(wanted) => {
                self.function().is_some_and(|function| self.signature(wanted, function))
            }
            Condition::Function(words) => {
                self.function().is_some_and(|function| words.fit(&function.name))
            }
            Condition::TraitImpl(patterns) => {
                let of = self.function().and_then(|function| function.of_trait);
                let paths = of.map(|range| self.ground.paths.at(self.read.file, range));
                paths.is_some_and(|all| all.iter().any(|one| any_fits(patterns, &one.path)))
            }
            Condition::Module(patterns) => {
                let owner = self.ground.owner(self.read, self.find.place);
                let path = owner.map(|owner| self.ground.code.graph.resolution.path(owner));
                path.is_some_and(|path| patterns.iter().any(|pattern| pattern.covers(&path)))
            }
            Condition::CrateKind(kinds) => {
                self.crate_kind().is_some_and(|kind| kinds.contains(&kind))
            }
            Condition::DependsOn(crates) => {
                self.package().is_some_and(|package| depends(package, crates))
            }
            Condition::CalledFrom { contexts, depth } => self.called_from(contexts, *depth),
            Condition::OnlyCalledFrom(contexts) => self.only_called_from(contexts),
            _ => return None,
        })
    }

    fn is_in(&self, contexts: &[Context]) -> bool {
        let registered = || {
            let function = self.around.function;
            function.is_some_and(|id| self.ground.is_registered(self.read, id))
        };
        self.around.contexts.any(contexts) || (contexts.contains(&Context::Handler) && registered())
    }

    /// The declared function, else the one around.
    fn function(&self) -> Option<&Function> {
        self.function_id().map(|id| self.read.function(id))
    }

    fn function_id(&self) -> Option<FunctionId> {
        match self.find.place {
            Place::Function(id) => Some(id),
            Place::Site(id) => self.signed(id).or(self.around.function),
            _ => self.around.function,
        }
    }

    /// The function in whose signature a type is named.
    fn signed(&self, site: SiteId) -> Option<FunctionId> {
        let site = self.read.site(site);
        let SiteKind::Type(TypePlace::Parameter | TypePlace::Return) = site.kind else {
            return None;
        };
        let names = |one: &Function| {
            one.parameters.contains(&site.range) || one.returns.contains(&site.range)
        };
        let mut functions = (0..).map(FunctionId).zip(&self.read.sites.functions);
        functions.find(|(_, one)| names(one)).map(|(id, _)| id)
    }

    /// The type in whose field a type is named.
    fn holder(&self) -> Option<&TypeItem> {
        let Place::Site(id) = self.find.place else { return None };
        let range = self.read.site(id).range;
        let mut types = self.read.sites.types.iter();
        types.find(|one| one.fields.iter().any(|field| field.types.contains(&range)))
    }

    fn visibility(&self) -> Option<VisibilityIs> {
        let sites = &self.read.sites;
        let global = |at: usize| &sites.globals[at];
        let (name, exported) = match (self.find.place, self.around.global) {
            (Place::Type(at) | Place::Field(at, _), _) => {
                (sites.types[at].range, sites.types[at].exported)
            }
            (Place::Global(at), _) => (global(at).range, global(at).exported),
            (Place::Site(_), Some(at)) => (global(at as usize).range, global(at as usize).exported),
            _ => match self.holder() {
                Some(holder) => (holder.range, holder.exported),
                None => self.function().map(|one| (one.range, one.exported))?,
            },
        };
        Some(match exported {
            false => VisibilityIs::Private,
            true if self.is_public(name.start) => VisibilityIs::Public,
            true => VisibilityIs::Exported,
        })
    }

    /// Whether what is declared here has `pub` alone: told by the words before its name.
    fn is_public(&self, name: u32) -> bool {
        let before = self.read.text.get(..name as usize).unwrap_or_default();
        let words = before.rsplit(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
        let declares =
            ["struct", "enum", "union", "static", "const", "fn", "async", "unsafe", "mut"];
        let first = words.filter(|word| !word.is_empty()).find(|word| !declares.contains(word));
        first == Some("pub")
    }

    fn signature(&self, wanted: &SignatureIs, function: &Function) -> bool {
        let is = |wanted: Option<bool>, found: bool| wanted.is_none_or(|wanted| wanted == found);
        let named = |patterns: &[_], ranges: &[crate::extract::Range]| {
            let mut meanings =
                ranges.iter().flat_map(|range| self.ground.paths.at(self.read.file, *range));
            patterns.is_empty() || meanings.any(|meaning| any_fits(patterns, &meaning.path))
        };
        is(wanted.is_async, function.is_async)
            && is(wanted.returns_bool, function.returns_bool)
            && is(wanted.returns_self, function.returns_self)
            && is(wanted.never_returns, function.never_returns)
            && (wanted.takes_self.is_empty() || wanted.takes_self.contains(&function.takes_self))
            && named(&wanted.returns, &function.returns)
            && named(&wanted.parameters, &function.parameters)
    }

    fn crate_of(&self) -> Option<(&Package, TargetKind, &str)> {
        let owner = self.ground.owner(self.read, self.find.place)?;
        let resolution = &self.ground.code.graph.resolution;
        let root = resolution.node(resolution.crate_of(owner));
        let NodeKind::Crate { package, target } = root.kind else { return None };
        let package = self.ground.code.workspace.packages.get(package.0 as usize)?;
        Some((package, target, &root.name))
    }

    fn package(&self) -> Option<&Package> {
        self.crate_of().map(|(package, ..)| package)
    }

    fn crate_kind(&self) -> Option<CrateIs> {
        let (package, target, _) = self.crate_of()?;
        let library = || package.targets.iter().find(|one| one.kind == TargetKind::Lib);
        Some(match target {
            TargetKind::Lib if library().is_some_and(|one| one.proc_macro) => CrateIs::ProcMacro,
            TargetKind::Lib => CrateIs::Lib,
            TargetKind::Bin => CrateIs::Bin,
            TargetKind::Test => CrateIs::Test,
            TargetKind::Bench => CrateIs::Bench,
            TargetKind::Example => CrateIs::Example,
            TargetKind::Build => CrateIs::Build,
        })
    }

    fn called_from(&self, contexts: &[Context], depth: usize) -> bool {
        let callee = self.function_id().and_then(|id| self.ground.callee(self.read, id));
        let wanted = |around: &Around| around.contexts.any(contexts);
        callee.is_some_and(|callee| self.ground.reached_from(callee, depth, &wanted))
    }

    fn only_called_from(&self, contexts: &[Context]) -> bool {
        let callee = self.function_id().and_then(|id| self.ground.callee(self.read, id));
        let around = |around: &Around| around.contexts.any(contexts);
        let allowed = Allowed { scope: |_| false, around: &around };
        callee.is_some_and(|callee| self.ground.only_from(callee, allowed))
    }
}

fn depends(package: &Package, crates: &[String]) -> bool {
    let plain = |name: &str| name.replace('-', "_");
    let wanted: Vec<String> = crates.iter().map(|name| plain(name)).collect();
    package.dependencies.iter().any(|entry| wanted.contains(&plain(&entry.package)))
}
