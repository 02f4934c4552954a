//! Conditions about declarations: types, fields, statics, functions.

use super::{Case, body_is, keyword};
use crate::boundaries::flag::pattern::any_fits;
use crate::boundaries::flag::{AttributeIs, AttributeOn, Condition, FieldIs, StaticIs};
use crate::extract::sites::{AttributeFact, FieldFact, Global, TypeItem};
use crate::flag::finds::Place;
use crate::flag::paths::Meaning;

impl Case<'_, '_> {
    pub(super) fn of_declaration(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Derives(groups) => self.declared_type().is_some_and(|one| {
                let derives = one.derives.iter();
                let paths = derives.flat_map(|at| self.ground.paths.at(self.read.file, *at));
                let paths: Vec<Meaning> = paths.collect();
                groups.iter().all(|group| paths.iter().any(|one| any_fits(group, &one.path)))
            }),
            Condition::Attributes(all) => all.iter().any(|one| self.attribute(one)),
            Condition::Fields(wanted) => self.field(wanted).is_some(),
            Condition::Name(words) => self.name().is_some_and(|name| words.fit(name)),
            Condition::Static(wanted) => {
                self.global().is_some_and(|global| self.is_static(wanted, global))
            }
            Condition::Body(wanted) => match self.find.place {
                Place::Function(id) => self.read.function(id).frame.is_some_and(|frame| {
                    let body = self.read.sites.frame(frame).body;
                    let word = |words: &crate::boundaries::flag::pattern::Words| {
                        self.read.words_in(frame).any(|word| words.fit(word))
                    };
                    body_is(wanted, |word| keyword(body, word).unwrap_or(false), word)
                }),
                _ => false,
            },
            _ => false,
        }
    }

    fn declared_type(&self) -> Option<&TypeItem> {
        match self.find.place {
            Place::Type(at) | Place::Field(at, _) => Some(&self.read.sites.types[at]),
            _ => None,
        }
    }

    /// The fields that a condition speaks of: the one declared, or all of the type.
    fn fields(&self) -> &[FieldFact] {
        match self.find.place {
            Place::Type(at) => &self.read.sites.types[at].fields,
            Place::Field(at, field) => {
                std::slice::from_ref(&self.read.sites.types[at].fields[field])
            }
            _ => &[],
        }
    }

    fn global(&self) -> Option<&Global> {
        match self.find.place {
            Place::Global(at) => Some(&self.read.sites.globals[at]),
            _ => None,
        }
    }

    fn name(&self) -> Option<&str> {
        match self.find.place {
            Place::Site(_) => None,
            Place::Function(id) => Some(&self.read.function(id).name),
            Place::Type(at) => Some(&self.read.sites.types[at].name),
            Place::Field(at, field) => Some(&self.read.sites.types[at].fields[field].name),
            Place::Global(at) => Some(&self.read.sites.globals[at].name),
        }
    }

    fn attribute(&self, wanted: &AttributeIs) -> bool {
        let own = match self.find.place {
            Place::Type(at) => &self.read.sites.types[at].attributes[..],
            _ => &[],
        };
        let on_item = wanted.on != AttributeOn::Field && own.iter().any(|one| is(wanted, one));
        let on_field =
            wanted.on != AttributeOn::Item && self.fields().iter().any(|field| has(field, wanted));
        on_item || on_field
    }

    /// The first field that a condition speaks of.
    pub(in crate::flag) fn field(&self, wanted: &FieldIs) -> Option<&FieldFact> {
        let names_type = |field: &FieldFact| {
            let mut paths =
                field.types.iter().flat_map(|at| self.ground.paths.at(self.read.file, *at));
            wanted.types.is_empty() || paths.any(|one| any_fits(&wanted.types, &one.path))
        };
        self.fields().iter().find(|field| {
            wanted.name.as_ref().is_none_or(|name| name.is_match(&field.name))
                && wanted.text.as_ref().is_none_or(|text| text.is_match(&field.type_text))
                && !wanted.without.iter().any(|attribute| has(field, attribute))
                && names_type(field)
        })
    }

    fn is_static(&self, wanted: &StaticIs, global: &Global) -> bool {
        let mut paths =
            global.types.iter().flat_map(|at| self.ground.paths.at(self.read.file, *at));
        wanted.mutable.is_none_or(|mutable| mutable == global.mutable)
            && wanted.text.as_ref().is_none_or(|text| text.is_match(&global.type_text))
            && (wanted.types.is_empty() || paths.any(|one| any_fits(&wanted.types, &one.path)))
    }
}

fn has(field: &FieldFact, wanted: &AttributeIs) -> bool {
    field.attributes.iter().any(|one| is(wanted, one))
}

fn is(wanted: &AttributeIs, found: &AttributeFact) -> bool {
    let value = found.value.as_deref().unwrap_or_default();
    wanted.path.as_deref().is_none_or(|path| path == &*found.path)
        && (wanted.key.is_empty() || wanted.key.fit(&found.key))
        && wanted.value.as_ref().is_none_or(|regex| found.value.is_some() && regex.is_match(value))
}
