//! The verify stage against drop-ins written by hand: faithful ones pass, and each kind of mistake is caught.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod dropin;

use std::fs;
use std::path::PathBuf;

use dropin::{caught, compare, parity, python};
use rustify_record::{Candidate, Silent, Verdict, VerifyError, VerifyOptions, verify};
use tempfile::TempDir;

const MEAN: &str = "
def mean(values, scale=1.0):
    total = 0.0
    for v in values:
        total += v
    if not values:
        raise ValueError('no values')
    return total / len(values) * scale
";
const MEAN_WORK: &str = "mean([1.0, 2.5])\nmean([3.0] * 500, 2.0)\nmean([1, 2])";

#[test]
fn a_faithful_drop_in_passes_and_is_timed() {
    let verdict = compare(MEAN, MEAN_WORK, "replace(mean)(mean)");
    let found = parity(&verdict);
    assert!(found.complete(), "{found:?}");
    assert!(found.cases > 60 && found.recorded == 3, "{found:?}");
    assert_eq!(
        (
            verdict.recorded_stats.calls,
            verdict.recorded_stats.completed
        ),
        (3, 3)
    );
    assert_eq!(verdict.all_stats.calls, found.cases);
    let times = verdict.times.unwrap();
    assert!(
        times.python > 0.0 && times.rust > 0.0 && times.inputs == 3 && times.rounds == 3,
        "{times:?}"
    );
    assert!(times.python_range.0 <= times.python && times.python <= times.python_range.1);
}

#[test]
fn builtin_values_that_pickle_by_name_are_kept() {
    let source = "
def picked(z, items, part, raw):
    return [z * i for i in items[part]], bytes(raw)
";
    let work = "picked(1 + 2j, range(9), slice(1, 7, 2), bytearray(b'ab'))";
    let verdict = compare(source, work, "replace(picked)(picked)");
    let found = parity(&verdict);
    assert!(found.complete() && found.recorded == 1, "{found:?}");
    assert!(verdict.times.is_some());
}

#[test]
fn names_that_generated_calls_spoil_are_as_imported_when_calls_are_timed() {
    // A complex number stays in the name, and every call after that fails.
    let source = "
calls = 0

def counted(n):
    global calls
    calls += n
    if calls > 1000:
        calls = 0
    return calls
";
    let verdict = compare(
        source,
        "counted(1)\ncounted(2)",
        "replace(counted)(counted)",
    );
    assert!(parity(&verdict).complete(), "{verdict:?}");
    assert!(verdict.times.is_some(), "{:?}", verdict.untimed);
}

#[test]
fn instances_without_a_dict_are_kept_before_they_have_attributes() {
    let source = "
class Pair:
    __slots__ = ('a', 'b')

    def __init__(self, a, b):
        self.a = a
        self.b = b
";
    let dropin = "replace(Pair.__init__)(Pair.__init__)\nPair.__init__ = globals().pop('__init__')";
    let verdict = compare(source, "Pair(1, 2)", dropin);
    let found = parity(&verdict);
    assert!(found.complete() && found.recorded == 1, "{found:?}");
    assert!(verdict.times.is_some(), "{:?}", verdict.untimed);
}

#[test]
fn why_nothing_is_timed() {
    let source = "def fails(x):\n    raise ValueError(x)\n";
    let work = "try:\n    fails(1)\nexcept ValueError: pass";
    let verdict = compare(source, work, "replace(fails)(fails)");
    let why = verdict.untimed.unwrap_or_default();
    assert!(verdict.times.is_none() && why.contains("raises"), "{why}");
}

#[test]
fn wrong_types_values_and_exceptions() {
    let wrong = |body: &str| {
        caught(
            MEAN,
            MEAN_WORK,
            &format!("_mean = mean\n@replace(mean)\ndef other(values, scale=1.0):\n{body}"),
        )
    };
    let (aspect, all) =
        wrong("    r = _mean(values, scale)\n    return int(r) if r == int(r) else r");
    assert_eq!(aspect, "type", "{all:?}");
    let (aspect, all) = wrong("    r = _mean(values, scale)\n    return r + 0.0 if r == 0 else r");
    assert_eq!(aspect, "result", "-0.0 {all:?}");
    let (aspect, all) =
        wrong("    if not values: raise ValueError('No values')\n    return _mean(values, scale)");
    assert_eq!(aspect, "exception", "{all:?}");
    let (aspect, all) =
        wrong("    if not values: raise TypeError('no values')\n    return _mean(values, scale)");
    assert_eq!(aspect, "exception", "{all:?}");
    let (aspect, all) = wrong("    if not values: return 0.0\n    return _mean(values, scale)");
    assert_eq!(aspect, "exception", "{all:?}");
    let (aspect, all) =
        wrong("    r = _mean(values, scale)\n    return float.fromhex(r.hex()) * (1 + 2**-52)");
    assert_eq!(aspect, "result", "the last bit {all:?}");
    let (aspect, all) =
        wrong("    import warnings\n    warnings.warn('so')\n    return _mean(values, scale)");
    assert_eq!(aspect, "warnings", "{all:?}");
    let (aspect, all) = wrong("    import os\n    os.abort()");
    assert_eq!(aspect, "crash", "{all:?}");
    assert_eq!(all.cases, 3);
}

#[test]
fn changes_of_arguments_and_shared_objects() {
    let source = "
def swap(rows, log):
    rows[0], rows[-1] = rows[-1], rows[0]
    log.append(len(rows))
    return rows
";
    let work = "swap([[1.0], [2.0]], [])\nswap([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [7])";
    let verdict = compare(source, work, "replace(swap)(swap)");
    assert!(parity(&verdict).complete(), "{verdict:?}");
    let wrong = |body: &str| {
        caught(
            source,
            work,
            &format!("_swap = swap\n@replace(swap)\ndef other(rows, log):\n{body}"),
        )
    };
    let (aspect, all) = wrong("    return _swap(rows, list(log))");
    assert_eq!(aspect, "arguments", "a lost change {all:?}");
    let (aspect, all) = wrong("    return list(_swap(rows, log))");
    assert_eq!(aspect, "aliasing", "a copy of an argument {all:?}");
    let (aspect, all) = wrong(
        "    a, b = list(rows[0]), list(rows[-1])\n    log.append(len(rows))\n    rows[0][:] = b\n    rows[-1][:] = a\n    return rows",
    );
    assert_eq!(aspect, "aliasing", "contents moved instead of rows {all:?}");
    let (aspect, all) = wrong("    return _swap(rows, log if log is not rows else list(log))");
    assert!(
        all.first_mismatch.unwrap().case.contains("one object"),
        "{aspect}"
    );
}

#[test]
fn order_of_dicts_and_kinds_of_numbers() {
    let source = "
def counts(words, start):
    found = {}
    for w in words:
        found[w] = found.get(w, start) + 1
    return found, {len(w) for w in words}
";
    let work =
        "counts(['b', 'a', 'b'], 0)\ncounts([], 1)\ncounts('the quick brown fox jumps'.split(), 2)";
    let verdict = compare(source, work, "replace(counts)(counts)");
    assert!(parity(&verdict).complete(), "{verdict:?}");
    let wrong = |body: &str| {
        caught(
            source,
            work,
            &format!(
                "_c = counts\n@replace(counts)\ndef other(words, start):\n    d, s = _c(words, start)\n{body}"
            ),
        )
    };
    assert_eq!(wrong("    return dict(sorted(d.items())), s").0, "result");
    assert_eq!(wrong("    return d, frozenset(s)").0, "result");
    assert_eq!(wrong("    return d, {float(n) for n in s}").0, "result");
    assert_eq!(
        wrong("    return {k: v % 2**64 for k, v in d.items()}, s").0,
        "result"
    );
    assert_eq!(
        wrong("    return {k: True if v == 1 else v for k, v in d.items()}, s").0,
        "result"
    );
}

#[test]
fn methods_constants_and_recursion() {
    let source = "
class Walker:
    def step(self, n):
        if n == 4711:
            raise KeyError('magic', n)
        self.at = self.at + n if n < 5 else float(n)
        return self.at
    def __init__(self):
        self.at = 0
";
    let work = "w = Walker()\nw.step(1)\nw.step(7)";
    let same = "_step = Walker.step\nreplace(_step)(_step)\nWalker.step = step";
    let verdict = compare(source, work, &format!("{same}\n"));
    assert!(parity(&verdict).complete(), "{verdict:?}");
    let (aspect, all) = caught(
        source,
        work,
        "_step = Walker.step\n@replace(_step)\ndef other(self, n):\n    if n == 4711: raise KeyError('magic')\n    return _step(self, n)\nWalker.step = step",
    );
    assert_eq!(aspect, "exception", "only the constant shows it {all:?}");
    assert!(all.first_mismatch.unwrap().case.contains("4711"));
}

#[test]
fn calls_that_do_not_end_are_left_out() {
    let source = "
def spin(n):
    total = 0
    for i in range(n):
        total += i
    return total
";
    let verdict = compare(source, "spin(10)\nspin(1000)", "replace(spin)(spin)");
    let found = parity(&verdict);
    assert!(found.complete() && found.left_out > 0, "{found:?}");
    let (aspect, all) = caught(
        source,
        "spin(10)",
        "_s = spin\n@replace(spin)\ndef other(n):\n    while n == -5: pass\n    while n == -11:\n        pass\n    return _s(n)",
    );
    assert_eq!(aspect, "time", "{all:?}");
}

#[test]
fn what_cannot_be_verified_is_said() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("prog.py");
    fs::write(&file, "def f(x):\n    return x\n").unwrap();
    let bad = dir.path().join("bad.py");
    fs::write(&bad, "1 / 0\n").unwrap();
    let options = |a: &PathBuf, b: &PathBuf| {
        VerifyOptions::new(python(), a, b, "prog", dir.path().join("work"))
    };
    match verify(&options(&file, &bad), &[], &mut Silent) {
        Err(VerifyError::DropIn(why)) => assert!(why.contains("ZeroDivisionError"), "{why}"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        verify(&options(&bad, &file), &[], &mut Silent),
        Err(VerifyError::Original(_))
    ));
    let profile = rustify_types::FunctionProfile {
        qualname: "g".into(),
        line: 1,
        ..Default::default()
    };
    let mut candidate = Candidate {
        profile,
        number: 0,
        effects_free: true,
    };
    let answer = verify(&options(&file, &file), &[candidate.clone()], &mut Silent).unwrap();
    assert!(!answer.native && matches!(answer.functions[0].verdict, Verdict::NotReplayed(_)));
    candidate.effects_free = false;
    let answer = verify(&options(&file, &file), &[candidate], &mut Silent).unwrap();
    assert!(
        matches!(&answer.functions[0].verdict, Verdict::NotReplayed(why) if why.contains("outside"))
    );
}

#[test]
fn neighbours_with_names_of_the_library() {
    let source = "
import statistics
import signal
def f(x):
    return [x, statistics.mine, signal.mine]
";
    let dir = TempDir::new().unwrap();
    for name in ["prog.py", "statistics.py", "signal.py"] {
        let text = if name == "prog.py" {
            source
        } else {
            "mine = 1\n"
        };
        fs::write(dir.path().join(name), text).unwrap();
    }
    let file = dir.path().join("prog.py");
    let options = VerifyOptions::new(python(), &file, &file, "prog", dir.path().join("work"));
    let mut profile = rustify_types::FunctionProfile::default();
    (profile.qualname, profile.line) = ("f".into(), 4);
    let args = vec![rustify_types::Sample("int".into())];
    profile.signatures = vec![rustify_types::Signature { args, count: 1 }];
    let candidate = Candidate {
        profile,
        number: 0,
        effects_free: true,
    };
    let answer = verify(&options, &[candidate], &mut Silent).unwrap();
    assert!(parity(&answer.functions[0]).complete(), "{answer:?}");
}
