"""Arrays that hold themselves, or arrays in arrays to any depth: an exception, never an exhausted stack."""

import operator
import subprocess
import sys

import pytest

OPERATIONS = ["int(a)", "float(a)", "complex(a)", "bool(a)", "abs(a)", "-a", "a == a", "a + 1", "a.astype(float)",
              "np.array(a, float)", "f'{a}'", "repr(a)", "str(a)", "a.tolist()", "np.array_equal(a, a)"]

PROGRAM = """
import threading
import numpy_rs as np

def run():
    a = np.array(0, object)
    {make}
    try:
        {operation}
    except RecursionError:
        pass

run()
thread = threading.Thread(target=run)
thread.start()
thread.join()
print("done")
"""


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("make", ["a[()] = a", "b = np.array(0, object); a[()] = b; b[()] = a",
                                  "for _ in range(20000): b = np.array(None, object); b[()] = a; a = b"])
def test_depth_is_an_exception(make, operation):
    program = PROGRAM.format(make=make, operation=operation)
    # Freeing a chain of 20,000 arrays at the end is Python's matter.
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout == "done\n", done.stderr[-500:]


def test_nested_arrays_convert():
    import numpy_rs as np

    a, b = np.array(0, object), np.array(3, object)
    a[()] = b
    assert a.item() is b
    assert operator.index(int(a)) == 3 and float(a) == 3.0 and complex(a) == 3 and bool(a)
