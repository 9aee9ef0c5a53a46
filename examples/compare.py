#!/usr/bin/env python3
"""Run each program of this folder, unmodified, on NumPy and under `python -m numpy_rs`.

What they print must agree line by line (lines that begin with ``seconds:`` are the
programs' own timing). Prints a table of times; exit status 1 if any answer differs.
"""

import difflib
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = ("bodies_and_heat.py", "photograph.py", "groups_and_fits.py", "earth_rotation.py", "spectrogram.py",
            "monte_carlo.py")
RUNS = 3
VERSION = "import numpy; print(numpy.__version__)"


def run(command):
    """(lines printed, the program's own seconds), or the error that ended it."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, env=environment)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    lines = done.stdout.splitlines()
    timing = [line for line in lines if line.startswith("seconds:")]
    return [line for line in lines if line not in timing], float(timing[0].split()[1])


def best(command):
    """Output, and the least of a few times."""
    outcomes = [run(command) for _ in range(RUNS)]
    return outcomes[0][0], min(seconds for _, seconds in outcomes)


def main():
    numpy = subprocess.run([sys.executable, "-c", VERSION], capture_output=True, text=True, check=True)
    print(f"NumPy {numpy.stdout.strip()} against numpy_rs, each program unmodified, best of {RUNS} runs\n")
    failures = 0
    print(f"{'program':24} {'numpy':>9} {'numpy_rs':>9} {'faster':>8}  answers")
    for program in PROGRAMS:
        path = str(HERE / program)
        try:
            wanted, numpy_s = best([path])
            got, ours_s = best(["-m", "numpy_rs", path])
        except RuntimeError as error:
            failures += 1
            print(f"{program:24} {error}", flush=True)
            continue
        same = wanted == got
        failures += not same
        print(f"{program:24} {numpy_s:7.3f} s {ours_s:7.3f} s {numpy_s / ours_s:7.2f}x  "
              f"{'agree' if same else 'DIFFER'} ({len(wanted)} lines)", flush=True)
        if not same:
            print("\n".join(difflib.unified_diff(wanted, got, "numpy", "numpy_rs", lineterm="", n=0)))
    print("\nAll answers agree." if not failures else f"\n{failures} programs failed.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
