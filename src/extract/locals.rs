//! Names that mean a local variable or a generic parameter, and so no item.

/// What is bound at the place that is being read, innermost last.
#[derive(Debug, Default)]
pub(super) struct Locals<'t> {
    values: Vec<&'t str>,
    types: Vec<&'t str>,
}

/// How much was bound when a scope began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    values: usize,
    types: usize,
}

impl<'t> Locals<'t> {
    /// Binds a variable.
    pub(super) fn bind_value(&mut self, name: &'t str) {
        self.values.push(name);
    }

    /// Binds a generic parameter. A constant one also shadows values, but it may stand where the
    /// grammar says "type".
    pub(super) fn bind_generic(&mut self, name: &'t str, constant: bool) {
        self.types.push(name);
        if constant {
            self.values.push(name);
        }
    }

    /// Whether a lone name is a variable or a constant parameter here.
    pub(super) fn shadows_value(&self, name: &str) -> bool {
        self.values.contains(&name)
    }

    /// Whether a name is a generic parameter here.
    pub(super) fn shadows_type(&self, name: &str) -> bool {
        self.types.contains(&name)
    }

    /// Remembers what is bound now.
    pub(super) fn mark(&self) -> Mark {
        Mark { values: self.values.len(), types: self.types.len() }
    }

    /// Forgets what was bound since.
    pub(super) fn forget(&mut self, mark: Mark) {
        self.values.truncate(mark.values);
        self.types.truncate(mark.types);
    }
}
