"""Is the candidate fit to be judged?  False assertions must raise."""

import json
import subprocess

from runner import FileRunner

#: Each of these must raise; a candidate whose assertions pass everything
#: would otherwise score 100%.
MUST_RAISE = """
t.assert_equal(1, 2)
t.assert_equal([1, 2], [1, 3])
t.assert_(False)
t.assert_array_equal(np.array([1, 2]), np.array([1, 3]))
t.assert_array_equal(np.zeros(2), np.zeros(3))
t.assert_array_almost_equal(np.array([1.0]), np.array([1.1]))
t.assert_almost_equal(1.0, 1.1)
t.assert_allclose(np.array([1.0]), np.array([1.1]))
t.assert_array_less(np.array([2]), np.array([1]))
t.assert_array_max_ulp(np.array([1.0]), np.array([1.1]))
t.assert_string_equal('a', 'b')
t.assert_raises(ValueError, int, '1')
t.assert_no_warnings(__import__('warnings').warn, 'x')
"""

PROBE = """
import json, sys
report = {"import_error": None, "lenient": [], "native": [], "name": None}
try:
    import numpy as np
except BaseException as error:
    report["import_error"] = f"{type(error).__name__}: {error}"
else:
    report["name"] = np.__name__
    report["version"] = str(getattr(np, "__version__", None))
    try:
        import numpy.testing as t
        statements = list(filter(None, MUST_RAISE.splitlines()))
    except BaseException as error:
        report["lenient"].append(f"import numpy.testing  ({error})")
        statements = []
    for statement in statements:
        try:
            exec(statement)
        except AssertionError:
            pass
        except Exception as error:
            report["lenient"].append(f"{statement}  ({type(error).__name__}: {error})")
        else:
            report["lenient"].append(statement)
    with open("/proc/self/maps") as maps:
        paths = {line.split(None, 5)[5].strip() for line in maps if line.count("/")}
    report["native"] = sorted(p for p in paths if ".so" in p and "site-packages" in p)
print("PROBE" + json.dumps(report))
"""


def probe_candidate(options, runner):
    code = PROBE.replace("MUST_RAISE", repr(MUST_RAISE))
    done = subprocess.run([options.python, "-c", code], env=runner.env, text=True,
                          cwd=runner.scratch, capture_output=True, timeout=120)
    for line in done.stdout.splitlines():
        if line.startswith("PROBE"):
            return json.loads(line[5:])
    how = FileRunner._describe_status(done.returncode)
    return {"import_error": f"process died: {how} {done.stderr[-200:].strip()}",
            "lenient": [], "native": [], "name": None}
