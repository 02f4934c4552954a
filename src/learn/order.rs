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
    let highest = heights.iter().copied().max().unwrap_or(0);
    let mut levels = vec![Level { members: Vec::new(), apart: true }; highest + 1];
    for (knot, height) in knots.iter().zip(heights) {
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

/// Joins neighbouring levels until there are no more than `most`: always those two between which the
/// fewest references run, so that little of the order is lost.
pub(super) fn shorten(levels: &mut Vec<Level>, weights: &Weights, most: usize) {
    while levels.len() > most.max(1) {
        // Ties go to the lowest pair: the top is what people read.
        let pairs = (0..levels.len() - 1).rev();
        let cheapest = pairs.min_by_key(|at| uses(&levels[*at], &levels[at + 1], weights));
        let at = cheapest.expect("more than one level has a pair of neighbours");
        let lower = levels.remove(at + 1);
        levels[at].members.extend(lower.members);
        levels[at].members.sort_unstable();
        levels[at].apart = false;
    }
}

/// How many references run from one level to the next.
fn uses(upper: &Level, lower: &Level, weights: &Weights) -> usize {
    let ends = upper.members.iter().flat_map(|from| lower.members.iter().map(|to| (*from, *to)));
    ends.filter_map(|edge| weights.get(&edge)).map(|weight| weight.then).sum()
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

/// The height of each knot: 0 for what names nothing, else right below the lowest that names it, and
/// on top where nothing does. A helper of one program then stands near its program, not among what
/// everybody shares.
fn heights(weights: &Weights, knots: &[Vec<usize>]) -> Vec<usize> {
    let edges = between(weights, knots);
    let mut least = vec![0; knots.len()];
    settle(&edges, |from, to| raise(&mut least, from, to));
    let highest = least.iter().copied().max().unwrap_or(0);
    let mut heights: Vec<usize> =
        least.iter().map(|least| if *least == 0 { 0 } else { highest }).collect();
    settle(&edges, |from, to| sink(&mut heights, from, to));
    heights
}

/// Edges between knots.
fn between(weights: &Weights, knots: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let things = knots.iter().flatten().max().map_or(0, |last| last + 1);
    let mut knot_of = vec![0; things];
    for (at, knot) in knots.iter().enumerate() {
        for thing in knot {
            knot_of[*thing] = at;
        }
    }
    let ends = weights.keys().map(|(from, to)| (knot_of[*from], knot_of[*to]));
    ends.filter(|(from, to)| from != to).collect()
}

/// Repeats a step until it moves nothing. Knots have no circle, so this ends after as many rounds as
/// the longest way has steps.
fn settle(edges: &[(usize, usize)], mut step: impl FnMut(usize, usize) -> bool) {
    while edges.iter().fold(false, |moved, (from, to)| step(*from, *to) || moved) {}
}

/// Lifts what names above what it names.
fn raise(heights: &mut [usize], from: usize, to: usize) -> bool {
    let moves = heights[from] <= heights[to];
    if moves {
        heights[from] = heights[to] + 1;
    }
    moves
}

/// Lowers what is named below what names it.
fn sink(heights: &mut [usize], from: usize, to: usize) -> bool {
    let moves = heights[from] <= heights[to];
    if moves {
        heights[to] = heights[from] - 1;
    }
    moves
}
