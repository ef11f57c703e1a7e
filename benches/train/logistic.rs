//! Logistic regression over a few numbers, solved to the end (Newton's method), for judges and calibration.

/// One case: what is weighed, whether it was so, how much it counts.
pub(crate) struct Case {
    pub things: Vec<f64>,
    pub so: bool,
    pub counts: f64,
}

/// Weights for `things`, the first of which is the constant; the others are drawn to zero by `draw`.
pub(crate) fn fit(cases: &[Case], draw: f64) -> Vec<f64> {
    let width = cases.first().map_or(0, |case| case.things.len());
    let mut weights = vec![0.0; width];
    for _ in 0..25 {
        let mut slope: Vec<f64> = (0..width).map(|at| -drawn(at, draw) * weights.get(at).unwrap_or(&0.0)).collect();
        let mut bend = vec![vec![0.0; width]; width];
        for (at, row) in bend.iter_mut().enumerate() {
            row.iter_mut().skip(at).take(1).for_each(|value| *value += drawn(at, draw));
        }
        for case in cases {
            let chance = chance(&weights, &case.things);
            let miss = (if case.so { 1.0 } else { 0.0 }) - chance;
            let curve = (chance * (1.0 - chance)).max(1e-6) * case.counts;
            for ((slope, row), one) in slope.iter_mut().zip(&mut bend).zip(&case.things) {
                *slope += miss * one * case.counts;
                for (value, two) in row.iter_mut().zip(&case.things) {
                    *value += curve * one * two;
                }
            }
        }
        let change = solve(bend, slope);
        let far = change.iter().fold(0.0_f64, |far, step| far.max(step.abs()));
        let brake = if far > 2.0 { 2.0 / far } else { 1.0 };
        for (weight, step) in weights.iter_mut().zip(change) {
            *weight += step * brake;
        }
        if far < 1e-7 {
            break;
        }
    }
    weights
}

pub(crate) fn chance(weights: &[f64], things: &[f64]) -> f64 {
    let score: f64 = weights.iter().zip(things).map(|(weight, thing)| weight * thing).sum();
    1.0 / (1.0 + (-score).exp())
}

fn drawn(at: usize, draw: f64) -> f64 {
    if at == 0 { 1e-3 } else { draw }
}

/// Solves `left · x = right` for a symmetric positive `left` (Gauss; no pivots are needed).
fn solve(mut left: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let width = right.len();
    for at in 0..width {
        let Some(pivot) = left.get(at).cloned() else { break };
        let head = pivot.get(at).copied().unwrap_or(1.0);
        let value = right.get(at).copied().unwrap_or_default();
        for (row, result) in left.iter_mut().zip(&mut right).skip(at + 1) {
            let share = row.get(at).copied().unwrap_or_default() / head;
            for (entry, above) in row.iter_mut().zip(&pivot).skip(at) {
                *entry -= share * above;
            }
            *result -= share * value;
        }
    }
    let mut solved = vec![0.0; width];
    for at in (0..width).rev() {
        let Some(row) = left.get(at) else { continue };
        let known: f64 = row.iter().zip(&solved).skip(at + 1).map(|(entry, value)| entry * value).sum();
        let value = (right.get(at).copied().unwrap_or_default() - known) / row.get(at).copied().unwrap_or(1.0);
        solved.iter_mut().skip(at).take(1).for_each(|place| *place = value);
    }
    solved
}
