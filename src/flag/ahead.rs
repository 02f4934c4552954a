//! Where words stand in texts, found while names are still being resolved: that takes one core for
//! long stretches, and words mean the same whatever names mean.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Sheets;
use super::everywhere::Everywhere;
use super::lookout::Lookout;
use super::notes::{Listed, Notes};
use super::plans::Sought;
use crate::boundaries::flag::Flag;
use crate::boundaries::flag::contexts::Contexts;
use crate::boundaries::policy::Scopes;
use crate::cache::Key;
use crate::extract::sites::Sheet;
use crate::model::{FileId, Sources};
use crate::resolve::FactsByFile;

/// What was found in all texts, if that is what the rules turn out to look for.
#[derive(Debug)]
pub struct Ahead {
    /// The name of what was looked for.
    sought: Key,
    listed: BTreeMap<FileId, Listed>,
}

/// What is there before names are resolved.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// Every file that was read.
    pub sources: &'a Sources,
    /// The facts of the Rust files.
    pub files: &'a FactsByFile,
    /// What an earlier run has read of files' syntax; none: nobody keeps it.
    pub sheets: Option<&'a Sheets<'a>>,
}

/// Looks for the words of rules that are awake, in their order, in every text of which it is not
/// known where they stand.
pub fn ahead(texts: Texts<'_>, flags: &[&Flag], contexts: &Contexts) -> Ahead {
    let (mut sought, everywhere) = (Sought::default(), Everywhere::new(contexts));
    let anywhere = Scopes::default();
    for flag in flags {
        sought.plan(flag, &anywhere, &everywhere);
    }
    let lookout = Lookout::new(sought.words, sought.demands);
    let is_known = |file: &FileId| {
        let bytes = texts.sheets.and_then(|sheets| sheets.get(file));
        let notes = bytes
            .and_then(|bytes| Sheet::open(bytes))
            .map(|sheet| Notes::open(sheet.notes, lookout.sought, lookout.demands.len()));
        notes.is_some_and(|notes| notes.listed.is_some())
    };
    let files: Vec<FileId> = texts.files.facts.keys().copied().collect();
    let files = files.into_par_iter().filter(|file| !is_known(file));
    let listed = files.map(|file| (file, lookout.sieve.find(&texts.sources.file(file).text)));
    Ahead { sought: lookout.sought, listed: listed.collect() }
}

impl Ahead {
    /// Where words stand in a file, if it is these that are looked for.
    pub(super) fn listed(&self, file: FileId, sought: Key) -> Option<&Listed> {
        self.listed.get(&file).filter(|_| self.sought == sought)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundaries::policy::Verb;
    use crate::flag::{Code, flag};
    use crate::graph::Graph;
    use crate::judge::{Case, judge};
    use crate::sketch::sketch;

    const RULE: &str = "[settings]\nantipatterns = false\n[[rule]]\nid = \"exact\"\nflag = { method = [\"read_exact\"] }\n";

    /// How much is found, where somebody has looked ahead and tells `told` of it.
    fn found(told: impl Fn(Ahead) -> Ahead) -> usize {
        let mut sketch =
            sketch([("shop/src/lib.rs", "fn f(x: X) {\n    x.read_exact();\n    x.read();\n}\n")]);
        let config = sketch.sources.add("boundaries.toml".into(), RULE.to_owned());
        let (sources, files, workspace) = (&sketch.sources, &sketch.files, &sketch.workspace);
        let case = Case { built_in: true, ..Case::new(workspace, sources, files, config) };
        let policy = judge(case, sketch.resolve()).unwrap().policy;
        let flags = policy.rules.iter().filter_map(|rule| match &rule.verb {
            Verb::Flag { flag, .. } => Some(&**flag),
            _ => None,
        });
        let texts = Texts { sources, files, sheets: None };
        let ahead = told(ahead(texts, &flags.collect::<Vec<_>>(), &policy.contexts));
        let graph = &Graph::new(sketch.resolve());
        let (sheets, today, policy) = (None, None, &policy);
        let ahead = Some(&ahead);
        let code = Code { workspace, sources, files, graph, policy, today, sheets, ahead };
        flag(code).checked.violations.len()
    }

    fn nowhere(ahead: Ahead) -> BTreeMap<FileId, Listed> {
        ahead.listed.into_keys().map(|file| (file, Listed::new())).collect()
    }

    #[test]
    fn who_has_looked_ahead_is_believed_where_he_looked_for_the_same() {
        assert_eq!(found(|ahead| ahead), 1);
        assert_eq!(found(|ahead| Ahead { sought: ahead.sought, listed: nowhere(ahead) }), 0);
        assert_eq!(found(|ahead| Ahead { sought: Key::of(b""), listed: nowhere(ahead) }), 1);
    }
}
