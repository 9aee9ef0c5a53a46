#!/usr/bin/env python3
"""Draw random calls and compare ours with the real NumPy, side by side in one process.

    python tests/differential/run.py                       # every stored seed, 200,000 cases
    python tests/differential/run.py --seed 7 --cases 5000
    python tests/differential/run.py --seed 7 --case 1234  # one case, shown in full

A case is a function of (seed, number) alone. Cases run in child processes, chunk by
chunk; a child that dies names the case that killed it, and the rest goes on. A whole run fails
when more cases of a kind differ than limits.json knows of (its numbers may only fall), any other
run when any case differs. Seeds that once found something stay in seeds.txt.

Some of the known differences are no defects of ours:

* `power.reduce` and `power.reduceat` of float32 and float64 with AVX-512: NumPy's vector loop keeps the last step only,
  so that `a[0] ** a[-1]` comes out of short lanes. Without AVX-512 (NPY_DISABLE_CPU_FEATURES) its answer is ours.
* `less.reduce` and its like: once any call asked NumPy for the loop of two bools by `signature=`, the message and class
  of the TypeError are others than before it.
* Single-precision results stored into a double `out=`: the distance allowed to `sin` and its like is one of the
  loop's precision, but the comparison sees the output's.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import cases
from outcome import compare, observe, real_numpy, shown

HERE = pathlib.Path(__file__).resolve().parent
CHUNK = 2_500
DEFAULT_CASES = 200_000


def case_of(seed, number):
    return cases.draw(random.Random(f"{seed}:{number}"))


def run_chunk(seed, start, stop, journal):
    """In the child: compares each case; the journal tells the number in progress."""
    real = real_numpy()
    import numpy_rs as ours
    counts, found = collections.Counter(), []
    progress = os.open(journal, os.O_WRONLY)
    for number in range(start, stop):
        os.pwrite(progress, str(number).ljust(16).encode(), 0)
        case = case_of(seed, number)
        counts[case.kind] += 1
        difference = compare(ours, real, case)
        if difference:
            found.append((number, case.kind, case.text, difference))
    print(json.dumps({"counts": counts, "found": found}))


def supervise(seed, start, stop):
    """Runs a chunk in child processes until its end is reached, past crashes and hangs."""
    counts, found = collections.Counter(), []
    while start < stop:
        with tempfile.NamedTemporaryFile() as journal:
            command = [sys.executable, "-X", "faulthandler", __file__, "--seed", str(seed), "--chunk", str(start),
                       str(stop), journal.name]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=300)
                status, output, errors = done.returncode, done.stdout, done.stderr
            except subprocess.TimeoutExpired:
                status, output, errors = "hang", "", ""
            if status == 0:
                answer = json.loads(output.splitlines()[-1])
                counts.update(answer["counts"])
                found += answer["found"]
                break
            number = int(pathlib.Path(journal.name).read_text().strip() or start)
        case = case_of(seed, number)
        tail = [line for line in errors.splitlines() if line.strip()][:3]
        found.append((number, "crash", case.text, f"process ended: {status} {' | '.join(tail)}"))
        start = number + 1
    return seed, counts, found


def show_one(seed, number):
    real = real_numpy()
    import numpy_rs as ours
    case = case_of(seed, number)
    print(case.kind, case.text)
    for name, module in (("numpy", real), ("ours", ours)):
        answer, warned = observe(module, case.call)
        print(f"{name}: {shown(real, answer)} {warned}")
    difference = compare(ours, real, case)
    print(difference or "agree")
    return 1 if difference else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=DEFAULT_CASES, help="cases in all")
    parser.add_argument("--seed", action="append", help="instead of the stored seeds (repeatable)")
    parser.add_argument("--case", type=int, help="show this one")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--show", type=int, default=40, help="differences to print")
    parser.add_argument("--chunk", nargs=3, metavar=("START", "STOP", "JOURNAL"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    seeds = options.seed or (HERE / "seeds.txt").read_text().split()
    if options.chunk:
        start, stop, journal = options.chunk
        run_chunk(seeds[0], int(start), int(stop), journal)
        return 0
    if options.case is not None:
        return show_one(seeds[0], options.case)
    return sweep(options, seeds)


def sweep(options, seeds):
    began = time.monotonic()
    each = -(-options.cases // len(seeds))
    work = [(seed, start, min(each, start + CHUNK)) for seed in seeds for start in range(0, each, CHUNK)]
    counts, found = collections.Counter(), []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for at, future in enumerate(concurrent.futures.as_completed([pool.submit(supervise, *w) for w in work]), 1):
            seed, chunk_counts, chunk_found = future.result()
            counts.update(chunk_counts)
            found += [(seed, *item) for item in chunk_found]
            if at % 8 == 0 or at == len(work):
                print(f"[{at}/{len(work)}] {sum(counts.values())} cases, {len(found)} differences", flush=True)
    for seed, number, kind, case_text, difference in sorted(found)[: options.show]:
        print(f"\n--seed {seed} --case {number}  ({kind})\n      {case_text}\n      {difference}")
    by_kind = collections.Counter(item[2] for item in found)
    print("\nkind             cases  differ")
    for kind, n in sorted(counts.items()):
        print(f"{kind:14} {n:7} {by_kind.get(kind, 0):7}")
    if by_kind.get("crash"):
        print(f"{'crash':14} {'':7} {by_kind['crash']:7}")
    print(f"\ndifferential: {sum(counts.values())} cases, {len(found)} differences, "
          f"seeds {', '.join(map(str, seeds))}, {time.monotonic() - began:.0f} s")
    return judge(counts, by_kind, whole=not options.seed and options.cases == DEFAULT_CASES)


def judge(counts, by_kind, whole):
    """Exit status: a whole run is held to the stored limits, which may only fall; any other to none at all."""
    limits = json.loads((HERE / "limits.json").read_text()) if whole else {}
    over = {kind: n for kind, n in by_kind.items() if n > limits.get(kind, 0)}
    for kind, n in sorted(over.items()):
        print(f"{kind}: {n} cases differ, {limits.get(kind, 0)} are known")
    for kind, limit in sorted(limits.items()):
        if by_kind.get(kind, 0) < 0.9 * limit:
            print(f"{kind}: only {by_kind.get(kind, 0)} differ; lower its limit of {limit} in limits.json")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
