//! How often the rules that come with the program are right: `LABELS.csv WORKSPACES_DIR [RULE]`.
//!
//! The table has the columns corpus, file, line, rule, verdict (bad, debatable, ok), reason. A corpus is a
//! folder of that name; a label's rule is the id or a tag of a page. With a third argument every
//! finding of that rule is listed, labelled or not.

#![expect(clippy::disallowed_methods, reason = "reads the table and the corpora")]
#![expect(clippy::print_stdout, reason = "it is what the program is for")]

mod run;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;

use run::Report;
use table::Label;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: labels LABELS.csv WORKSPACES_DIR [RULE]";
    let (labels, folder) = (arguments.next().context(usage)?, arguments.next().context(usage)?);
    let listed = arguments.next();
    let labels = table::read(&labels)?;
    let corpora: BTreeSet<&str> = labels.iter().map(|label| label.corpus.as_str()).collect();
    let mut reports = BTreeMap::new();
    for corpus in corpora {
        let found = run::reports(&folder, corpus).with_context(|| format!("in {corpus}"))?;
        if let Some(rule) = &listed {
            found.iter().filter(|one| one.is_of(rule)).for_each(|one| println!("{corpus}/{one}"));
        }
        reports.insert(corpus.to_owned(), found);
    }
    let rules: BTreeSet<&str> = labels.iter().map(|label| label.rule.as_str()).collect();
    for rule in rules {
        let own: Vec<&Label> = labels.iter().filter(|label| label.rule == rule).collect();
        score(rule, &own, &reports);
    }
    Ok(())
}

/// Prints how a rule did.
fn score(rule: &str, labels: &[&Label], reports: &BTreeMap<String, Vec<Report>>) {
    let all = reports.values().flatten().filter(|one| one.is_of(rule)).count();
    let hit = |label: &Label| reports[&label.corpus].iter().find(|one| one.meets(label));
    let count = |verdict: &str, flagged: bool| {
        let those = labels.iter().filter(|label| label.verdict == verdict);
        those.filter(|label| !flagged || hit(label).is_some()).count()
    };
    let (bad, ok, debatable) = (count("bad", true), count("ok", true), count("debatable", true));
    let [bad_all, ok_all, debatable_all] = ["bad", "ok", "debatable"].map(|one| count(one, false));
    println!("{rule}: {all} findings in all");
    println!(
        "  flagged: bad {bad}/{bad_all}, debatable {debatable}/{debatable_all}, ok {ok}/{ok_all}"
    );
    println!("  precision (bad vs ok) {}, recall {}", share(bad, bad + ok), share(bad, bad_all));
    for label in labels {
        match (label.verdict.as_str(), hit(label)) {
            ("bad", None) => println!("  missed  {label}"),
            ("ok", Some(report)) => println!("  wrong   {label}\n          {}", report.message),
            _ => {}
        }
    }
}

fn share(part: usize, whole: usize) -> String {
    match whole {
        0 => "-".to_owned(),
        whole => format!("{} %", (part * 100 + whole / 2) / whole),
    }
}
