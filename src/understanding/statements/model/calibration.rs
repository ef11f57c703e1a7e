//! From a judge's score to a confidence that can be believed: of statements at 0.9, nine in ten are right.

/// Points of the table.
pub const KNOTS: usize = 16;
/// The scores (log-odds) of the first and the last point.
const FIRST: f32 = -6.0;
const STEP: f32 = 0.8;

/// Thousandths at equally spaced scores, never falling; straight lines between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calibration(pub [u16; KNOTS]);

impl Calibration {
    /// The score that the point `knot` stands for.
    pub fn score_at(knot: u16) -> f32 {
        FIRST + STEP * f32::from(knot)
    }

    /// The confidence of `score`, in thousandths.
    pub fn permille(&self, score: f32) -> u16 {
        let points = (0_u16..).zip(self.0);
        let mut before: Option<(f32, u16)> = None;
        for (knot, value) in points {
            let at = Self::score_at(knot);
            if score <= at {
                return before.map_or(value, |(from, low)| between(low, value, (score - from) / STEP));
            }
            before = Some((at, value));
        }
        before.map_or(0, |(_, value)| value)
    }
}

fn between(low: u16, high: u16, share: f32) -> u16 {
    let rise = f32::from(high.saturating_sub(low)) * share.clamp(0.0, 1.0);
    // Counting up is exact where a cast would have to be argued for.
    low + (0..=high.saturating_sub(low)).take_while(|step| f32::from(*step) <= rise).last().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_between_two_points_lie_between_their_confidences() {
        let mut points = [0; KNOTS];
        points[14] = 400;
        points[15] = 800;
        let table = Calibration(points);
        assert_eq!(table.permille(-50.0), 0);
        assert_eq!(table.permille(50.0), 800);
        let middle = (Calibration::score_at(14) + Calibration::score_at(15)) / 2.0;
        assert!((598..=601).contains(&table.permille(middle)));
    }
}
