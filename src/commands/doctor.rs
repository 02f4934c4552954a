//! `cargo archlint doctor`: what is odd about the configuration itself.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;

use super::arguments::DoctorCommand;
use super::workspace::{Read, read};
use super::{configuration, output};
use crate::boundaries::policy::Policy;
use crate::boundaries::{Grade, bind, parse};
use crate::check::Checked;
use crate::doctor::doctor;
use crate::graph::Graph;
use crate::judge::of_problem;
use crate::model::Severity;
use crate::report::{Format, Style, write};
use crate::settle::{Debt, Settle, Summary, settle};

/// Reads the configuration as `check` does, and judges it instead of the code.
pub(super) fn run(arguments: &DoctorCommand) -> anyhow::Result<ExitCode> {
    let format = Format::parse(&arguments.format).with_context(|| {
        let known = Format::ALL.map(Format::name).join(", ");
        format!("no format `{}`; there are {known}", arguments.format)
    })?;
    let invocation = &arguments.invocation;
    let Read { workspace, mut sources, resolution, .. } = read(invocation)?;
    let config = configuration::read(invocation, &workspace, &mut sources)?;
    let (written, mut problems) = parse(&sources.file(config).text, config);
    let (policy, more) = bind(&written, &workspace, &resolution);
    problems.extend(more);
    let unusable = problems.iter().any(|problem| problem.grade == Grade::Fatal);
    let mut others: Vec<_> = problems.into_iter().map(of_problem).collect();
    others.extend(doctor(&Graph::new(resolution), &policy));
    let denied = others.iter().any(|one| one.severity == Severity::Deny);
    let none = BTreeSet::new();
    let verdict = settle(Settle {
        checked: Checked::default(),
        policy: &Policy::default(),
        others,
        suppressions: Vec::new(),
        known_rules: &none,
        judged_rules: &none,
        debt: Debt::default(),
        sources: &sources,
        summary: Summary {
            files: 1,
            lines: lines(&sources.file(config).text),
            ..Summary::default()
        },
    });
    let style = Style {
        color: output::colored(invocation.color),
        ascii: output::ascii(),
        quiet: invocation.quiet,
        ..Style::default()
    };
    let mut out = output::stdout();
    write(&verdict, &sources, format, style, &mut out)?;
    out.flush()?;
    Ok(ExitCode::from(if unusable { 2 } else { u8::from(denied) }))
}

fn lines(text: &str) -> usize {
    text.lines().count()
}
