use super::*;
use crate::discover::{DependencyKind, PackageId, TargetKind};
use crate::model::{CodeScope, FileId, Span};
use crate::resolve::{Hop, Node, NodeId, Reference, ReferenceKind, Row, TextId};

const LIB: NodeKind = NodeKind::Crate { package: PackageId(0), target: TargetKind::Lib };
const TEST: NodeKind = NodeKind::Crate { package: PackageId(0), target: TargetKind::Test };

fn span(file: u32, start: u32, end: u32) -> Span {
    Span { file: FileId(file), start, end }
}

fn push(
    resolution: &mut Resolution,
    name: &str,
    parent: Option<NodeId>,
    kind: NodeKind,
    span: Option<Span>,
) -> NodeId {
    let id = NodeId(resolution.nodes.len() as u32);
    let module = match (kind, parent) {
        (NodeKind::Item | NodeKind::ExternalPath, Some(parent)) => resolution.module(parent),
        _ => id,
    };
    resolution.nodes.push(Node { name: name.into(), parent, kind, module, span, exported: true });
    id
}

fn reference(from: NodeId, to: NodeId, kind: ReferenceKind, scope: CodeScope) -> Reference {
    Reference {
        from,
        to,
        written_to: to,
        span: span(0, 0, 1),
        kind,
        scope,
        in_macro: false,
        alternative: false,
        cfg: TextId(0),
        written: TextId(0),
        through: Row::default(),
        imports: Row::default(),
    }
}

/// `accounts` {dto, flows} with a cycle between its modules, an integration test, a crate `im`
/// that is a dependency of `accounts` and whose tests use it, and `serde`.
fn fixture() -> (Resolution, Sources) {
    let mut sources = Sources::default();
    sources.add("src/lib.rs".into(), "mod dto;\nmod flows;\n".into());
    sources.add("src/flows.rs".into(), "\u{feff}/* é */ use crate::AccountData;\r\n".into());
    let mut all = Resolution {
        texts: vec!["".into(), "crate::AccountData".into(), "unix".into()],
        ..Resolution::default()
    };
    let accounts = push(&mut all, "accounts", None, LIB, Some(span(0, 0, 0)));
    let im = push(&mut all, "im", None, LIB, None);
    let it = push(&mut all, "accounts/test/it", None, TEST, None);
    let serde = push(&mut all, "serde", None, NodeKind::ExternalCrate(Some(0)), None);
    let flows = push(&mut all, "flows", Some(accounts), NodeKind::Module, Some(span(0, 13, 18)));
    let deposit = push(&mut all, "deposit", Some(flows), NodeKind::Item, None);
    let dto = push(&mut all, "dto", Some(accounts), NodeKind::Module, Some(span(0, 4, 7)));
    let data = push(&mut all, "AccountData", Some(dto), NodeKind::Item, None);
    let derive = push(&mut all, "Serialize", Some(serde), NodeKind::ExternalPath, None);
    let imported = Reference {
        span: span(1, 16, 34),
        in_macro: true,
        cfg: TextId(2),
        written: TextId(1),
        through: Row::push(&mut all.hops, &[Hop { module: accounts, span: span(0, 0, 1) }]),
        ..reference(deposit, data, ReferenceKind::Use, CodeScope::Normal)
    };
    let manifest = ReferenceKind::Manifest(DependencyKind::Normal);
    all.references = vec![
        imported,
        reference(deposit, data, ReferenceKind::Path, CodeScope::Test),
        reference(data, deposit, ReferenceKind::Path, CodeScope::Normal),
        reference(data, derive, ReferenceKind::Attribute, CodeScope::Normal),
        reference(data, data, ReferenceKind::Path, CodeScope::Normal),
        reference(it, data, ReferenceKind::Use, CodeScope::Test),
        reference(accounts, im, manifest, CodeScope::Normal),
        reference(im, data, ReferenceKind::Path, CodeScope::Test),
    ];
    (all, sources)
}

fn written(format: GraphFormat, grain: Option<Grain>) -> String {
    let (resolution, sources) = fixture();
    let mut out = Vec::new();
    let asked = Picture { format, grain, alternatives: false };
    write(&resolution, &sources, Overlay::default(), asked, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn names_are_parsed() {
    for format in GraphFormat::ALL {
        assert_eq!(GraphFormat::parse(format.name()), Some(format));
    }
    for grain in Grain::ALL {
        assert_eq!(Grain::parse(grain.name()), Some(grain));
    }
    assert_eq!((GraphFormat::parse("svg"), Grain::parse("item")), (None, None));
}

#[test]
fn jsonl_has_every_reference() {
    let text = written(GraphFormat::Jsonl, None);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 8);
    // 3 bytes of the mark, then `/* é */ use ` of 12 characters in 13 bytes.
    let first = concat!(
        r#"{"file":"src/flows.rs","line":1,"column":13,"from":"accounts::flows","#,
        r#""to":"accounts::dto","item":"accounts::dto::AccountData","#,
        r#""written":"crate::AccountData","scope":"normal","cfg":"unix","in_macro":true,"#,
        r#""through":["accounts"],"kind":"use","owner":"accounts::flows::deposit"}"#,
    );
    assert_eq!(lines[0], first);
    let external = concat!(
        r#"{"file":"src/lib.rs","line":1,"column":1,"from":"accounts::dto","to":"serde","#,
        r#""item":"serde::Serialize","written":"","scope":"normal","cfg":null,"in_macro":false,"#,
        r#""through":[],"kind":"attr","owner":"accounts::dto::AccountData"}"#,
    );
    assert_eq!(lines[3], external);
    assert!(lines[6].contains(r#""from":"accounts","to":"im","item":"im""#), "{}", lines[6]);
    assert!(lines[6].contains(r#""kind":"manifest""#), "{}", lines[6]);
}

#[test]
fn json_is_at_module_grain() {
    let expected = r#"{"version":1,"nodes":[
{"path":"accounts","kind":"crate","file":"src/lib.rs","line":1},
{"path":"accounts/test/it","kind":"crate","file":null,"line":null},
{"path":"accounts::dto","kind":"module","file":"src/lib.rs","line":1},
{"path":"accounts::flows","kind":"module","file":"src/lib.rs","line":2},
{"path":"im","kind":"crate","file":null,"line":null},
{"path":"serde","kind":"external","file":null,"line":null}
],"edges":[
{"from":"accounts/test/it","to":"accounts::dto","references":1,"scopes":["test"]},
{"from":"accounts::dto","to":"accounts::flows","references":1,"scopes":["normal"]},
{"from":"accounts::dto","to":"serde","references":1,"scopes":["normal"]},
{"from":"accounts::flows","to":"accounts::dto","references":2,"scopes":["normal","test"]},
{"from":"im","to":"accounts::dto","references":1,"scopes":["test"]}
]}
"#;
    assert_eq!(written(GraphFormat::Json, Some(Grain::Crate)), expected);
}

#[test]
fn dot_has_clusters_and_coloured_cycles() {
    let expected = r#"digraph archlint {
  rankdir=LR;
  node [shape=box];
  subgraph "cluster_accounts" {
    label="accounts";
    "accounts" [label="accounts"];
    "accounts::dto" [label="dto"];
    "accounts::flows" [label="flows"];
  }
  "accounts/test/it" [label="accounts/test/it"];
  "im" [label="im"];
  "accounts/test/it" -> "accounts::dto" [label="1", style=dashed];
  "accounts::dto" -> "accounts::flows" [label="1", color=orange];
  "accounts::flows" -> "accounts::dto" [label="2", color=orange];
  "im" -> "accounts::dto" [label="1", style=dashed];
}
"#;
    assert_eq!(written(GraphFormat::Dot, None), expected);
}

#[test]
fn between_crates_manifests_count_and_tests_make_no_cycle() {
    let expected = r#"digraph archlint {
  rankdir=LR;
  node [shape=box];
  "accounts" [label="accounts"];
  "accounts/test/it" [label="accounts/test/it"];
  "im" [label="im"];
  "accounts" -> "im" [label="1"];
  "accounts/test/it" -> "accounts" [label="1", style=dashed];
  "im" -> "accounts" [label="1", style=dashed];
}
"#;
    assert_eq!(written(GraphFormat::Dot, Some(Grain::Crate)), expected);
}

#[test]
fn mermaid_draws_the_same() {
    let expected = r#"flowchart LR
  subgraph c0["accounts"]
    n0["accounts"]
    n2["dto"]
    n3["flows"]
  end
  n1["accounts/test/it"]
  n4["im"]
  n1 -.->|1| n2
  n2 ==>|1| n3
  n3 ==>|2| n2
  n4 -.->|1| n2
  linkStyle 1,2 stroke:orange
"#;
    assert_eq!(written(GraphFormat::Mermaid, Some(Grain::Module)), expected);
}

#[test]
fn names_cannot_break_out() {
    let mut resolution = Resolution::default();
    let name = "a\"];b\\\u{1b}`<é>`";
    push(&mut resolution, name, None, LIB, None);
    let text = |format| {
        let mut out = Vec::new();
        let asked = Picture { format, grain: None, alternatives: false };
        write(&resolution, &Sources::default(), Overlay::default(), asked, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let name = r#""a\"];b\\\\u{1b}`<é>`""#;
    assert!(text(GraphFormat::Dot).contains(&format!("  {name} [label={name}];\n")));
    let entities = r#"n0["a#34;#93;#59;b#92;#92;u#123;1b#125;#96;#60;é#62;#96;"]"#;
    assert!(text(GraphFormat::Mermaid).contains(entities), "{}", text(GraphFormat::Mermaid));
}

#[test]
fn many_modules_are_drawn_as_crates() {
    let mut resolution = Resolution::default();
    let root = push(&mut resolution, "a", None, LIB, None);
    for number in 1..Grain::MOST_MODULES {
        push(&mut resolution, &format!("m{number}"), Some(root), NodeKind::Module, None);
    }
    assert_eq!(Grain::fitting(&resolution), Grain::Module);
    push(&mut resolution, "last", Some(root), NodeKind::Module, None);
    assert_eq!(Grain::fitting(&resolution), Grain::Crate);
}

#[test]
fn one_path_is_one_node() {
    let mut resolution = Resolution::default();
    let root = push(&mut resolution, "a", None, LIB, None);
    let [unix, windows] =
        [1, 2].map(|_| push(&mut resolution, "sys", Some(root), NodeKind::Module, None));
    resolution.references = [unix, windows]
        .map(|to| reference(root, to, ReferenceKind::Path, CodeScope::Normal))
        .into();
    let picture = picture::of_members(&resolution, &Overlay::default().faults(), Grain::Module);
    assert_eq!(picture.nodes.len(), 2);
    assert_eq!(picture.edges[&(0, 1)].references.len(), 2);
}
