#!/usr/bin/env python3
"""Run the tests that a pure-Python package from PyPI ships, on NumPy and under drop-in.

The package needs only NumPy, its source distribution holds its tests, and neither is
changed. Each test must end under drop-in as it does on the real NumPy, and most must
pass there. The distribution is fetched once with pip into target/pypi, by version.
"""

import json
import os
import pathlib
import subprocess
import sys
import tarfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
#: (name, version, folder of its tests)
PACKAGES = [("wavio", "0.0.9", "tests"), ("numpngw", "0.1.4", "tests/test_utilities.py")]

RUN = """
import json, sys
if {dropin}:
    import numpy_rs
    numpy_rs.install()
import pytest

class Outcomes:
    def __init__(self):
        self.found = {{}}
    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.outcome != "passed":
            self.found[report.nodeid] = report.outcome

outcomes = Outcomes()
status = pytest.main(["-q", "-p", "no:cacheprovider", "--rootdir", ".", "-c", "/dev/null", {tests!r}],
                     plugins=[outcomes])
import numpy
print("OUTCOMES" + json.dumps([numpy.__file__, outcomes.found]))
sys.exit(0)
"""


def fetch(name, version):
    """The unpacked source distribution."""
    folder = ROOT / "target" / "pypi"
    unpacked = folder / f"{name}-{version}"
    if not unpacked.exists():
        print(f"fetching {name} {version}", flush=True)
        subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps",
                        "--no-binary", ":all:", "--dest", str(folder), f"{name}=={version}"], check=True)
        with tarfile.open(folder / f"{name}-{version}.tar.gz") as archive:
            archive.extractall(folder, filter="data") if hasattr(tarfile, "data_filter") else archive.extractall(folder)
    return unpacked


def run(folder, tests, dropin):
    """(file that `numpy` came from, {test: outcome})."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(
        filter(None, [str(folder), os.environ.get("PYTHONPATH", "")]))}
    done = subprocess.run([sys.executable, "-c", RUN.format(dropin=dropin, tests=tests)], cwd=folder,
                          env=environment, capture_output=True, text=True, timeout=600)
    for line in done.stdout.splitlines():
        if line.startswith("OUTCOMES"):
            return *json.loads(line[len("OUTCOMES"):]), done.stdout
    sys.exit(f"the tests did not run to their end:\n{done.stdout}\n{done.stderr}")


def main():
    status = 0
    for name, version, tests in PACKAGES:
        folder = fetch(name, version)
        real_file, wanted, _ = run(folder, tests, dropin=False)
        our_file, got, text = run(folder, tests, dropin=True)
        assert real_file != our_file, "the drop-in run has reached the real NumPy"
        passed = sum(outcome == "passed" for outcome in wanted.values())
        differing = [test for test in wanted if got.get(test) != wanted[test]]
        print(f"{name} {version}: {passed} of {len(wanted)} tests pass on NumPy; "
              f"under drop-in {len(wanted) - len(differing)} of {len(wanted)} end the same way")
        for test in differing:
            print(f"  {test}: numpy {wanted[test]}, drop-in {got.get(test, 'not run')}")
        if differing:
            print(text[-3000:])
        status |= bool(differing) or not wanted or passed < len(wanted) / 2
    return status


if __name__ == "__main__":
    sys.exit(main())
