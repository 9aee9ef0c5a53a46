//! From what was proven and measured to what ships.

use std::fmt::Write;

use rustify_types::{Compiled, Outcome, Reason};

use crate::report::Function;
use crate::report::figures::seconds;
use crate::report::model::{Calls, Entry, Profiled, Times};
use crate::select::Target;
use crate::stages::Proof;

/// A translation that is less than this much faster is not worth shipping.
pub const WORTH: f64 = 1.05;

/// Calls that take Python less than these seconds are hardly more than calls.
const SHORT: f64 = 1e-6;

/// A translation that completes fewer of its ordinary calls does not count as one.
const COMPLETES: f64 = 0.9;

/// The functions of the report before anything was proven.
pub fn functions(targets: &[Target], compiled: Option<&Compiled>) -> Vec<Function> {
    targets
        .iter()
        .map(|target| {
            let p = &target.profile;
            let outcome = compiled.and_then(|c| {
                c.functions
                    .iter()
                    .find(|(name, line, _)| *name == p.qualname && *line == p.line)
                    .or_else(|| c.functions.iter().find(|(name, ..)| *name == p.qualname))
            });
            let (translated, reason) = match outcome {
                Some((_, _, Outcome::Translated { .. })) => (true, None),
                Some((_, _, Outcome::Rejected(reason))) => (false, Some(reason.clone())),
                None => (false, None),
            };
            Function {
                name: p.qualname.clone(),
                line: p.line,
                chosen: target.chosen,
                translated,
                reason,
                profile: Profiled {
                    calls: p.calls,
                    own_seconds: p.own_seconds,
                    total_seconds: p.total_seconds,
                    percent: target.percent,
                    signatures: p
                        .signatures
                        .iter()
                        .map(|s| {
                            let types: Vec<&str> = s.args.iter().map(|a| a.0.as_str()).collect();
                            format!("({}) {} times", types.join(", "), s.count)
                        })
                        .collect(),
                },
                ..Function::default()
            }
        })
        .collect()
}

/// Enters the proofs and decides for each translated function whether it ships.
pub fn enter(functions: &mut [Function], proofs: &[Proof], effects: &[String], keep_slower: bool) {
    for function in functions.iter_mut().filter(|f| f.translated) {
        let proof = proofs.iter().find(|p| p.qualname == function.name);
        if let Some(proof) = proof {
            function.parity = Some(proof.parity.clone());
            function.times.clone_from(&proof.times);
            function.calls = proof.calls;
            function.spares = (proof.spares.cases > 0).then(|| proof.spares.clone());
        }
        match obstacle(
            function,
            proof,
            effects.contains(&function.name),
            keep_slower,
        ) {
            None => {
                function.entry = Entry::Rust;
                if let Some(spares) = &mut function.spares {
                    let is_worth = spares.speedup.is_some_and(|s| s >= WORTH);
                    spares.used = spares.matched == spares.cases && (is_worth || keep_slower);
                }
            }
            Some((code, message, help)) => {
                if code == "gives-up" {
                    function.translated = false;
                }
                function.reason = Some(Reason {
                    code: code.to_owned(),
                    line: function.line,
                    column: 0,
                    end_column: 0,
                    source_line: String::new(),
                    message,
                    help: help.to_owned(),
                });
            }
        }
    }
}

/// The functions that run in Rust for arguments of recorded types only: translations for others are not proven, or not
/// faster.
pub fn without_spares(functions: &[Function]) -> Vec<String> {
    functions
        .iter()
        .filter(|f| f.entry == Entry::Rust && !f.spares.as_ref().is_some_and(|s| s.used))
        .map(|f| f.name.clone())
        .collect()
}

type Obstacle = (&'static str, String, &'static str);

fn obstacle(
    function: &Function,
    proof: Option<&Proof>,
    has_effects: bool,
    keep_slower: bool,
) -> Option<Obstacle> {
    let Some(proof) = proof else {
        if function.name.contains("<locals>") {
            return Some((
                "inside",
                "it runs inside the function around it, which is what Python calls".into(),
                "Define it at the top level if it is called on its own.",
            ));
        }
        return Some(if has_effects {
            (
                "inside",
                "it runs inside the functions that use it; called from Python it stays Python"
                    .into(),
                "Nothing to do where functions of the file use it: it runs in Rust inside those that are translated. To call it from Python, return a list instead of an iterator or a function.",
            )
        } else {
            (
                "not-verified",
                "its calls could not be compared".into(),
                "Let the program call it with ordinary arguments (--driver).",
            )
        });
    };
    if let Some(why) = &proof.skipped {
        return Some((
            "not-verified",
            format!("its calls could not be compared: {why}"),
            "Let the program call it with arguments that can be pickled.",
        ));
    }
    if proof.parity.cases > proof.parity.matched {
        return Some((
            "parity",
            format!(
                "{} of {} compared calls came out differently",
                proof.parity.cases - proof.parity.matched,
                proof.parity.cases
            ),
            "This is a fault of rustify; please report it with the function.",
        ));
    }
    if !proof.parity.complete() {
        return Some((
            "not-verified",
            not_compared(function),
            "Let the program call it with numbers, texts, containers, arrays and instances of plain classes (--driver): iterators, open files and objects with hooks cannot be made again. Inside translated functions that call it, it runs in Rust all the same.",
        ));
    }
    let calls = proof.calls;
    if calls.total == 0 && function.times.is_some() {
        return Some((
            "not-attached",
            "no recorded call reached Rust".into(),
            "See `stats()` of the extension; a function that is replaced after the import keeps its Python version.",
        ));
    }
    if calls.total > 0 && (calls.completed as f64) < COMPLETES * calls.total as f64 {
        return Some((
            "gives-up",
            gave_up(function, proof),
            "What gives up looks like: an argument of another type than the others, `is` on numbers or texts, operators, hashes or orders that classes define, warnings, NaN where it is looked up or sorted, integers beyond 128 bits. Run that call alone, step by step; give arguments one type, or move such a step into a function of its own.",
        ));
    }
    if keep_slower {
        return None;
    }
    match &function.times {
        None if function.profile.calls > 0 => Some((
            "not-timed",
            match &proof.untimed {
                Some(why) => format!("its speed is not known: {why}"),
                None => "its speed is not known: nothing was timed".into(),
            },
            "Let the program call it with arguments that it can be called with again (--driver), or ship it unmeasured with --keep-slower.",
        )),
        None => Some((
            "not-timed",
            "the program never called it, so there is nothing to measure".into(),
            "Let the program call it (--driver), or ship it unmeasured with --keep-slower.",
        )),
        Some(times) if times.speedup < WORTH => Some(not_faster(times, calls)),
        Some(_) => None,
    }
}

/// Why none of its calls could be compared.
fn not_compared(function: &Function) -> String {
    let calls = function.profile.calls;
    if calls == 0 {
        return "the program never called it, and no calls could be made up for it".into();
    }
    let mut message = format!(
        "none of its {calls} calls could be compared: their arguments cannot be made again"
    );
    if let Some(types) = function.profile.signatures.first() {
        let _ = write!(message, ", as those of {types}");
    }
    message
}

/// That most calls give up, and one of them.
fn gave_up(function: &Function, proof: &Proof) -> String {
    let mut message = format!(
        "Rust completed only {} of {} recorded calls; in the others it came to a step that it cannot do exactly as Python, and left the call to Python",
        proof.calls.completed, proof.calls.total
    );
    if let Some(arguments) = &proof.given_up {
        let name = function.name.rsplit('.').next().unwrap_or_default();
        let _ = write!(message, ", first in `{name}({arguments})`");
    }
    message
}

/// Why a translation does not ship that is exact, but no gain.
fn not_faster(times: &Times, calls: Calls) -> Obstacle {
    let mut message = format!(
        "Rust is {:.2} times as fast: {} a call instead of {}",
        times.speedup,
        seconds(times.rust_seconds),
        seconds(times.python_seconds)
    );
    let left = calls.total - calls.completed;
    if left > 0 {
        let _ = write!(
            message,
            "; {left} of {} calls gave up on the way and ran Python",
            calls.total
        );
    }
    let help = if times.python_seconds < SHORT {
        "The call itself is most of that. Nothing to do where translated functions call it: inside them it runs in Rust without the cost of a call. Else move the loop that calls it into a function of the file."
    } else {
        "Rust gains in loops over numbers, in local variables, and in lists, dicts and instances that the function makes itself; items and attributes of the caller's own objects, and texts, cost about the same in both. Where translated functions call it, it runs in Rust inside them; --keep-slower ships it as it is."
    };
    ("not-faster", message, help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::Parity;

    fn decided(matched: u64, speedup: Option<f64>, completed: u64, keep: bool) -> Function {
        let mut functions = vec![Function {
            name: "f".into(),
            translated: true,
            ..Function::default()
        }];
        let proof = Proof {
            qualname: "f".into(),
            parity: Parity {
                cases: 10,
                matched,
                first_mismatch: None,
            },
            calls: Calls {
                total: 10,
                completed,
                deopted: 10 - completed,
            },
            times: speedup.map(|speedup| Times {
                speedup,
                ..Times::default()
            }),
            ..Proof::default()
        };
        enter(&mut functions, &[proof], &[], keep);
        functions.remove(0)
    }

    fn code(function: &Function) -> Option<&str> {
        function.reason.as_ref().map(|r| r.code.as_str())
    }

    #[test]
    fn only_what_is_proven_and_faster_ships() {
        assert_eq!(decided(10, Some(2.0), 10, false).entry, Entry::Rust);
        assert_eq!(code(&decided(9, Some(2.0), 10, true)), Some("parity"));
        assert_eq!(
            code(&decided(10, Some(1.04), 10, false)),
            Some("not-faster")
        );
        assert_eq!(decided(10, Some(1.04), 10, true).entry, Entry::Rust);
        assert_eq!(code(&decided(10, None, 10, false)), Some("not-timed"));
        let lazy = decided(10, Some(2.0), 5, false);
        assert_eq!(code(&lazy), Some("gives-up"));
        assert!(!lazy.translated);
    }
}
