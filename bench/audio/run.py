#!/usr/bin/env python3
"""Time sound on ours beside NumPy and SciPy, alternating in one run; print losers first; keep JSON.

    make bench-audio
    make bench-audio ARGS="--only resample"

How a figure comes about is told in ../paired.py; here each side has a statement of its own (rows.py), and each row its
own bar: it fails when the upper end of its interval is under it.
"""

import argparse
import pathlib
import re
import sys

sys.path.insert(1, str(pathlib.Path(__file__).resolve().parents[1]))

from paired import Worker, add_options, cpu_name, geometric_mean, keep, report, run_rows
from rows import ROWS


class Side(Worker):
    """A worker that takes its own half of a row's texts."""

    def __init__(self, module, at):
        super().__init__(module)
        self.at = at

    def ask(self, **request):
        mine = {name: request[name][self.at] for name in ("setup", "statement") if name in request}
        return super().ask(**{**request, **mine})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    options = parser.parse_args()
    ours, theirs = Side("numpy_rs", 0), Side("numpy", 1)
    chosen = [row for row in ROWS if re.search(options.only, row.name)]
    print(f"{cpu_name()}; numpy_rs {ours.version}, NumPy {theirs.version} with SciPy; {len(chosen)} rows", flush=True)
    records = run_rows(chosen, ours, theirs, options)
    ours.close()
    theirs.close()
    bars = {row.name: row.bar for row in ROWS}
    for record in records:
        record["bar"] = bars[record["name"]]
    print("\n" + report(records, lambda record: record["bar"]))
    good = [r for r in records if "error" not in r]
    failing = [r for r in records if "error" in r or r["high"] < r["bar"]]
    mean = geometric_mean([r["ratio"] for r in good])
    print(f"\ngeometric mean {mean:.3f} over {len(good)} rows; {len(failing)} rows fail their bar")
    keep(options, (ours.version, theirs.version), "-audio", geometric_mean=mean, rows=records)
    return 1 if failing and not options.no_bars else 0


if __name__ == "__main__":
    sys.exit(main())
