//! Drop-ins written by hand, for tests: the file itself, and a stand-in for native code behind its functions.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use rustify_record::{
    Candidate, FunctionVerdict, Parity, ProfileOptions, Silent, Verdict, VerifyOptions, profile,
    verify,
};
use tempfile::TempDir;

pub(crate) fn python() -> PathBuf {
    std::env::var_os("PYO3_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from)
}

/// Counts calls as an extension does. `replace` puts a function behind the name of another.
const EXTENSION: &str = "
import sys as _sys, types as _types
_fake = _types.ModuleType('_fake_extension')
_counts = {}
_fake.attach = _fake.detach = None
_fake.SOURCE_HASH = ''
_fake.stats = lambda: {k: tuple(v) for k, v in _counts.items()}
_sys.modules['_fake_extension'] = _fake
def replace(original):
    count = _counts.setdefault(original.__qualname__, [0, 0, 0])
    def put(new):
        class Stand:
            __code__ = original.__code__
            def __call__(*args, **kw):
                count[0] += 1
                count[1] += 1
                return new(*args[1:], **kw)
            def __get__(self, instance, kind):
                return self if instance is None else _types.MethodType(self, instance)
        globals()[original.__name__] = Stand()
    return put
";

/// Runs `source`, then compares it with itself followed by `change`. The first function is the candidate.
pub(crate) fn compare(source: &str, work: &str, change: &str) -> FunctionVerdict {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("prog.py");
    let main = format!(
        "{source}\nif __name__ == '__main__':\n    {}\n",
        work.replace('\n', "\n    ")
    );
    fs::write(&file, &main).unwrap();
    let out = dir.path().join("dist");
    fs::create_dir(&out).unwrap();
    // Native code has no frames in the file.
    let native = serde_json::to_string(&format!("{EXTENSION}{change}\n")).unwrap();
    fs::write(
        out.join("prog.py"),
        format!("{main}exec(compile({native}, 'native', 'exec'))\n"),
    )
    .unwrap();
    let seen = profile(
        &ProfileOptions::new(python(), &file, dir.path().join("work")),
        &mut Silent,
    )
    .unwrap();
    assert_eq!(seen.stderr, "");
    let mut options = VerifyOptions::new(
        python(),
        &file,
        out.join("prog.py"),
        "prog",
        dir.path().join("work"),
    );
    options.inputs = seen.inputs;
    options.case_limit = Duration::from_millis(200);
    options.rounds = 3;
    let candidate = Candidate {
        profile: seen.functions[0].clone(),
        number: 0,
        effects_free: true,
    };
    let answer = verify(&options, &[candidate], &mut Silent).unwrap();
    assert!(answer.native);
    answer.functions.into_iter().next().unwrap()
}

pub(crate) fn parity(verdict: &FunctionVerdict) -> &Parity {
    match &verdict.verdict {
        Verdict::Replayed(parity) => parity,
        Verdict::NotReplayed(why) => panic!("{why}"),
    }
}

/// The kind of difference, and the whole verdict to show.
pub(crate) fn caught(source: &str, work: &str, change: &str) -> (String, Parity) {
    let verdict = compare(source, work, change);
    let parity = parity(&verdict).clone();
    assert!(!parity.complete(), "nothing was caught: {parity:?}");
    assert!(verdict.times.is_none());
    (parity.first_mismatch.clone().unwrap().aspect, parity)
}
