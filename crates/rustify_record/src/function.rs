//! The proof of one function: its cases on both versions, what they take, and the verdict.

use std::io;
use std::time::Duration;

use serde_json::{Value, json};

use crate::candidate::{Candidate, VerifyOptions};
use crate::cases::{self, Compared, Label, Side};
use crate::parity::{FunctionVerdict, Mismatch, Parity, Spares, Stats, Times, Verdict};
use crate::timing;
use crate::worker::Failure;

/// Calls of other types than the recorded ones are timed so often at most.
const SIBLING_ROUNDS: u32 = 4;
/// How long a process may take to answer what it knows.
const GLANCE: Duration = Duration::from_secs(30);

/// What a function's calls take, and those of other types that a spare completes.
#[derive(Debug, Default)]
pub(crate) struct Timed {
    recorded: Option<Times>,
    /// Why there is no figure for recorded calls, where one was wanted.
    untimed: Option<String>,
    spares: Option<Times>,
}

/// Compares all cases of the function, or answers why none was run.
pub(crate) fn compared(
    options: &VerifyOptions,
    sides: &mut [Side; 2],
    candidate: &Candidate,
    number: usize,
    cancelled: &dyn Fn() -> bool,
) -> io::Result<Result<Compared, Verdict>> {
    let none = |why: &str| Ok(Err(Verdict::NotReplayed(why.to_owned())));
    if !candidate.effects_free {
        return none("it may change things outside its arguments");
    }
    if is_disturbed(sides, number, cancelled)? {
        cases::begin_anew(sides);
    }
    let request = json!({"do": "function", "number": number});
    let mut lists = Vec::new();
    for side in &mut *sides {
        let answer: Value = match side.ask(number, &request, options.load_limit, cancelled)? {
            Ok(answer) => answer,
            Err(Failure::Died(how)) => return none(&format!("its cases cannot be made: {how}")),
            Err(Failure::Time | Failure::Cancelled) => {
                return none("its cases cannot be made in time");
            }
        };
        if let Some(why) = answer["missing"].as_str().or(answer["failed"].as_str()) {
            return none(why);
        }
        lists.push(answer);
    }
    if lists[0] != lists[1] {
        return Ok(Err(Verdict::Replayed(other_lists())));
    }
    let all = |key: &str| lists[0][key].as_array().into_iter().flatten();
    let labels: Vec<Label> = all("cases")
        .zip(all("bases"))
        .map(|(text, base)| Label {
            text: text.as_str().unwrap_or_default().to_owned(),
            base: base.as_u64().map(|n| n as usize),
        })
        .collect();
    let recorded = lists[0]["recorded"].as_u64().unwrap_or(0) as usize;
    cases::compare(
        sides,
        number,
        &labels,
        recorded,
        options.case_limit,
        options.function_limit,
        cancelled,
    )
    .map(Ok)
}

/// Whether the calls of other functions have left other values in the module than importing it does.
fn is_disturbed(
    sides: &mut [Side; 2],
    number: usize,
    cancelled: &dyn Fn() -> bool,
) -> io::Result<bool> {
    for side in &mut *sides {
        if side.worker.is_none() {
            continue;
        }
        let answer = side.ask::<Value>(number, &json!({"do": "disturbed"}), GLANCE, cancelled)?;
        if !matches!(answer, Ok(answer) if answer["disturbed"] == false) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Times the calls that went the same, while nothing else is running.
pub(crate) fn timed(
    options: &VerifyOptions,
    sides: &mut [Side; 2],
    number: usize,
    compared: &Compared,
    cancelled: &dyn Fn() -> bool,
) -> io::Result<Timed> {
    let mut measure = |calls: &[(usize, f64)], rounds: u32| {
        timing::measure(sides, number, calls, compared.mutates, rounds, cancelled)
    };
    let mut timed = Timed::default();
    if compared.timeable.is_empty() {
        timed.untimed = Some(without_calls(&compared.parity).to_owned());
    } else {
        match measure(&compared.timeable, options.rounds)? {
            Ok(times) => timed.recorded = Some(times),
            Err(why) => timed.untimed = Some(why),
        }
    }
    if !compared.siblings.is_empty() {
        let rounds = options.rounds.min(SIBLING_ROUNDS);
        timed.spares = measure(&compared.siblings, rounds)?.ok();
    }
    Ok(timed)
}

/// Why no recorded call can be timed.
fn without_calls(parity: &Parity) -> &'static str {
    if parity.recorded > 0 {
        "each of its recorded calls raises an exception"
    } else {
        "none of its calls could be recorded so that it can be made again: arguments must be built of numbers, texts, containers, arrays and plain classes, and must not be large"
    }
}

/// What all that says of the function.
pub(crate) fn verdict(
    candidate: &Candidate,
    found: Result<Compared, Verdict>,
    timed: Timed,
) -> FunctionVerdict {
    let told = |verdict, recorded_stats, all_stats, spares, given_up| FunctionVerdict {
        qualname: candidate.profile.qualname.clone(),
        line: candidate.profile.line,
        verdict,
        recorded_stats,
        all_stats,
        spares,
        times: timed.recorded,
        untimed: timed.untimed.clone(),
        given_up,
    };
    match found {
        Ok(compared) => told(
            Verdict::Replayed(compared.parity),
            compared.recorded,
            compared.all,
            Spares {
                times: timed.spares,
                ..compared.spares
            },
            compared.given_up,
        ),
        Err(verdict) => told(
            verdict,
            Stats::default(),
            Stats::default(),
            Spares::default(),
            None,
        ),
    }
}

/// Both processes make the same list of cases unless the drop-in's function has other parameters or classes.
fn other_lists() -> Parity {
    Parity {
        cases: 1,
        first_mismatch: Some(Mismatch {
            case: "the function itself".to_owned(),
            arguments: String::new(),
            expected: "the same parameters and classes".to_owned(),
            found: "others".to_owned(),
            aspect: "type".to_owned(),
        }),
        ..Parity::default()
    }
}
