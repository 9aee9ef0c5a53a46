"""Forking before, during and after parallel work never hangs the child."""

import sys

import child
import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")

THREADS = {"NUMPY_RS_NUM_THREADS": "4"}

BEFORE_AND_AFTER = """
import os, sys, warnings
import numpy_rs as np
warnings.simplefilter("ignore")
a = np.arange(3_000_000, dtype=float)
wanted = float(np.sin(a).sum())
for turn in range(20):
    child = os.fork()
    if child == 0:
        os._exit(0 if float(np.sin(a).sum()) == wanted else 3)
    _, status = os.waitpid(child, 0)
    assert status == 0, status
    assert float(np.sin(a).sum()) == wanted
print("done")
"""

FIRST_IN_THE_CHILD = """
import os
import numpy_rs as np
a = np.arange(3_000_000, dtype=float)
child = os.fork()
if child == 0:
    os._exit(0 if float((a + 1).sum()) > 0 else 3)
assert os.waitpid(child, 0)[1] == 0
assert float((a + 1).sum()) > 0
print("done")
"""

DURING = """
import os, threading, warnings
import numpy_rs as np
warnings.simplefilter("ignore")
a = np.arange(2_000_000, dtype=float)
stop = threading.Event()
def busy():
    while not stop.is_set():
        np.sin(a)
thread = threading.Thread(target=busy)
thread.start()
for turn in range(30):
    child = os.fork()
    if child == 0:
        np.sin(a)
        grandchild = os.fork()
        if grandchild == 0:
            np.add(a, a)
            os._exit(0)
        os._exit(os.waitpid(grandchild, 0)[1] and 4)
    assert os.waitpid(child, 0)[1] == 0
stop.set()
thread.join()
print("done")
"""

POOL = """
import multiprocessing, warnings
import numpy_rs as np
warnings.simplefilter("ignore")
def work(seed):
    a = np.arange(500_000, dtype=float) + seed
    return float(np.sqrt(a).sum())
if __name__ == "__main__":
    np.sqrt(np.arange(3_000_000, dtype=float))
    context = multiprocessing.get_context("fork")
    with context.Pool(4) as pool:
        got = pool.map(work, range(40))
    assert got == [work(seed) for seed in range(40)]
    print("done")
"""


@pytest.mark.parametrize("program", [BEFORE_AND_AFTER, FIRST_IN_THE_CHILD, DURING, POOL],
                         ids=["before and after", "first in the child", "during, and twice", "multiprocessing pool"])
def test_a_forked_child_works(program):
    assert child.run(program, env=THREADS, timeout=90).strip() == "done"
