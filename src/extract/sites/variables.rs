//! Local variables: what they were made of, on what they depend, and whether they are still there.

use super::fates::{How, Link};
use super::walker::{Value, Walker};
use super::{FrameId, Receiver};
use crate::extract::Range;

/// A local variable or parameter.
#[derive(Clone, Debug)]
pub(super) struct Variable<'t> {
    name: &'t str,
    /// Index of its binding.
    binding: usize,
    /// The innermost frame on whose variables its value depends.
    depends_on: FrameId,
    /// Its value may change.
    mutable: bool,
    /// Where it was declared, and the body that this is in.
    frame: FrameId,
    body: FrameId,
    /// What a method called on it is called on.
    origin: Receiver,
    /// It was moved away.
    gone: bool,
}

/// What the variables of one pattern hold together.
#[derive(Clone, Debug, Default)]
pub(super) struct Binding {
    pub(super) links: Vec<Link>,
    /// How many variables it has, and how often any of them is named.
    pub(super) names: u32,
    pub(super) uses: u32,
    /// Several patterns share it, as the arms of a `match` do.
    pub(super) shared: bool,
    /// An `.await` was seen while it lived.
    pub(super) awaited: bool,
}

/// What a pattern binds its variables to.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) binding: usize,
    pub(super) depends_on: FrameId,
    pub(super) root: Receiver,
}

/// The variables that are in scope, innermost last.
#[derive(Debug, Default)]
pub(super) struct Variables<'t> {
    list: Vec<Variable<'t>>,
    bindings: Vec<Binding>,
    /// Those before belong to the function around a nested item.
    base: usize,
    /// Those before are moved into the closure that is being read, if it names them.
    captured: usize,
    /// Those that were moved away, in order.
    gone: Vec<usize>,
    /// On what everything that was named depends, in order.
    mentions: Vec<FrameId>,
}

impl Variables<'_> {
    /// How many there are: what comes later is forgotten with [`Walker::forget`].
    pub(super) fn mark(&self) -> usize {
        self.list.len()
    }

    /// The innermost variable of a name.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let found = self.list[self.base..].iter().rposition(|variable| variable.name == name);
        found.map(|index| self.base + index)
    }

    /// Begins to note mentions.
    pub(super) fn listen(&self) -> usize {
        self.mentions.len()
    }

    /// Notes that something depends on a frame.
    pub(super) fn mention(&mut self, frame: FrameId) {
        self.mentions.push(frame);
    }

    /// The innermost frame before `limit` that was mentioned since.
    pub(super) fn mentioned(&self, since: usize, limit: FrameId) -> FrameId {
        let mentioned = self.mentions[since..].iter().copied();
        mentioned.filter(|frame| *frame < limit).max().unwrap_or_default()
    }

    /// A binding that no variable has yet.
    pub(super) fn binding(&mut self, binding: Binding) -> usize {
        self.bindings.push(binding);
        self.bindings.len() - 1
    }

    /// What a binding holds.
    pub(super) fn bound(&mut self, binding: usize) -> &mut Binding {
        &mut self.bindings[binding]
    }

    /// The binding of a variable.
    pub(super) fn binding_of(&mut self, variable: usize) -> &mut Binding {
        &mut self.bindings[self.list[variable].binding]
    }

    /// A variable has been moved away.
    pub(super) fn move_out(&mut self, variable: usize) {
        if let Some(moved) = self.list.get_mut(variable)
            && !moved.gone
        {
            moved.gone = true;
            self.gone.push(variable);
        }
    }

    /// A variable has a new value.
    pub(super) fn replace(&mut self, variable: usize, root: Receiver) {
        let variable = &mut self.list[variable];
        variable.gone = false;
        if matches!((&variable.origin, &root), (Receiver::Local(_), Receiver::Site(_))) {
            variable.origin = root;
        }
    }

    /// Begins a branch: see [`Variables::end_branch`].
    pub(super) fn branch(&self) -> usize {
        self.gone.len()
    }

    /// Ends it: what it moved away is there again for those who did not take the branch.
    pub(super) fn end_branch(&mut self, begin: usize) -> Vec<usize> {
        let gone = self.gone.split_off(begin.min(self.gone.len()));
        for variable in &gone {
            if let Some(variable) = self.list.get_mut(*variable) {
                variable.gone = false;
            }
        }
        gone
    }

    /// What all branches moved away is gone.
    pub(super) fn join_branches(&mut self, branches: &[Vec<usize>]) {
        let Some((first, others)) = branches.split_first() else { return };
        for variable in first {
            if others.iter().all(|branch| branch.contains(variable)) {
                self.move_out(*variable);
            }
        }
    }

    /// Enters an item, which sees none of them; gives what [`Variables::leave_item`] needs.
    pub(super) fn enter_item(&mut self) -> (usize, usize) {
        let outer = (self.base, self.captured);
        (self.base, self.captured) = (self.list.len(), 0);
        outer
    }

    /// Leaves it.
    pub(super) fn leave_item(&mut self, outer: (usize, usize)) {
        (self.base, self.captured) = outer;
    }

    /// Enters a closure, which may take along what it names; gives what was before.
    pub(super) fn enter_closure(&mut self, takes: bool) -> usize {
        let captured = if takes { self.list.len() } else { self.captured };
        std::mem::replace(&mut self.captured, captured)
    }

    /// Leaves it.
    pub(super) fn leave_closure(&mut self, outer: usize) {
        self.captured = outer;
    }
}

impl<'t> Walker<'t> {
    /// The frame that the next one to be opened will be.
    pub(super) fn next_frame(&self) -> FrameId {
        FrameId(self.sites.frames.len() as u32)
    }

    /// Adds a variable.
    pub(super) fn declare(&mut self, name: &'t str, mutable: bool, source: &Source) {
        let origin = match &source.root {
            root @ (Receiver::Site(_) | Receiver::Type(_) | Receiver::Own) => root.clone(),
            _ => Receiver::Local(name.into()),
        };
        self.variables.bound(source.binding).names += 1;
        self.variables.list.push(Variable {
            name,
            binding: source.binding,
            depends_on: source.depends_on,
            mutable,
            frame: self.frame,
            body: self.body,
            origin,
            gone: false,
        });
    }

    /// Names a variable.
    pub(super) fn use_variable(&mut self, index: usize, range: Range) -> Value {
        let variable = &self.variables.list[index];
        let (root, mut depends_on) = (variable.origin.clone(), variable.depends_on);
        if variable.mutable {
            let changed = self.repeated_within(variable.frame).unwrap_or(variable.frame);
            depends_on = depends_on.max(changed);
        }
        self.variables.mention(depends_on);
        if index < self.variables.captured {
            self.variables.move_out(index);
        }
        let binding = self.variables.binding_of(index);
        binding.uses += 1;
        let held = binding.links.iter();
        let links = held
            .map(|link| match link.how {
                How::Chain => Link { how: How::Variable, ..*link },
                _ => *link,
            })
            .collect();
        Value { range, links, root, variable: Some(index), direct: true, borrowed: false }
    }

    /// Ends the scope of all variables that came after the mark.
    pub(super) fn forget(&mut self, mark: usize) {
        let ended: Vec<usize> =
            self.variables.list[mark..].iter().map(|variable| variable.binding).collect();
        self.variables.list.truncate(mark);
        for binding in ended {
            if !self.variables.bindings[binding].shared {
                self.end_binding(binding);
            }
        }
    }

    /// Nobody can name a binding's variables any more.
    pub(super) fn end_binding(&mut self, binding: usize) {
        let binding = &mut self.variables.bindings[binding];
        if binding.uses == 0 && binding.names > 0 {
            // What came by way of another variable has been named there.
            let mut links = std::mem::take(&mut binding.links);
            links.retain(|link| link.how != How::Variable);
            self.becomes(&links, |fate| fate.unused = true);
        }
    }

    /// Somebody other than `own` is awaited: what lives now lives over it.
    pub(super) fn pause(&mut self, own: Option<usize>, range: Range) {
        let mut over = Vec::new();
        for (index, variable) in self.variables.list.iter().enumerate() {
            let binding = &mut self.variables.bindings[variable.binding];
            let lives = variable.body == self.body && !variable.gone && own != Some(index);
            if lives && !binding.awaited {
                binding.awaited = true;
                over.extend_from_slice(&binding.links);
            }
        }
        self.becomes(&over, |fate| fate.held_across = fate.held_across.or(Some(range)));
    }
}
