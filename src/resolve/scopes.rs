//! The parts of the build to which code belongs.

use rustc_hash::FxHashMap;

use super::modules::{Declared, FactsByFile, Tree};
use crate::discover::TargetKind;
use crate::model::{CodeScope, FileId};

/// The parts of the build to which something in a file can belong, as far as that can be told before
/// names are resolved.
pub type ScopesByFile = FxHashMap<FileId, Vec<CodeScope>>;

impl Tree<'_> {
    /// To which parts the files of the tree belong.
    pub fn scopes(&self, files: &FactsByFile) -> ScopesByFile {
        let mut scopes = ScopesByFile::default();
        let mut in_tests: Vec<bool> = Vec::with_capacity(self.bodies.len());
        for body in &self.bodies {
            let is_test = |declared: &Declared| {
                let facts = &files.facts[&self.bodies[declared.body].file];
                in_tests[declared.body] || facts.cfgs[declared.cfg.0 as usize].test
            };
            let mut declared = body.declared.iter().chain(&body.declared_again).peekable();
            let only_tests = declared.peek().is_some() && declared.all(is_test);
            let krate = self.modules[body.modules[0].0 as usize].krate;
            let target = self.crates[krate as usize].target;
            let known = scopes.entry(body.file).or_default();
            for test in [true, only_tests] {
                let scope = code_scope(target, test);
                if !known.contains(&scope) {
                    known.push(scope);
                }
            }
            in_tests.push(only_tests);
        }
        scopes
    }
}

/// The part to which code of a target belongs, in test builds only or not.
pub(super) fn code_scope(target: TargetKind, test: bool) -> CodeScope {
    match target {
        TargetKind::Lib | TargetKind::Bin if test => CodeScope::Test,
        TargetKind::Lib | TargetKind::Bin => CodeScope::Normal,
        TargetKind::Test => CodeScope::Test,
        TargetKind::Bench => CodeScope::Bench,
        TargetKind::Example => CodeScope::Example,
        TargetKind::Build => CodeScope::Build,
    }
}
