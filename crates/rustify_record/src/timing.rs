//! How long both versions take on recorded calls: rounds in turn, A B A B, so that a busy moment hits both.

use std::io;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use crate::cases::Side;
use crate::parity::Times;
use crate::worker::Failure;

/// The recorded calls of one pass.
const INPUTS: usize = 6;
/// The seconds that the calls of one input shall take in one pass.
const PASS: f64 = 0.004;
/// The most calls of one input in one pass.
const LOOPS: f64 = 20_000.0;
/// The same where every call needs arguments of its own, which take longer to make than a short call takes.
const FRESH_LOOPS: f64 = 300.0;
/// The seconds that all rounds of one function may take.
const BUDGET: f64 = 12.0;
/// So many rounds are run, whatever they take, unless the answer is clear before.
const FEWEST: u32 = 3;
/// A pass of so many seconds needs no warming up, and after so many seconds two rounds are enough in which one version
/// is always faster than the other by this factor.
const LONG: f64 = 0.4;
const CLEAR: f64 = 2.0;

#[derive(Deserialize)]
struct Answer {
    seconds: Option<f64>,
    failed: Option<String>,
}

/// Times the calls, given with Python's seconds for each; the inner error says why that failed.
pub(crate) fn measure(
    sides: &mut [Side; 2],
    function: usize,
    timeable: &[(usize, f64)],
    fresh: bool,
    rounds: u32,
    cancelled: &dyn Fn() -> bool,
) -> io::Result<Result<Times, String>> {
    let chosen = choose(timeable);
    let most = if fresh { FRESH_LOOPS } else { LOOPS };
    let plan: Vec<(usize, u32)> = chosen
        .iter()
        .map(|&(case, seconds)| (case, (PASS / seconds.max(1e-9)).clamp(1.0, most) as u32))
        .collect();
    let pass: f64 = chosen
        .iter()
        .zip(&plan)
        .map(|(c, p)| c.1 * f64::from(p.1))
        .sum();
    let affordable = (BUDGET / (2.0 * pass).max(1e-9)) as u32;
    let rounds = rounds.min(affordable.max(FEWEST));
    let limit = Duration::from_secs_f64(pass * 20.0 + 60.0);
    let mut seconds = [Vec::new(), Vec::new()];
    // Round 0 warms up.
    for round in u32::from(pass > LONG)..=rounds {
        if round > 2 && is_clear(&seconds) {
            break;
        }
        let request =
            json!({"do": "time", "number": function, "plan": plan, "fresh": fresh, "turn": round});
        for side in 0..2 {
            let answer: Answer = match sides[side].ask(function, &request, limit, cancelled)? {
                Ok(answer) => answer,
                Err(Failure::Died(how)) => {
                    return Ok(Err(format!(
                        "the process that called it again ended: {how}"
                    )));
                }
                Err(Failure::Time | Failure::Cancelled) => {
                    return Ok(Err("calling it again took too long".to_owned()));
                }
            };
            match answer.seconds {
                Some(value) if round > 0 => seconds[side].push(value),
                Some(_) => {}
                None => {
                    let how = answer.failed.unwrap_or_default();
                    return Ok(Err(format!(
                        "called again with the same arguments, it raised {how}"
                    )));
                }
            }
        }
    }
    let rounds = seconds[0].len() as u32;
    let [python, rust] = seconds.map(summary);
    Ok(Ok(Times {
        python: python.0,
        python_range: python.1,
        rust: rust.0,
        rust_range: rust.1,
        rounds,
        inputs: plan.len() as u32,
    }))
}

/// The longest call and others spread over the range, as far as the budget goes.
fn choose(timeable: &[(usize, f64)]) -> Vec<(usize, f64)> {
    let mut sorted = timeable.to_vec();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1));
    let n = sorted.len().min(INPUTS);
    let mut total = 0.0;
    let mut chosen = Vec::new();
    for i in 0..n {
        let (case, seconds) = sorted[i * sorted.len() / n];
        if chosen.is_empty() || total + seconds < BUDGET / 24.0 {
            total += seconds;
            chosen.push((case, seconds));
        }
    }
    chosen
}

/// Whether more rounds would take long and not change the answer.
fn is_clear(seconds: &[Vec<f64>; 2]) -> bool {
    let taken: f64 = seconds.iter().flatten().sum();
    let faster_by = |one: &[f64], other: &[f64]| {
        let slowest = one.iter().copied().fold(0.0, f64::max);
        other.iter().all(|&s| s > CLEAR * slowest)
    };
    let [python, rust] = seconds;
    taken > LONG && (faster_by(rust, python) || faster_by(python, rust))
}

/// The median, and the range.
fn summary(mut values: Vec<f64>) -> (f64, (f64, f64)) {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    if n == 0 {
        return (0.0, (0.0, 0.0));
    }
    let median = if n % 2 == 1 {
        values[n / 2]
    } else {
        f64::midpoint(values[n / 2 - 1], values[n / 2])
    };
    (median, (values[0], values[n - 1]))
}
