#!/usr/bin/env python3
"""Time products, linalg, fft and random beside NumPy, alternating in one run; print losers first; keep JSON.

    make bench-numeric                                    # all rows
    make bench-numeric ARGS="--only '^svd' --rounds 9"    # rows whose name matches

How a figure comes about is told in ../paired.py. Each kind of rows has its own bars (rows.py): a row fails when the
upper end of its interval is under the least ratio of its kind, a kind when its geometric mean is under its goal.
"""

import argparse
import pathlib
import re
import sys

sys.path.insert(1, str(pathlib.Path(__file__).resolve().parents[1]))

from paired import REST_S, Worker, add_options, cpu_name, geometric_mean, keep, report, run_rows
from rows import BARS, ROWS

#: Kinds that NumPy runs on threads which go on looking for work afterwards.
THREADED = ("matmul", "linalg")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--kind", choices=sorted(BARS), help="rows of one kind")
    options = parser.parse_args()
    ours, theirs = Worker("numpy_rs"), Worker("numpy")
    chosen = [r for r in ROWS if re.search(options.only, r.name) and options.kind in (None, r.kind)]
    print(f"{cpu_name()}; numpy_rs {ours.version}, NumPy {theirs.version}; {len(chosen)} rows", flush=True)
    records = run_rows(chosen, ours, theirs, options, lambda row: REST_S if row.kind in THREADED else 0.0)
    ours.close()
    theirs.close()
    kinds = {row.name: row.kind for row in ROWS}
    for record in records:
        record["kind"] = kinds[record["name"]]
    print("\n" + report(records, lambda record: BARS[record["kind"]][1]) + "\n")
    means, missed = {}, False
    for kind, (goal, least) in BARS.items():
        of_kind = [r for r in records if r["kind"] == kind]
        if not of_kind:
            continue
        good = [r for r in of_kind if "error" not in r]
        means[kind] = geometric_mean([r["ratio"] for r in good])
        failing = [r for r in of_kind if "error" in r or r["high"] < least]
        missed |= bool(failing) or means[kind] < goal
        print(
            f"{kind}: geometric mean {means[kind]:.3f} over {len(good)} rows (bar {goal}), "
            f"{len(failing)} rows fail (bar {least})"
        )
    if options.kind is None:
        keep(options, (ours.version, theirs.version), "-numeric", geometric_means=means, rows=records)
    return 1 if missed and not options.no_bars else 0


if __name__ == "__main__":
    sys.exit(main())
