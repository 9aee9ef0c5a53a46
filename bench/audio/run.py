#!/usr/bin/env python3
"""Time sound on ours beside NumPy and SciPy, alternating in one run; keep JSON.

    make bench-audio
    make bench-audio ARGS="--only resample"

As `bench/run.py`, whose workers and figures these are; here each side has a statement of its own. A row
fails when the upper end of its interval is under its bar; rows with the bar 0 only tell.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import run  # noqa: E402  (the folder above)

sys.path.insert(0, str(HERE))
del sys.modules["rows"]
import rows  # noqa: E402  (the rows of this folder)


def time_row(row, ours, theirs, options):
    sides = ((ours, row.setup + rows.OURS, row.ours), (theirs, row.setup + rows.SCIPY, row.numpy))
    for side, setup, statement in sides:
        ready = side.ask(setup=setup, statement=statement, sample_s=options.sample_ms / 1000)
        if "error" in ready:
            return {"name": row.name, "error": ready["error"]}
    pairs = []
    for turn in range(options.rounds):
        order = (ours, theirs) if turn % 2 == 0 else (theirs, ours)
        answers = {side: side.ask(sample=True) for side in order}
        pairs.append((answers[ours]["seconds"], answers[theirs]["seconds"]))
    ratios = [theirs_s / ours_s for ours_s, theirs_s in pairs]
    low, high = run.interval(ratios)
    return {"name": row.name, "bar": row.bar, "ours_s": statistics.median(p[0] for p in pairs),
            "numpy_s": statistics.median(p[1] for p in pairs), "ratio": statistics.median(ratios),
            "low": low, "high": high}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="REGEX", default="", help="rows whose name has this")
    parser.add_argument("--rounds", type=int, default=15, help="pairs of samples a row")
    parser.add_argument("--sample-ms", type=float, default=20.0, help="least time of one sample")
    parser.add_argument("--json", metavar="FILE", help="where to keep the result")
    options = parser.parse_args()
    ours, theirs = run.Worker("numpy_rs"), run.Worker("numpy")
    print(f"{run.cpu_name()}, {os.cpu_count()} cores; numpy_rs {ours.version}, NumPy {theirs.version} with SciPy\n")
    print(f"{'row':36} {'NumPy':>10} {'ours':>10} {'ratio':>7}  95% interval (bar)")
    records, failed = [], 0
    for row in rows.ROWS:
        if not re.search(options.only, row.name):
            continue
        record = time_row(row, ours, theirs, options)
        records.append(record)
        if "error" in record:
            failed += 1
            print(f"{row.name:36} {record['error'][:80]}  FAILS", flush=True)
            continue
        misses = record["high"] < row.bar
        failed += misses
        print(f"{row.name:36} {run.shown_time(record['numpy_s']):>10} {run.shown_time(record['ours_s']):>10} "
              f"{record['ratio']:7.2f}  {record['low']:.2f}..{record['high']:.2f} ({row.bar:g})"
              f"{'  FAILS' if misses else ''}", flush=True)
    ours.close()
    theirs.close()
    print(f"\n{failed} rows fail" if failed else "\nevery row reaches its bar")
    if options.json:
        result = {"cpu": run.cpu_name(), "cores": os.cpu_count(), "date": datetime.date.today().isoformat(),
                  "system": platform.platform(), "numpy_rs": ours.version, "numpy": theirs.version, "rows": records}
        pathlib.Path(options.json).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
