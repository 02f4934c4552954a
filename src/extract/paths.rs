//! Paths in code → [`PathUse`], shadowed names left out and `Self` replaced by what it means.

use syn::visit::Visit;
use syn::{GenericArgument, Path, QSelf, Type};

use super::reader::{Reader, SelfType};
use super::{Certainty, Name, Namespace, PathUse, Place, Range, Segments};

/// How a path is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usage {
    pub(super) namespace: Namespace,
    pub(super) place: Place,
    pub(super) certainty: Certainty,
}

impl Usage {
    /// A type, trait or module in code.
    pub(super) const TYPE: Self = Self::code(Namespace::Type, Certainty::Sure);
    /// A value in code.
    pub(super) const VALUE: Self = Self::code(Namespace::Value, Certainty::Sure);
    /// The name at a macro call.
    pub(super) const MACRO: Self =
        Self { namespace: Namespace::Macro, place: Place::MacroName, certainty: Certainty::Sure };

    const fn code(namespace: Namespace, certainty: Certainty) -> Self {
        Self { namespace, place: Place::Code, certainty }
    }

    /// The same, if it names something at all.
    pub(super) const fn if_resolved(self) -> Self {
        Self { certainty: Certainty::IfResolved, ..self }
    }
}

/// A path's words, as they stand in the text.
#[derive(Clone, Debug)]
pub(super) struct Written<'t> {
    pub(super) global: bool,
    pub(super) words: Vec<&'t str>,
    pub(super) range: Range,
}

impl<'t> Reader<'t> {
    /// Reads a path and what stands in its angle brackets.
    pub(super) fn path(&mut self, path: &Path, usage: Usage) {
        for segment in &path.segments {
            self.visit_path_arguments(&segment.arguments);
        }
        self.bare_path(path, usage);
    }

    /// Reads `<T as a::Trait>::X`: the trait's part is a path, after `<T>` nothing is.
    pub(super) fn qualified_path(&mut self, qself: Option<&QSelf>, path: &Path, usage: Usage) {
        let Some(qself) = qself else {
            return self.path(path, usage);
        };
        self.visit_type(&qself.ty);
        if !is_behind_a_type(Some(qself)) {
            return self.path(path, usage);
        }
        for segment in &path.segments {
            self.visit_path_arguments(&segment.arguments);
        }
    }

    /// Records a path, its arguments left out.
    pub(super) fn bare_path(&mut self, path: &Path, usage: Usage) {
        let Some(words) = self.words(path) else { return };
        self.record(&words, usage);
    }

    fn words(&self, path: &Path) -> Option<Written<'t>> {
        let (first, mut range) = self.placed_word(&path.segments.first()?.ident);
        let mut words = vec![first];
        for segment in path.segments.iter().skip(1) {
            let (word, place) = self.placed_word(&segment.ident);
            words.push(word);
            range.end = place.end;
        }
        Some(Written { global: path.leading_colon.is_some(), words, range })
    }

    /// Records a path, unless its first word means something that is no item.
    pub(super) fn record(&mut self, path: &Written<'t>, usage: Usage) {
        let Some(first) = path.words.first().copied() else { return };
        let mut global = path.global;
        let mut stand_for_self = 0;
        let start = self.facts.segments.len();
        if first == "Self" {
            let SelfType::Path { global: type_is_global, segments: of_type } = &self.self_type
            else {
                return;
            };
            // `Self` alone names nothing that the item's head has not named.
            if path.words.len() == 1 {
                return;
            }
            stand_for_self = of_type.len() as u8;
            global = *type_is_global;
            self.facts.segments.extend_from_slice(of_type);
        } else if !global && self.is_no_item(first, path.words.len() == 1, usage.namespace) {
            return;
        } else {
            self.push_segment(first);
        }
        path.words[1..].iter().for_each(|word| self.push_segment(word));
        let segments = self.facts.segments_since(start);
        self.push_path(global, (segments, stand_for_self), path.range, usage);
    }

    fn push_segment(&mut self, word: &'t str) {
        let name = self.name(word);
        self.facts.segments.push(name);
    }

    fn push_path(
        &mut self,
        global: bool,
        (segments, stand_for_self): (Segments, u8),
        range: Range,
        usage: Usage,
    ) {
        let any_name = segments.end - segments.start == 1 && usage.namespace != Namespace::Macro;
        let loose = self.at.loose && any_name;
        let path = PathUse {
            segments,
            stand_for_self,
            global,
            namespace: usage.namespace,
            place: usage.place,
            range,
            scope: self.at.scope,
            owner: self.at.owner,
            in_macro: self.at.in_macro,
            certainty: if loose { Certainty::IfResolved } else { usage.certainty },
            cfg: self.at.cfg,
        };
        self.paths.push(path);
    }

    /// Whether a path that starts with this word names a local, a parameter or a primitive type.
    fn is_no_item(&self, first: &str, alone: bool, namespace: Namespace) -> bool {
        if namespace == Namespace::Macro {
            return false;
        }
        let nameless = alone && matches!(first, "self" | "super" | "crate" | "_" | "");
        let local = alone && namespace == Namespace::Value && self.locals.shadows_value(first);
        nameless || local || self.locals.shadows_type(first) || is_primitive(first)
    }

    /// What `Self` means in an `impl` of this type.
    pub(super) fn self_type_of(&mut self, ty: &Type) -> SelfType {
        let Some(words) = path_of(ty).and_then(|path| self.words(path)) else {
            return SelfType::Unnamed;
        };
        self.self_type_of_words(words.global, &words.words)
    }

    /// What `Self` means in an `impl` of the type with this path.
    pub(super) fn self_type_of_words(&mut self, global: bool, words: &[&'t str]) -> SelfType {
        if !global && self.is_no_item(words[0], words.len() == 1, Namespace::Type) {
            return SelfType::Unnamed;
        }
        let segments = words.iter().map(|word| self.name(word)).collect();
        SelfType::Path { global, segments }
    }

    /// The readable name of a type, for the owner that its `impl` is.
    pub(super) fn type_name(&mut self, ty: &Type) -> Name {
        let word = match peel(ty) {
            Type::Path(path) => match path.path.segments.last() {
                Some(last) => self.word(&last.ident),
                None => "type",
            },
            Type::Reference(reference) => return self.type_name(&reference.elem),
            Type::Ptr(pointer) => return self.type_name(&pointer.elem),
            Type::TraitObject(object) => match object.bounds.iter().find_map(trait_of) {
                Some(path) => return self.last_name(path),
                None => "dyn",
            },
            Type::Tuple(_) => "tuple",
            Type::Slice(_) => "slice",
            Type::Array(_) => "array",
            Type::FnPtr(_) => "fn",
            Type::Never(_) => "never",
            _ => "type",
        };
        self.name(word)
    }

    /// The name of a path's last segment.
    pub(super) fn last_name(&mut self, path: &Path) -> Name {
        match path.segments.last() {
            Some(last) => self.ident(&last.ident),
            None => self.name("type"),
        }
    }

    /// Reads a generic argument. The grammar calls a lone constant a type.
    pub(super) fn generic_argument(&mut self, argument: &GenericArgument) {
        if let GenericArgument::Type(Type::Path(path)) = argument
            && path.qself.is_none()
            && path.path.segments.last().is_some_and(|last| is_constant(self.word(&last.ident)))
        {
            return self.path(&path.path, Usage::VALUE.if_resolved());
        }
        syn::visit::visit_generic_argument(self, argument);
    }
}

/// The path that a type is, if it is nothing but one.
pub(super) fn path_of(ty: &Type) -> Option<&Path> {
    match peel(ty) {
        Type::Path(path) if path.qself.is_none() => Some(&path.path),
        _ => None,
    }
}

/// Whether a path stands behind `<T>::`, with no trait in which to look it up.
pub(super) fn is_behind_a_type(qself: Option<&QSelf>) -> bool {
    qself.is_some_and(|qself| qself.position == 0)
}

fn peel(mut ty: &Type) -> &Type {
    loop {
        ty = match ty {
            Type::Paren(inner) => &inner.elem,
            Type::Group(inner) => &inner.elem,
            other => return other,
        }
    }
}

fn trait_of(bound: &syn::TypeParamBound) -> Option<&Path> {
    match bound {
        syn::TypeParamBound::Trait(bound) => Some(&bound.path),
        _ => None,
    }
}

/// `MAX_LEN` rather than `T` or `Max`.
pub(super) fn is_constant(word: &str) -> bool {
    word.len() > 1 && starts_upper(word) && !word.chars().any(char::is_lowercase)
}

/// Whether a word looks like a type, trait, variant or constant.
pub(super) fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether a word names one of the language's own types.
pub(super) fn is_primitive(word: &str) -> bool {
    matches!(
        word,
        "bool"
            | "char"
            | "str"
            | "i8"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "u8"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
            | "f16"
            | "f32"
            | "f64"
            | "f128"
    )
}
