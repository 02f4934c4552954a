//! Who names whom → levels, top first: each names only what is below it.

use crate::graph::cycles::{Weights, cycles};

/// Things of one height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Level {
    /// Ascending.
    pub(super) members: Vec<usize>,
    /// No member names another.
    pub(super) apart: bool,
}

/// The levels of all things that name something or are named; what names and is not named is on
/// top, for it is where programs begin. Things that need each other share a level.
pub(super) fn levels(weights: &Weights) -> Vec<Level> {
    let knots = knots(weights);
    let heights = heights(weights, &knots);
    let highest = knots.iter().map(|knot| heights[knot[0]]).max().unwrap_or(0);
    let named = |knot: &Vec<usize>| {
        weights.keys().any(|(from, to)| knot.contains(to) && !knot.contains(from))
    };
    let mut levels = vec![Level { members: Vec::new(), apart: true }; highest + 1];
    for knot in &knots {
        let height = if named(knot) { heights[knot[0]] } else { highest };
        levels[height].members.extend(knot);
        levels[height].apart &= knot.len() == 1;
    }
    levels.retain(|level| !level.members.is_empty());
    for level in &mut levels {
        level.members.sort_unstable();
    }
    levels.reverse();
    levels
}

/// Joins neighbouring levels, the smallest first, until there are no more than `most`.
pub(super) fn shorten(levels: &mut Vec<Level>, most: usize) {
    while levels.len() > most.max(1) {
        let size = |at: usize| levels[at].members.len() + levels[at + 1].members.len();
        // Ties go to the lowest pair: the top is what people read.
        let smallest = (0..levels.len() - 1).rev().min_by_key(|at| size(*at));
        let at = smallest.expect("more than one level has a pair of neighbours");
        let lower = levels.remove(at + 1);
        levels[at].members.extend(lower.members);
        levels[at].members.sort_unstable();
        levels[at].apart = false;
    }
}

/// Sets of things that need each other; most are of one.
fn knots(weights: &Weights) -> Vec<Vec<usize>> {
    let mut knots: Vec<Vec<usize>> =
        cycles(weights).into_iter().map(|cycle| cycle.members).collect();
    let mut alone: Vec<usize> = weights.keys().flat_map(|(from, to)| [*from, *to]).collect();
    alone.sort_unstable();
    alone.dedup();
    alone.retain(|thing| !knots.iter().any(|knot| knot.contains(thing)));
    knots.extend(alone.into_iter().map(|thing| vec![thing]));
    knots
}

/// The length of the longest way down from each thing, counted in knots.
fn heights(weights: &Weights, knots: &[Vec<usize>]) -> Vec<usize> {
    let things = knots.iter().flatten().max().map_or(0, |last| last + 1);
    let mut knot_of = vec![0; things];
    for (at, knot) in knots.iter().enumerate() {
        for thing in knot {
            knot_of[*thing] = at;
        }
    }
    let edges: Vec<(usize, usize)> = weights
        .keys()
        .map(|(from, to)| (knot_of[*from], knot_of[*to]))
        .filter(|(from, to)| from != to)
        .collect();
    let mut heights = vec![0; knots.len()];
    // Knots have no circle, so this ends after as many rounds as the longest way has steps.
    let mut moved = true;
    while std::mem::take(&mut moved) {
        for (from, to) in &edges {
            if heights[*from] <= heights[*to] {
                heights[*from] = heights[*to] + 1;
                moved = true;
            }
        }
    }
    knot_of.into_iter().map(|knot| heights.get(knot).copied().unwrap_or(0)).collect()
}
