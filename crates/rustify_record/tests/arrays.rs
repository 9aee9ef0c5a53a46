//! Recorded and generated arrays, with the interpreter's NumPy. Without one there is nothing to test.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod dropin;

use std::process::Command;

use dropin::{caught, compare, parity, python};

fn no_numpy() -> bool {
    let status = Command::new(python()).args(["-c", "import numpy"]).output();
    !status.unwrap().status.success()
}

const SCALE: &str = "
import numpy as np
def scale(a, b, by):
    for i in range(a.shape[0]):
        a[i] = a[i] * by + b[i]
    return a[1:]
";
const WORK: &str = "scale(np.arange(5.0), np.ones(5), 2.0)
scale(np.arange(50.0)[::2], np.ones(25), -0.5)
try:
    scale(np.zeros(3), np.zeros(2), 1.0)
except IndexError:
    pass";

#[test]
fn arrays_go_the_same_way() {
    if no_numpy() {
        return;
    }
    let verdict = compare(SCALE, WORK, "replace(scale)(scale)");
    let found = parity(&verdict);
    assert!(
        found.complete() && found.cases > 80 && found.recorded == 3,
        "{found:?}"
    );
    assert_eq!(verdict.times.unwrap().inputs, 2);
}

#[test]
fn wrong_arrays_are_caught() {
    if no_numpy() {
        return;
    }
    let wrong = |body: &str| {
        let change = format!("_s = scale\n@replace(scale)\ndef other(a, b, by):\n{body}");
        caught(SCALE, WORK, &change)
    };
    let (aspect, all) = wrong("    return _s(a, b, by).astype('float32')");
    assert_eq!(aspect, "result", "{all:?}");
    let (aspect, all) = wrong("    return _s(a.copy(), b, by)");
    assert_eq!(aspect, "arguments", "{all:?}");
    let (aspect, all) = wrong("    return _s(a, b, by).copy()");
    assert_eq!(aspect, "result", "no longer a view {all:?}");
    let (aspect, all) = wrong("    return _s(a, b.copy() if isinstance(b, np.ndarray) else b, by)");
    let first = all.first_mismatch.unwrap();
    let shared = first.case.contains("one object") || first.case.contains("overlap");
    assert!(shared, "{aspect} {first:?}");
    let (aspect, all) = wrong(
        "    keep = a.copy()\n    try:\n        return _s(a, b, by)\n    except IndexError:\n        a[:] = keep\n        raise",
    );
    assert_eq!(aspect, "arguments", "undone before an exception {all:?}");
    let (aspect, all) = wrong(
        "    if not a.flags.writeable: raise ValueError('read-only')\n    return _s(a, b, by)",
    );
    assert_eq!(aspect, "exception", "{all:?}");
}

#[test]
fn numbers_of_numpy_are_not_pythons() {
    if no_numpy() {
        return;
    }
    let source = "
import numpy as np
def total(a, start):
    for v in a:
        start += v
    return start
";
    let work = "total(np.arange(4.0), 0.0)\ntotal(np.arange(4), 1)";
    assert!(parity(&compare(source, work, "replace(total)(total)")).complete());
    let change = "_t = total\n@replace(total)\ndef other(a, start):\n    r = _t(a, start)\n    return float(r) if type(r) is np.float64 else r";
    assert_eq!(caught(source, work, change).0, "type");
}
