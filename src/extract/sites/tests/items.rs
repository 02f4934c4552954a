//! Functions, types, globals.

use super::super::TypePlace;
use super::{File, SiteKind, lines, read};

#[track_caller]
fn listed(source: &str, render: fn(&File<'_>) -> Vec<String>, expected: &str) {
    let file = File { text: source, sites: read(source) };
    assert_eq!(render(&file), lines(expected), "of {source}");
}

fn functions(file: &File<'_>) -> Vec<String> {
    let render = |one: &super::super::Function| {
        let self_type = one.self_type.map_or("-", |range| file.at(range));
        let of_trait = one.of_trait.map_or("-", |range| file.at(range));
        let facts = [
            (one.is_async, "async"),
            (one.exported, "exported"),
            (one.public, "public"),
            (one.returns_self, "self"),
            (one.never_returns, "never"),
            (one.returns_bool, "bool"),
            (one.frame.is_none(), "bodiless"),
        ];
        let facts: Vec<&str> =
            facts.iter().filter(|(holds, _)| *holds).map(|(_, fact)| *fact).collect();
        format!(
            "{} ({}) ({}) {self_type} {of_trait} {:?} [{}] {}",
            one.name,
            file.texts(&one.parameters),
            file.texts(&one.returns),
            one.takes_self,
            one.attribute_texts.join(" "),
            facts.join(" ")
        )
    };
    file.sites.functions.iter().map(|one| render(one).trim_end().to_owned()).collect()
}

#[test]
fn functions_and_methods() {
    listed(
        "/// Doc.
         #[tokio::main] #[cfg_attr(x, test)] pub async fn a(p: &Arc<m::T>, q: HashMap<K, V>) {}
         impl m::S { pub(crate) fn b(&self) -> Result<Self, E> {} fn c(&mut self) -> ! {} }
         impl<T> Run<T> for Arc<U> { fn d(self) -> bool {} }
         impl Run for <Arc>::Out { fn i() {} }
         trait R { fn e(self: &Self); fn g() {} }
         extern \"C\" { pub fn h(x: u8); }",
        functions,
        "a (m::T HashMap K V) () - - None [tokio::main test] async exported public
         b () (Result Self E) m::S - Some(Shared) [] exported self
         c () () m::S - Some(Exclusive) [] never
         d () (bool) Arc Run Some(Value) [] bool
         i () () - Run None []
         e () () - - Some(Shared) [] bodiless
         g () () - - None []
         h (u8) () - - None [] exported public bodiless",
    );
}

fn globals(file: &File<'_>) -> Vec<String> {
    let render = |one: &super::super::Global| {
        let facts = [
            (one.is_static, "static"),
            (one.mutable, "mut"),
            (one.thread_local, "thread"),
            (one.exported, "exported"),
        ];
        let facts: Vec<&str> =
            facts.iter().filter(|(holds, _)| *holds).map(|(_, fact)| *fact).collect();
        let frame = one.frame.map_or("-".to_owned(), |frame| file.frames(frame));
        format!(
            "{}: {} ({}) {} in {frame}",
            one.name,
            one.type_text,
            file.texts(&one.types),
            facts.join(" ")
        )
    };
    file.sites.globals.iter().map(render).collect()
}

#[test]
fn statics_and_constants() {
    listed(
        "pub static mut A: Vec<T> = b();
         const C: u8 = 1;
         thread_local! { static D: RefCell<T> = e(); }
         lazy_static! { /// Doc
             pub static ref F: Regex = Regex::new(\"x\"); static ref G: u8 = 1; }
         trait T { const H: &'static
             str; }",
        globals,
        "A: Vec<T> (Vec T) static mut exported in file > =A
         C: u8 (u8)  in file > =C
         D: RefCell<T> (RefCell T) static thread in file > thread_local! > =D
         F: Regex (Regex) static exported in file > lazy_static! > =F
         G: u8 (u8) static in file > lazy_static! > =G
         H: &'static str (str)  in -",
    );
}

fn types(file: &File<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let facts = |facts: &[super::super::AttributeFact]| {
        let render = |fact: &super::super::AttributeFact| {
            let value = fact.value.as_ref().map_or(String::new(), |value| format!("={value}"));
            format!("{}.{}{value}<{}>", fact.path, fact.key, file.at(fact.range))
        };
        facts.iter().map(render).collect::<Vec<_>>().join(", ")
    };
    for one in &file.sites.types {
        let derives = file.texts(&one.derives);
        lines.push(format!("{} [{derives}] {}", one.name, facts(&one.attributes)));
        for field in &one.fields {
            let (text, paths) = (&field.type_text, file.texts(&field.types));
            let variant = if field.is_variant { "variant " } else { "" };
            let facts = facts(&field.attributes);
            lines.push(format!("{variant}{}: {text} ({paths}) {facts}", field.name));
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn structs_and_enums() {
    listed(
        "#[derive(Debug, serde::Serialize)]
         #[cfg_attr(x, derive(diesel::Queryable), serde(rename_all = \"snake_case\"))]
         pub struct A<T> { #[serde(rename(serialize = \"b c\"), skip)] pub b: Vec<Option<T>>, c: u8 }
         enum D { #[serde(default)] E(F), G { h: &'static  str } }
         #[non_exhaustive] struct I;",
        types,
        "A [Debug serde::Serialize diesel::Queryable] serde.rename_all=snake_case<rename_all = \"snake_case\">
         b: Vec<Option<T>> (Vec Option T) serde.rename(serialize)=b c<serialize = \"b c\">, serde.skip<skip>
         c: u8 (u8)
         D []
         variant E:  () serde.default<default>
         : F (F)
         variant G:  ()
         h: &'static str (str)
         I [] non_exhaustive.<non_exhaustive>",
    );
}

fn places(file: &File<'_>) -> Vec<String> {
    let render = |site: &super::Site| {
        let place = match site.kind {
            SiteKind::Type(TypePlace::Parameter) => "parameter",
            SiteKind::Type(TypePlace::Return) => "return",
            SiteKind::Type(TypePlace::Field) => "field",
            SiteKind::Type(TypePlace::Global) => "global",
            SiteKind::Type(TypePlace::Bound) => "bound",
            SiteKind::Type(TypePlace::Body) => "body",
            SiteKind::Attribute => "attribute",
            SiteKind::Derive => "derive",
            _ => return None,
        };
        Some(format!("{} {place}", file.at(site.range)))
    };
    file.sites.sites.iter().filter_map(render).collect()
}

#[test]
fn places_of_types() {
    listed(
        "#[a::b(c)] #[inline] fn f<T: B1>(p: &P<T, u8>) -> Result<R, T> where T: B2 { let x: L = g::<G>() as C; |y: Y| {} }
         #[derive(D1)] struct S { f: F }
         static X: X1<dyn X2> = 1;
         impl I1 for I2 { #![c::d] type A = A1; }
         trait T1: T2 {}",
        places,
        "a::b attribute
         B1 bound
         P parameter
         Result return
         R return
         B2 bound
         L body
         G body
         C body
         Y body
         D1 derive
         F field
         X1 global
         X2 global
         I1 bound
         I2 bound
         c::d attribute
         A1 body
         T2 bound",
    );
}
