//! Frames: opened, closed, and told how their text may be left.

use super::walker::Walker;
use super::{Body, Frame, FrameId, FrameKind};
use crate::extract::Range;

/// A frame that is open, and what it is within.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) id: FrameId,
    frame: FrameId,
    body: FrameId,
}

/// A way to leave code, or to pause it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    Return,
    Question,
    Await,
}

impl Walker<'_> {
    /// Opens a frame inside the present one.
    pub(super) fn open(&mut self, kind: FrameKind) -> Open {
        let id = FrameId(self.sites.frames.len() as u32);
        let open = Open { id, frame: self.frame, body: self.body };
        if is_body(&kind) {
            self.body = id;
        }
        let range = Range::default();
        self.sites.frames.push(Frame { parent: self.frame, kind, range, body: Body::default() });
        self.frame = id;
        open
    }

    /// Closes it, now that its range is known.
    pub(super) fn close(&mut self, open: Open, range: Range) {
        self.sites.frames[open.id.0 as usize].range = range;
        self.frame = open.frame;
        self.body = open.body;
    }

    /// Notes an exit in every frame that it concerns.
    pub(super) fn exit(&mut self, exit: Exit) {
        let last = self.body;
        self.for_frames_up_to(last, |body| match exit {
            Exit::Return => body.returns = true,
            Exit::Question => body.questions = true,
            Exit::Await => body.awaits = true,
        });
    }

    /// Notes a `break`; gives the index of what it leaves.
    pub(super) fn break_out(&mut self, label: Option<&str>) -> Option<usize> {
        let body = self.body;
        let left = self.targets.iter().rposition(|target| {
            target.body == body && label.map_or(target.is_loop, |label| target.label == Some(label))
        })?;
        let last = self.targets[left].frame;
        self.for_frames_up_to(last, |body| body.breaks = true);
        Some(left)
    }

    fn for_frames_up_to(&mut self, last: FrameId, note: impl Fn(&mut Body)) {
        let mut at = self.frame;
        loop {
            let frame = &mut self.sites.frames[at.0 as usize];
            note(&mut frame.body);
            if at == last || frame.parent == at {
                return;
            }
            at = frame.parent;
        }
    }

    /// The innermost function or initialiser.
    pub(super) fn function_frame(&self) -> FrameId {
        let is_function =
            |kind: &FrameKind| matches!(kind, FrameKind::Function(_) | FrameKind::Global(_));
        let found = self.sites.around(self.frame).find(|(_, frame)| is_function(&frame.kind));
        found.map_or(FrameId(0), |(id, _)| id)
    }

    /// The innermost loop or closure, if one stands within this frame.
    pub(super) fn repeated_within(&self, outer: FrameId) -> Option<FrameId> {
        let inner = self.sites.around(self.frame).take_while(|(id, _)| *id > outer);
        let repeats =
            |kind: &FrameKind| matches!(kind, FrameKind::Loop { .. } | FrameKind::Closure { .. });
        inner.into_iter().find(|(_, frame)| repeats(&frame.kind)).map(|(id, _)| id)
    }
}

fn is_body(kind: &FrameKind) -> bool {
    matches!(
        kind,
        FrameKind::Function(_)
            | FrameKind::Closure { .. }
            | FrameKind::Async { .. }
            | FrameKind::Global(_)
    )
}
