//! The stages as they are: the compiler and the recorder of this workspace.

use std::time::Duration;

use rustify_record::{
    Candidate, FunctionVerdict, Mismatch, ProfileError, ProfileOptions, Progress, Verdict,
    VerifyError, VerifyOptions,
};
use rustify_types::{Compiled, Reason, Request};

use crate::console::Stage;
use crate::failure::Failure;
use crate::interrupt;
use crate::report::model::{Calls, Parity, Spares, Times};
use crate::stages::{Compare, Proof, Stages, Watch, Watched};

/// The compiler and the recorder of this workspace.
#[derive(Clone, Copy, Debug)]
pub struct Real;

impl Stages for Real {
    fn functions(&self, source: &str) -> Result<Vec<(String, u32)>, Reason> {
        rustify_compile::functions(source)
    }

    fn surroundings(&self, source: &str) -> Result<String, Reason> {
        rustify_compile::surroundings(source)
    }

    fn profile(&self, watch: &Watch<'_>, stage: &Stage) -> Result<Watched, Failure> {
        let python = &watch.python.executable;
        let options = ProfileOptions {
            module: watch.module.to_owned(),
            driver: watch.driver.map(Into::into),
            args: watch.arguments.iter().map(Into::into).collect(),
            time_limit: Duration::from_secs_f64(watch.seconds),
            ..ProfileOptions::new(python, watch.file, watch.recording)
        };
        let profile =
            rustify_record::profile(&options, &mut Shown(stage)).map_err(|e| unwatched(&e))?;
        let mut notes = Vec::new();
        if profile.end != rustify_record::End::Exited(0) {
            notes.push(format!("{}; what was seen until then counts", profile.end));
        }
        Ok(Watched {
            functions: profile.functions,
            seconds: profile.seconds,
            python_seconds: profile.total_seconds,
            notes,
        })
    }

    fn compile(&self, request: &Request) -> Result<Compiled, Reason> {
        rustify_compile::compile(request)
    }

    fn verify(&self, compare: &Compare<'_>, stage: &Stage) -> Result<Vec<Proof>, Failure> {
        let watch = compare.watch;
        let options = VerifyOptions {
            as_main: watch.driver.is_none(),
            rounds: watch.iterations,
            // A file that runs its work when it is imported takes no longer than the program did.
            load_limit: Duration::from_secs_f64(watch.seconds.min(60.0)),
            ..VerifyOptions::new(
                &watch.python.executable,
                watch.file,
                compare.dropin,
                watch.module,
                watch.recording,
            )
        };
        let candidates: Vec<Candidate> = compare
            .functions
            .iter()
            .filter_map(|profile| {
                let mut seen = compare.watched.functions.iter();
                let number = seen.position(|f| f.qualname == profile.qualname)?;
                Some(Candidate {
                    profile: profile.clone(),
                    number,
                    effects_free: true,
                })
            })
            .collect();
        let found = rustify_record::verify(&options, &candidates, &mut Shown(stage))
            .map_err(|e| unverified(&e))?;
        if !found.native {
            let how = found
                .note
                .as_ref()
                .map_or(String::new(), |n| format!(": {n}"));
            return Err(Failure::nothing(format!(
                "the file does not run to its end when it is imported{how}"
            ))
            .help(IMPORTED));
        }
        Ok(found.functions.iter().map(proof).collect())
    }
}

/// Tells a stage of the terminal what the recorder does.
struct Shown<'a>(&'a Stage);

impl Progress for Shown<'_> {
    fn running(&mut self, elapsed: Duration, limit: Duration, output: u64) {
        self.0.doing(&format!(
            "{:.0} of at most {:.0} s, {} KiB printed",
            elapsed.as_secs_f64(),
            limit.as_secs_f64(),
            output >> 10
        ));
    }

    fn verifying(&mut self, qualname: &str, done: usize, total: usize) {
        self.0
            .doing(&format!("{} of {total}: {qualname}", done + 1));
    }

    fn timing(&mut self, qualname: &str, done: usize, total: usize) {
        self.0
            .doing(&format!("{} of {total}: timing {qualname}", done + 1));
    }

    fn cancelled(&self) -> bool {
        interrupt::requested()
    }
}

fn unwatched(error: &ProfileError) -> Failure {
    let text = error.to_string();
    match error {
        ProfileError::Syntax(_) => Failure::usage(text),
        ProfileError::OldPython(_) => Failure::environment(text).help("Name one with --python."),
        ProfileError::NotStarted(_) => Failure::nothing(text),
        ProfileError::Files(..) | ProfileError::Python(..) | ProfileError::Cancelled => {
            Failure::environment(text)
        }
    }
}

const IMPORTED: &str = "To compare both versions the file is imported: keep what only the program does \
                        below `if __name__ == \"__main__\":`.";

fn unverified(error: &VerifyError) -> Failure {
    let text = error.to_string();
    match error {
        VerifyError::Original(_) => Failure::nothing(text).help(IMPORTED),
        VerifyError::DropIn(_) => Failure::nothing(text),
        VerifyError::Files(..) | VerifyError::Python(..) | VerifyError::Cancelled => {
            Failure::environment(text)
        }
    }
}

fn proof(verdict: &FunctionVerdict) -> Proof {
    let mut proof = Proof {
        qualname: verdict.qualname.clone(),
        calls: Calls {
            total: verdict.recorded_stats.calls,
            completed: verdict.recorded_stats.completed,
            deopted: verdict.recorded_stats.deopted,
        },
        ..Proof::default()
    };
    match &verdict.verdict {
        Verdict::NotReplayed(why) => proof.skipped = Some(why.clone()),
        Verdict::Replayed(parity) => {
            proof.parity = Parity {
                cases: parity.cases,
                matched: parity.matched,
                first_mismatch: parity.first_mismatch.as_ref().map(told),
            };
        }
    }
    proof.times = verdict.times.map(timed);
    proof.untimed.clone_from(&verdict.untimed);
    proof.given_up.clone_from(&verdict.given_up);
    proof.spares = Spares {
        cases: verdict.spares.cases,
        matched: verdict.spares.matched,
        first_mismatch: verdict.spares.first_mismatch.as_ref().map(told),
        speedup: verdict.spares.times.map(|t| timed(t).speedup),
        used: false,
    };
    proof
}

/// Times as the report has them.
fn timed(times: rustify_record::Times) -> Times {
    // The fastest rounds: whatever else the machine does only makes rounds slower.
    let (python, rust) = (times.python_range.0, times.rust_range.0);
    let above = |median: f64, fastest: f64| median / fastest.max(1e-12) - 1.0;
    let spread = above(times.python, python).max(above(times.rust, rust));
    let inputs = f64::from(times.inputs.max(1));
    Times {
        python_seconds: python / inputs,
        rust_seconds: rust / inputs,
        speedup: (python / rust.max(1e-12)).min(1e9),
        spread: spread.min(1e9),
    }
}

fn told(mismatch: &Mismatch) -> String {
    format!(
        "{} ({})\narguments: {}\nPython: {}\nRust: {}",
        mismatch.case, mismatch.aspect, mismatch.arguments, mismatch.expected, mismatch.found
    )
}
