//! A member's own `boundaries.toml`: rules on top of those of the workspace.
//!
//! Invariants: it tightens and never loosens; its rules speak of what the member's package names, and
//! of nobody else; it names no components and changes no settings.

use std::collections::BTreeMap;

use crate::discover::{PackageId, Workspace};
use crate::load::configuration::NESTED;
use crate::model::{FileId, Sources, Span};

use super::Problem;
use super::parse;
use super::selector::{Pattern, Selector};
use super::written::{Boundaries, Rule};

/// The members' own files among those that were read, in the order of the members. In the folder of
/// the workspace itself lies the workspace's file.
pub fn files(workspace: &Workspace, sources: &Sources, config: FileId) -> Vec<(PackageId, FileId)> {
    let named = (0..).map(FileId).zip(&sources.files);
    let named = named.filter(|(id, file)| *id != config && file.path.file_name() == Some(NESTED));
    let by_folder: BTreeMap<_, FileId> =
        named.filter_map(|(id, file)| Some((file.path.parent()?, id))).collect();
    let packages = (0..).map(PackageId).zip(&workspace.packages);
    packages
        .filter(|(_, package)| !package.folder.as_str().is_empty())
        .filter_map(|(id, package)| Some((id, *by_folder.get(package.folder.as_path())?)))
        .collect()
}

/// Reads the workspace's file and those of its members as one.
pub(super) fn read(
    workspace: &Workspace,
    sources: &Sources,
    config: FileId,
) -> (Boundaries, Vec<Problem>) {
    let (mut boundaries, mut problems) = parse::parse(&sources.file(config).text, config);
    for (member, file) in files(workspace, sources, config) {
        let (rules, faults) =
            parse::parse_nested(&sources.file(file).text, file, boundaries.settings.required);
        problems.extend(faults);
        let package = &workspace.packages[member.0 as usize].name;
        for mut rule in rules {
            rule.member = Some(member);
            rule.selectors_mut().into_iter().for_each(|one| own(one, package));
            match boundaries.rules.iter().find(|other| other.id == rule.id) {
                Some(other) => problems.push(clash(&rule, other)),
                None => boundaries.rules.push(rule),
            }
        }
    }
    (boundaries, problems)
}

fn clash(rule: &Rule, other: &Rule) -> Problem {
    let of_workspace = other.member.is_none();
    let whose = if of_workspace { "of the workspace" } else { "of another member" };
    let message = format!("`{}` is a rule {whose} already", rule.id);
    let help = if of_workspace {
        "a member's file adds rules, and neither changes nor excuses those of the workspace: give it \
         an `id` of its own"
    } else {
        "give one of them an `id` of its own"
    };
    let problem = Problem::fatal("config/duplicate-id", rule.id_span, message).with_help(help);
    Problem { related: vec![(other.id_span, "the rule of this name".to_owned())], ..problem }
}

/// `crate` and `self` stand for the package in whose folder the file lies.
fn own(selector: &mut Selector, package: &str) {
    let is_lone = selector.segments.len() == 1;
    let Some(first) = selector.segments.first_mut().filter(|_| !selector.external) else { return };
    let Pattern::Name(name) = &first.pattern else { return };
    let Some(rest) = ["crate", "self"].into_iter().find(|own| own == name) else { return };
    let plain = package.replace('-', "_");
    // A lone name may be that of a component, which `crate` never means.
    first.pattern =
        if is_lone { Pattern::Glob(format!("{plain}/*/*")) } else { Pattern::Name(plain) };
    selector.text = selector.text.replacen(rest, package, 1);
}

/// A key that only the workspace's file may have.
pub(super) fn not_here(key: &str, span: Span) -> Problem {
    let message = format!("`{key}` has no place in a member's file");
    Problem::fatal("config/nested", span, message).with_help(
        "a member's file adds rules, which tighten; write this into the `boundaries.toml` of the \
         workspace",
    )
}
