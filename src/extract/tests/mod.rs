//! Source in, rendered facts out: one line per fact, in the order in which they were read.

mod attributes;
mod declarations;
mod imports;
mod macros;
mod paths;
mod shadowing;
mod suppressions;
mod texts;
mod ways;

use super::{
    Certainty, CfgId, FileFacts, ImportKind, ItemKind, Name, Namespace, OwnerId, PathUse, Place,
    Range, ScopeId, ScopeKind, Visibility, by_tokens, by_tree, extract,
};

/// Compares rendered facts with the expected ones, line by line, indentation apart; whichever way
/// they were read.
#[track_caller]
fn check(source: &str, render: fn(&Facts<'_>) -> Vec<String>, expected: &str) {
    let facts = Facts { text: source, facts: extract(source) };
    assert_eq!(facts.facts, by_tree(source), "the tree of {source}");
    assert_eq!(facts.facts.syntax_error, None, "in {source}");
    let expected: Vec<&str> =
        expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(render(&facts), expected, "of {source}");
}

/// Facts and the text that they speak of.
struct Facts<'a> {
    text: &'a str,
    facts: FileFacts,
}

impl Facts<'_> {
    fn name(&self, name: Name) -> &str {
        &self.facts.names[name.0 as usize]
    }

    fn joined(&self, segments: &[Name], global: bool) -> String {
        let words: Vec<&str> = segments.iter().map(|name| self.name(*name)).collect();
        format!("{}{}", if global { "::" } else { "" }, words.join("::"))
    }

    fn at(&self, range: Range) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }

    /// ` in Type.method`, if it stands in an item.
    fn owner(&self, mut id: OwnerId) -> String {
        let mut names = Vec::new();
        while id != OwnerId(0) {
            let owner = &self.facts.owners[id.0 as usize];
            let of = owner.of_trait.map(|name| format!("<{}>", self.name(name)));
            names.push(format!("{}{}", self.name(owner.name), of.unwrap_or_default()));
            id = owner.parent;
        }
        names.reverse();
        if names.is_empty() { String::new() } else { format!(" in {}", names.join(".")) }
    }

    /// ` if unix`, with `(test)` where only test builds have it.
    fn cfg(&self, id: CfgId) -> String {
        let cfg = &self.facts.cfgs[id.0 as usize];
        match (cfg.text.is_empty(), cfg.test) {
            (true, _) => String::new(),
            (false, false) => format!(" if {}", cfg.text),
            (false, true) => format!(" if {} (test)", cfg.text),
        }
    }

    /// ` @module`, ` @block`: outside of the file's own scope.
    fn scope(&self, id: ScopeId) -> String {
        match self.facts.scopes[id.0 as usize].kind {
            ScopeKind::File => String::new(),
            ScopeKind::Module(index) => {
                format!(" @{}", self.name(self.facts.modules[index as usize].name))
            }
            ScopeKind::Block => " @block".to_owned(),
        }
    }

    fn visibility(&self, visibility: &Visibility) -> String {
        match visibility {
            Visibility::Private => String::new(),
            Visibility::Public => "pub ".to_owned(),
            Visibility::Crate => "pub(crate) ".to_owned(),
            Visibility::In(path) => format!("pub(in {}) ", self.joined(path, false)),
        }
    }
}

fn namespace(path: &PathUse) -> &'static str {
    match (path.place, path.namespace) {
        (Place::MacroName, _) => "macro",
        (Place::Attribute, Namespace::Type) => "attribute type",
        (Place::Attribute, Namespace::Value) => "attribute value",
        (Place::Attribute, Namespace::Macro) => "attribute",
        (Place::Code, Namespace::Type) => "type",
        (Place::Code, Namespace::Value) => "value",
        (Place::Code, Namespace::Macro) => "macro in code",
    }
}

/// `a::b type`; `?` where it counts only if it resolves.
fn paths(facts: &Facts<'_>) -> Vec<String> {
    let doubt = |path: &PathUse| if path.certainty == Certainty::IfResolved { "?" } else { "" };
    let of = |path: PathUse| {
        let words = facts.joined(facts.facts.path(path.segments), path.global);
        format!("{words} {}{}", namespace(&path), doubt(&path))
    };
    facts.facts.paths.iter().map(of).collect()
}

/// The same, with all that is known of the place.
fn placed(facts: &Facts<'_>) -> Vec<String> {
    let place = |path: PathUse| {
        let in_macro = if path.in_macro { " in macro" } else { "" };
        let (owner, scope) = (facts.owner(path.owner), facts.scope(path.scope));
        format!("{owner}{scope}{in_macro}{}", facts.cfg(path.cfg))
    };
    let places = facts.facts.paths.iter().map(place);
    paths(facts).into_iter().zip(places).map(|(path, place)| path + &place).collect()
}

/// The text of each path.
fn written(facts: &Facts<'_>) -> Vec<String> {
    facts.facts.paths.iter().map(|path| facts.at(path.range).to_owned()).collect()
}

fn imports(facts: &Facts<'_>) -> Vec<String> {
    let of = |import: &super::Import| {
        let name = |name: Option<Name>| name.map_or("_", |name| facts.name(name)).to_owned();
        let brings = match import.kind {
            ImportKind::Name(alias) => format!("as {}", name(alias)),
            ImportKind::SelfName(alias) => format!("self as {}", name(alias)),
            ImportKind::Glob => "glob".to_owned(),
            ImportKind::ExternCrate { name: alias, macro_use } => {
                let macro_use = if macro_use { " with macros" } else { "" };
                format!("crate as {}{macro_use}", name(alias))
            }
        };
        let line = format!(
            "{}{} {brings} `{}`{}{}{}{}",
            facts.visibility(&import.visibility),
            facts.joined(facts.facts.path(import.segments), import.global),
            facts.at(import.range),
            facts.owner(import.owner),
            facts.scope(import.scope),
            if import.in_macro { " in macro" } else { "" },
            facts.cfg(import.cfg),
        );
        line.trim_start().to_owned()
    };
    facts.facts.imports.iter().map(of).collect()
}

fn items(facts: &Facts<'_>) -> Vec<String> {
    let of = |item: &super::Item| {
        assert!(facts.at(item.range).trim_start_matches("r#") == facts.name(item.name));
        let members: Vec<&str> = item.members.iter().map(|name| facts.name(*name)).collect();
        let members = if members.is_empty() { String::new() } else { format!(" {members:?}") };
        format!(
            "{}{} {}{members}{}{}",
            facts.visibility(&item.visibility),
            kind(item.kind),
            facts.name(item.name),
            facts.scope(item.scope),
            facts.cfg(item.cfg),
        )
    };
    facts.facts.items.iter().map(of).collect()
}

fn kind(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Function => "fn",
        ItemKind::Struct => "struct",
        ItemKind::TupleStruct => "tuple struct",
        ItemKind::Enum => "enum",
        ItemKind::Union => "union",
        ItemKind::Trait => "trait",
        ItemKind::TypeAlias => "type",
        ItemKind::Constant => "const",
        ItemKind::Static => "static",
        ItemKind::ProcMacro => "proc macro",
    }
}

fn modules(facts: &Facts<'_>) -> Vec<String> {
    let of = |module: &super::ModuleDeclaration| {
        assert!(facts.at(module.range).trim_start_matches("r#") == facts.name(module.name));
        let paths = match (module.paths.is_empty(), module.path_always) {
            (true, _) => String::new(),
            (false, true) => format!(" {:?}", module.paths),
            (false, false) => format!(" or {:?}", module.paths),
        };
        format!(
            "{}mod {}{}{paths}{}{}{}",
            facts.visibility(&module.visibility),
            facts.name(module.name),
            if module.body.is_some() { " {}" } else { "" },
            if module.macro_use { " with macros" } else { "" },
            facts.scope(module.scope),
            facts.cfg(module.cfg),
        )
    };
    facts.facts.modules.iter().map(of).collect()
}

fn definitions(facts: &Facts<'_>) -> Vec<String> {
    let of = |definition: &super::MacroDefinition| {
        assert_eq!(facts.at(definition.range), facts.name(definition.name));
        let visibility = definition.by_path.as_ref();
        format!(
            "{}{} {}{}{}{}",
            visibility.map_or(String::new(), |visibility| facts.visibility(visibility)),
            if visibility.is_some() { "macro" } else { "macro_rules" },
            facts.name(definition.name),
            if definition.exported { " exported" } else { "" },
            facts.scope(definition.scope),
            facts.cfg(definition.cfg),
        )
    };
    facts.facts.macros.iter().map(of).collect()
}

/// What each macro call may declare, in the order of the alphabet.
fn calls(facts: &Facts<'_>) -> Vec<String> {
    let of = |call: &super::MacroCall| {
        let mut words: Vec<&str> = call.mentions.iter().map(|name| facts.name(*name)).collect();
        words.sort_unstable();
        format!("{}{}{}", words.join(" "), facts.scope(call.scope), facts.cfg(call.cfg))
    };
    let calls = facts.facts.macro_calls.iter().filter(|call| !call.mentions.is_empty());
    calls.map(of).collect()
}

fn not_read(facts: &Facts<'_>) -> Vec<String> {
    let of = |call: &super::NotRead| {
        let computed = if call.computed_include { " computed" } else { "" };
        format!("{}{computed}", facts.at(call.range))
    };
    facts.facts.macros_not_read.iter().map(of).collect()
}
