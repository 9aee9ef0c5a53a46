//! Runs the cases of one function on both versions and compares what they say.

use std::io;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::parity::{Mismatch, Parity, Spares, Stats};
use crate::worker::{Failure, Start, Worker};

/// After so many cases that end one version's process, a function is given up.
const PATIENCE: u32 = 3;
/// After so many huge numbers that Python does not finish, the other ones are left out.
const HUGE: u32 = 3;
/// A function that gives up too often stays in Python for good: before that, the drop-in is loaded anew.
const TIRED: u64 = 40;
/// The generated cases of one function may take this long together.
const GENERATED: Duration = Duration::from_secs(15);
/// What the labels of recorded calls with values of other types begin with; after one that takes too long, they are left
/// out.
const SIBLING: &str = "sibling of";
/// A recorded call may take this long in Python.
const RECORDED: Duration = Duration::from_secs(30);

/// What a call did.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Outcome {
    pub(crate) unmakeable: Option<String>,
    pub(crate) failed: Option<String>,
    pub(crate) ended: String,
    pub(crate) seconds: f64,
    pub(crate) shown: String,
    pub(crate) stats: [u64; 3],
    /// Whether a translation for other argument types completed it.
    pub(crate) spared: bool,
    pub(crate) arguments: String,
    pub(crate) mutated: bool,
    pub(crate) warnings: String,
    pub(crate) value_shown: String,
    pub(crate) r#type: String,
    pub(crate) result: String,
    pub(crate) identity: String,
}

/// Whether the original does the same each time.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
struct Steady {
    steady: Option<bool>,
}

/// One of the two processes, started again when a case ended it.
pub(crate) struct Side {
    pub(crate) start: Start,
    pub(crate) worker: Option<Worker>,
    /// The function that the process has prepared.
    prepared: Option<usize>,
}

impl Side {
    pub(crate) fn new(start: Start, worker: Worker) -> Self {
        Self {
            start,
            worker: Some(worker),
            prepared: None,
        }
    }

    /// The same version for a process of its own, not started yet.
    pub(crate) fn another(&self) -> Self {
        Self {
            start: self.start.clone(),
            worker: None,
            prepared: None,
        }
    }

    /// Asks the process, after starting and preparing it if needed.
    pub(crate) fn ask<T: serde::de::DeserializeOwned>(
        &mut self,
        function: usize,
        request: &Value,
        limit: Duration,
        cancelled: &dyn Fn() -> bool,
    ) -> io::Result<Result<T, Failure>> {
        if self.worker.is_none() {
            match Worker::start(&self.start, cancelled)? {
                Ok((worker, _)) => self.worker = Some(worker),
                Err(failure) => return Ok(Err(failure)),
            }
            self.prepared = None;
        }
        let Some(worker) = &mut self.worker else {
            return Ok(Err(Failure::Died("it did not start".to_owned())));
        };
        let needs_cases = request["do"] != "function" && request["do"] != "disturbed";
        if self.prepared != Some(function) && needs_cases {
            let prepare = json!({"do": "function", "number": function});
            if let Err(failure) = worker.ask::<Value>(&prepare, self.start.load_limit, cancelled) {
                self.worker = None;
                return Ok(Err(failure));
            }
        }
        if request["do"] != "disturbed" {
            self.prepared = Some(function);
        }
        let answer = worker.ask(request, limit, cancelled);
        if answer.is_err() {
            self.worker = None;
        }
        Ok(answer)
    }
}

/// What the comparison of one function found.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    pub(crate) parity: Parity,
    pub(crate) recorded: Stats,
    /// The arguments of the first recorded call that Rust gave up.
    pub(crate) given_up: Option<String>,
    pub(crate) all: Stats,
    pub(crate) spares: Spares,
    /// Calls of other types that a spare completed, and Python's seconds for each.
    pub(crate) siblings: Vec<(usize, f64)>,
    /// Recorded calls that went the same, and Python's seconds for each.
    pub(crate) timeable: Vec<(usize, f64)>,
    /// Whether a recorded call changes its arguments.
    pub(crate) mutates: bool,
    pub(crate) cancelled: bool,
}

impl Compared {
    /// Whether all cases that were run went the same, so that it is worth knowing what they take.
    pub(crate) fn agrees(&self) -> bool {
        self.parity.complete() && !self.cancelled
    }
}

/// What is known of a case before it is run.
#[derive(Debug)]
pub(crate) struct Label {
    /// Its description.
    pub(crate) text: String,
    /// The recorded call that it varies, by its number.
    pub(crate) base: Option<usize>,
}

/// Runs all cases of a function until its time is over; recorded calls come first.
pub(crate) fn compare(
    sides: &mut [Side; 2],
    function: usize,
    labels: &[Label],
    recorded: usize,
    case_limit: Duration,
    time_limit: Duration,
    cancelled: &dyn Fn() -> bool,
) -> io::Result<Compared> {
    let mut compared = Compared::default();
    let (begun, mut crashes, mut huge) = (Instant::now(), 0, 0);
    let mut generating = None;
    let (mut given_up, mut with_spares, mut slow_siblings) = (0, true, false);
    let mut seconds = vec![0.0; recorded];
    for (case, Label { text: label, base }) in labels.iter().enumerate() {
        let real = case < recorded;
        if crashes >= PATIENCE || begun.elapsed() > time_limit {
            break;
        }
        if !real && generating.get_or_insert_with(Instant::now).elapsed() > GENERATED {
            break;
        }
        if !real && huge >= HUGE && label.contains("huge") {
            compared.parity.left_out += 1;
            continue;
        }
        let is_sibling = label.starts_with(SIBLING);
        if is_sibling && slow_siblings {
            compared.parity.left_out += 1;
            continue;
        }
        let limit = if real { RECORDED } else { case_limit };
        if !real && base.is_some_and(|n| seconds[n] > limit.as_secs_f64()) {
            // It would take as long as that call.
            compared.parity.left_out += 1;
            continue;
        }
        let request = |limit: Duration| json!({"do": "run", "number": function, "case": case, "limit": limit.as_secs_f64()});
        let expected: Outcome = match sides[0].ask(
            function,
            &request(limit),
            on_a_busy_machine(limit),
            cancelled,
        )? {
            Ok(outcome) => outcome,
            Err(Failure::Cancelled) => {
                compared.cancelled = true;
                break;
            }
            Err(Failure::Time | Failure::Died(_)) => {
                compared.parity.left_out += 1;
                huge += u32::from(label.contains("huge"));
                slow_siblings |= is_sibling;
                begin_anew(sides);
                continue;
            }
        };
        if expected.unmakeable.is_some() {
            continue;
        }
        if expected.failed.is_some() || matches!(expected.ended.as_str(), "time" | "memory") {
            compared.parity.left_out += 1;
            huge += u32::from(label.contains("huge"));
            slow_siblings |= is_sibling;
            begin_anew(sides);
            continue;
        }
        if real {
            seconds[case] = expected.seconds;
        }
        let patience = Duration::from_secs_f64(expected.seconds * 10.0) + Duration::from_secs(5);
        let mut again = request(patience);
        again["spares"] = json!(with_spares);
        let mut found =
            sides[1].ask::<Outcome>(function, &again, on_a_busy_machine(patience), cancelled)?;
        let spared = with_spares && !matches!(&found, Ok(found) if !found.spared);
        if let (true, Some((aspect, text))) = (with_spares, part(&expected, &found)) {
            // It may be the fault of a translation for other types, completed or not: the function can do without.
            again["spares"] = json!(false);
            let without = sides[1].ask::<Outcome>(
                function,
                &again,
                on_a_busy_machine(patience),
                cancelled,
            )?;
            if part(&expected, &without).is_none() {
                with_spares = false;
                compared.spares.cases += 1;
                compared.spares.first_mismatch = Some(Mismatch {
                    case: label.clone(),
                    arguments: expected.shown.clone(),
                    expected: expected.value_shown.clone(),
                    found: text,
                    aspect: aspect.to_owned(),
                });
                found = without;
            }
        }
        compared.parity.cases += 1;
        compared.parity.recorded += u64::from(real);
        let difference = match found {
            // A process that began anew has not imported what earlier calls had in the other.
            Ok(found) if !real && found.unmakeable.is_some() => {
                compared.parity.cases -= 1;
                compared.parity.left_out += 1;
                continue;
            }
            Ok(found) => {
                add(&mut compared.all, found.stats);
                given_up += found.stats[2];
                if given_up > TIRED {
                    sides[1].worker = None;
                    given_up = 0;
                }
                // A call that raises is Python's to finish, whatever Rust did before.
                if real && expected.ended == "returned" {
                    add(&mut compared.recorded, found.stats);
                    if found.stats[2] > 0 {
                        compared
                            .given_up
                            .get_or_insert_with(|| expected.shown.clone());
                    }
                }
                difference(&expected, &found)
            }
            Err(Failure::Cancelled) => {
                compared.cancelled = true;
                break;
            }
            Err(Failure::Time) => {
                crashes += 1;
                Some(("time", "it did not end".to_owned()))
            }
            Err(Failure::Died(how)) => {
                crashes += 1;
                Some(("crash", how))
            }
        };
        if let Some((aspect, found)) = difference {
            // What hangs on the address of a NaN differs between two runs of Python, too.
            if expected.shown.contains("nan") {
                let ask = json!({"do": "steady", "number": function, "case": case, "limit": limit.as_secs_f64()});
                let steady = sides[0].ask::<Steady>(
                    function,
                    &ask,
                    on_a_busy_machine(limit * 20),
                    cancelled,
                )?;
                begin_anew(sides);
                if matches!(
                    steady,
                    Ok(Steady {
                        steady: Some(false)
                    })
                ) {
                    compared.parity.cases -= 1;
                    compared.parity.recorded -= u64::from(real);
                    compared.parity.left_out += 1;
                    continue;
                }
            }
            compared.parity.first_mismatch.get_or_insert(Mismatch {
                case: label.clone(),
                arguments: expected.shown,
                expected: expected.value_shown,
                found,
                aspect: aspect.to_owned(),
            });
            continue;
        }
        compared.parity.matched += 1;
        if spared && with_spares {
            compared.spares.cases += 1;
            compared.spares.matched += 1;
            if is_sibling && expected.ended == "returned" {
                compared.siblings.push((case, expected.seconds));
                compared.mutates |= expected.mutated;
            }
        }
        if real {
            compared.mutates |= expected.mutated;
            if expected.ended == "returned" {
                compared.timeable.push((case, expected.seconds));
            }
        }
    }
    Ok(compared)
}

/// Lets both versions load again: what a call that was cut short has done to the module is no longer the same in both.
pub(crate) fn begin_anew(sides: &mut [Side; 2]) {
    for side in sides {
        side.worker = None;
    }
}

/// How long to wait for what may take so much of a processor's time.
fn on_a_busy_machine(limit: Duration) -> Duration {
    limit * 10 + Duration::from_secs(20)
}

fn add(stats: &mut Stats, [calls, completed, deopted]: [u64; 3]) {
    stats.calls += calls;
    stats.completed += completed;
    stats.deopted += deopted;
}

/// Where an outcome differs from what was expected, if anywhere; cases that cannot be made are no difference.
fn part(expected: &Outcome, found: &Result<Outcome, Failure>) -> Option<(&'static str, String)> {
    match found {
        Ok(found) if found.unmakeable.is_some() => None,
        Ok(found) => difference(expected, found),
        Err(Failure::Cancelled) => None,
        Err(Failure::Time) => Some(("time", "it did not end".to_owned())),
        Err(Failure::Died(how)) => Some(("crash", how.clone())),
    }
}

/// Where two outcomes differ first, and what was found there.
fn difference(expected: &Outcome, found: &Outcome) -> Option<(&'static str, String)> {
    let brought = || format!("{} ({})", found.value_shown, found.r#type);
    if let Some(why) = found.unmakeable.as_ref().or(found.failed.as_ref()) {
        return Some(("crash", why.clone()));
    }
    if matches!(found.ended.as_str(), "time" | "memory") {
        return Some(("time", format!("it ran out of {}", found.ended)));
    }
    if expected.ended != found.ended {
        return Some(("exception", brought()));
    }
    if expected.r#type != found.r#type {
        return Some((
            if expected.ended == "raised" {
                "exception"
            } else {
                "type"
            },
            brought(),
        ));
    }
    if expected.result != found.result {
        let aspect = if expected.ended == "raised" {
            "exception"
        } else {
            "result"
        };
        let same = expected.value_shown == found.value_shown;
        return Some((
            aspect,
            if same {
                at_difference(&expected.result, &found.result)
            } else {
                brought()
            },
        ));
    }
    if expected.arguments != found.arguments {
        return Some((
            "arguments",
            at_difference(&expected.arguments, &found.arguments),
        ));
    }
    if expected.identity != found.identity {
        return Some((
            "aliasing",
            at_difference(&expected.identity, &found.identity),
        ));
    }
    if expected.warnings != found.warnings {
        return Some(("warnings", found.warnings.clone()));
    }
    None
}

/// The place where two snapshots part, of both.
fn at_difference(expected: &str, found: &str) -> String {
    let at = expected
        .chars()
        .zip(found.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let part = |text: &str| {
        text.chars()
            .skip(at.saturating_sub(20))
            .take(80)
            .collect::<String>()
    };
    format!("{:?} instead of {:?}", part(found), part(expected))
}
