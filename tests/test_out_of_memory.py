"""Out of memory answers MemoryError, everywhere, and the process goes on."""

import json
import os
import sys

import child
import pytest
from public_calls import CALLS

#: In a child: each call with its n-th allocation (and all later ones) failing.
FAILING_ALLOCATOR = """
import json, sys, warnings
sys.path.insert(0, {tests!r})
import numpy_rs as np
import numpy_rs._native as native
from public_calls import CALLS, SETUP
warnings.simplefilter("ignore")
for number, call in enumerate(CALLS):
    print(json.dumps({{"start": number}}), flush=True)
    names = {{"np": np}}
    exec(SETUP, names)
    code = compile(call, "<call>", "eval")
    try:
        eval(code, names)
    except (NotImplementedError, AttributeError):  # not there yet
        print(json.dumps({{"missing": number}}), flush=True)
        continue
    wrong = None
    for n in range(40):
        native._fail_allocation_after(n)
        try:
            eval(code, names)
            failed = False
        except MemoryError:
            failed = True
        except BaseException as error:
            native._fail_allocation_after(-1)
            failed, wrong = True, f"allocation {{n}} failing gave {{type(error).__name__}}: {{error}}"
        finally:
            native._fail_allocation_after(-1)
        if wrong or not failed:
            break
    if not wrong:
        try:
            eval(code, names)
        except BaseException as error:
            wrong = f"afterwards: {{type(error).__name__}}: {{error}}"
    print(json.dumps({{"done": number, "failures": n, "wrong": wrong}}), flush=True)
"""


@pytest.fixture(scope="module")
def outcomes():
    """{call number: what happened}, and how the child ended."""
    folder = os.path.dirname(__file__)
    done = child.run(FAILING_ALLOCATOR.format(tests=folder), timeout=300, check=False)
    found, started = {}, None
    for line in done.stdout.splitlines():
        event = json.loads(line)
        started = event.get("start", started)
        if "done" in event or "missing" in event:
            found[event.get("done", event.get("missing"))] = event
    return found, started, done.returncode, done.stderr[-1500:]


@pytest.mark.parametrize("number", range(len(CALLS)), ids=CALLS)
def test_a_failing_allocation_is_a_memory_error(outcomes, number):
    found, started, status, errors = outcomes
    if number not in found:
        pytest.fail(f"the process ended with {status} in {CALLS[started]}: {errors}")
    assert not found[number].get("wrong")


def test_allocations_do_fail_in_most_calls(outcomes):
    found = outcomes[0]
    assert sum(event.get("failures", 0) > 0 for event in found.values()) > len(CALLS) * 0.6


LIMITED = """
import resource, sys
import numpy_rs as np
MB = 1 << 20
with open("/proc/self/statm") as f:
    now = int(f.read().split()[0]) * resource.getpagesize()
a = np.zeros(8 * MB)            # 64 MB
resource.setrlimit(resource.RLIMIT_AS, (now + 160 * MB, now + 160 * MB))
calls = [
    "np.zeros(1 << 30)", "np.empty(1 << 28)", "np.arange(1 << 28)", "np.ones((1 << 14, 1 << 14))",
    "a[:, None] + a", "np.concatenate([a] * 8)", "np.repeat(a, 16)", "np.tile(a, 16)", "np.outer(a, a)",
    "a.astype(complex)[:].copy()", "np.stack([a] * 8)", "a[np.zeros(1 << 20, dtype=int)[:, None] + np.zeros(64, int)]",
    "np.broadcast_to(a, (9, a.size)).copy()", "np.add.outer(a, a)", "np.eye(1 << 15)", "np.linspace(0, 1, 1 << 28)",
    "np.array(np.broadcast_to(a, (9, a.size)))", "np.where(np.broadcast_to(True, (9, a.size)), a, a)",
    "np.cumsum(np.broadcast_to(a, (9, a.size)))", "np.sort(np.broadcast_to(a, (9, a.size)), axis=None)",
    "np.broadcast_to(a, (9, a.size)).ravel()", "np.broadcast_to(a, (9, a.size)).tobytes()", "a.tobytes() * 4",
    "np.full((1 << 14, 1 << 14), 1.0)", "np.sin(np.broadcast_to(a, (9, a.size)))", "np.zeros_like(a, shape=1 << 28)",
    "np.einsum('i,j->ij', a, a)", "np.resize(a, 1 << 28)", "np.indices((1 << 13, 1 << 13))",
]
for call in calls:
    try:
        eval(call)
    except MemoryError:
        continue
    except NotImplementedError:
        continue
    sys.exit(f"{call} did not raise MemoryError")
print(float(np.add(a[:10], 1).sum()))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs RLIMIT_AS")
def test_an_address_space_limit_is_a_memory_error():
    assert child.run(LIMITED, env={"NUMPY_RS_NUM_THREADS": "2"}).strip() == "10.0"


def test_the_text_is_numpys(real):
    import numpy_rs as nr

    for shape, dtype in (((1 << 45,), "u1"), ((1 << 20, 1 << 30), "f8"), ((3, 1 << 44), "c16")):
        with pytest.raises(MemoryError) as ours:
            nr.empty(shape, dtype)
        with pytest.raises(MemoryError) as theirs:
            real.empty(shape, dtype)
        assert str(ours.value) == str(theirs.value)
