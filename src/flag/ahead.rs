//! What texts say to rules, found while names are still being resolved: that takes one core for long
//! stretches, and words mean the same whatever names mean.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::everywhere::Everywhere;
use super::lookout::Lookout;
use super::notes::{Listed, Notes, of_list};
use super::plans::{Plan, Sought, Where};
use super::{AT_A_TIME, Sheets};
use crate::boundaries::flag::Flag;
use crate::boundaries::flag::contexts::Contexts;
use crate::boundaries::policy::Scopes;
use crate::cache::Key;
use crate::extract::FileFacts;
use crate::extract::sites::{self, Pieces, Sheet};
use crate::model::{FileId, Sources};
use crate::resolve::{FactsByFile, ScopesByFile};

/// What was found in all texts, if that is what the rules turn out to look for.
#[derive(Debug)]
pub struct Ahead {
    /// The name of what was looked for.
    sought: Key,
    found: BTreeMap<FileId, Found>,
}

/// What was found in one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Which lists have a word in it, and where, in order.
    pub(super) listed: Listed,
    /// Whether each demand is met, where some rule will ask.
    pub(super) answers: Vec<Option<bool>>,
    /// The text in pieces, where some rule will look for them.
    pieces: Option<Pieces>,
}

/// What is there before names are resolved.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// Every file that was read.
    pub sources: &'a Sources,
    /// The facts of the Rust files.
    pub files: &'a FactsByFile,
    /// The parts of the build to which they can belong.
    pub scopes: &'a ScopesByFile,
    /// What an earlier run has read of files' syntax; none: nobody keeps it.
    pub sheets: Option<&'a Sheets<'a>>,
}

/// Looks for the words of rules that are awake, in their order, in every text that they judge and of
/// which it is not known where they stand.
pub fn ahead(texts: Texts<'_>, flags: &[(&Flag, Scopes)], contexts: &Contexts) -> Ahead {
    let (mut sought, everywhere) = (Sought::default(), Everywhere::new(contexts));
    let plans = flags.iter().map(|(flag, scopes)| sought.plan(flag, scopes, &everywhere));
    let plans: Vec<Plan<'_>> = plans.collect();
    let lookout = Lookout::new(sought.words, sought.demands);
    let is_known = |file: &FileId| {
        let bytes = texts.sheets.and_then(|sheets| sheets.get(file));
        let notes = bytes
            .and_then(|bytes| Sheet::open(bytes))
            .map(|sheet| Notes::open(sheet.notes, lookout.sought, lookout.demands.len()));
        notes.is_some_and(|notes| notes.listed.is_some())
    };
    let files: Vec<(&FileId, &FileFacts)> = texts.files.facts.iter().collect();
    let files = files.into_par_iter().with_max_len(AT_A_TIME).filter(|(file, _)| !is_known(file));
    let found = files.filter_map(|(file, facts)| {
        let scopes = texts.scopes.get(file)?;
        let is_judged = |plan: &&Plan<'_>| scopes.iter().any(|one| plan.scopes.contains(*one));
        let plans: Vec<&Plan<'_>> = plans.iter().filter(is_judged).collect();
        let is_sound = facts.syntax_error.is_none();
        let found = || found(&lookout, &plans, &texts.sources.file(*file).text, is_sound);
        (!plans.is_empty()).then(|| (*file, found()))
    });
    let found = found.collect::<Vec<_>>().into_iter().collect();
    Ahead { sought: lookout.sought, found }
}

/// What a text says, as far as no name has to be known for it.
fn found(lookout: &Lookout, plans: &[&Plan<'_>], text: &str, is_sound: bool) -> Found {
    let listed = lookout.sieve.find(text);
    let asked = lookout.demands.asked_of(text, &vec![None; lookout.demands.len()], &[]);
    let may_be = |place: &Where| match place {
        Where::Named(_) => false,
        Where::Listed(list) => !of_list(&listed, *list).is_empty(),
        Where::Spelled(number) => asked.holds(*number),
        Where::Anywhere => true,
    };
    let holds = |plan: &Plan<'_>| plan.demands.iter().all(|one| asked.holds(*one));
    let looks = |plan: &&&Plan<'_>| plan.places.iter().any(may_be) && holds(plan);
    // Each plan is counted, so that each has asked.
    let looking = plans.iter().filter(looks).count();
    let pieces = (looking > 0 && is_sound).then(|| sites::pieces(text));
    let answers = asked.answers();
    Found { listed, answers, pieces }
}

impl Ahead {
    /// What was found in a file, if it is these words that are looked for.
    pub(super) fn found(&self, file: FileId, sought: Key) -> Option<&Found> {
        self.found.get(&file).filter(|_| self.sought == sought)
    }

    /// A file in pieces, whatever is looked for.
    pub(super) fn pieces(&self, file: FileId) -> Option<&Pieces> {
        self.found.get(&file)?.pieces.as_ref()
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
            Verb::Flag { flag, .. } => Some((&**flag, rule.scopes.clone())),
            _ => None,
        });
        let scopes = &sketch.scopes();
        let texts = Texts { sources, files, scopes, sheets: None };
        let ahead = told(ahead(texts, &flags.collect::<Vec<_>>(), &policy.contexts));
        let graph = &Graph::new(sketch.resolve());
        let (sheets, today, policy) = (None, None, &policy);
        let ahead = Some(&ahead);
        let code = Code { workspace, sources, files, graph, policy, today, sheets, ahead };
        flag(code).checked.violations.len()
    }

    fn nowhere(ahead: Ahead) -> BTreeMap<FileId, Found> {
        ahead.found.into_keys().map(|file| (file, Found::default())).collect()
    }

    #[test]
    fn who_has_looked_ahead_is_believed_where_he_looked_for_the_same() {
        assert_eq!(found(|ahead| ahead), 1);
        assert_eq!(found(|ahead| Ahead { sought: ahead.sought, found: nowhere(ahead) }), 0);
        assert_eq!(found(|ahead| Ahead { sought: Key::of(b""), found: nowhere(ahead) }), 1);
    }
}
