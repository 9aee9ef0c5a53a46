#!/usr/bin/env python3
"""Time ours beside NumPy, alternating in one run; print losers first; keep JSON.

    make bench                              # all rows
    make bench ARGS="--only 3/ --rounds 9"  # rows whose name matches

How a figure comes about is told in paired.py. A row fails when the upper end of its
interval is under the bar; the whole fails when the geometric mean does.
"""

import argparse
import re
import statistics
import subprocess
import sys

from paired import Worker, add_options, cpu_name, geometric_mean, keep, report, run_rows
from rows import GOAL, IMPORT_MS, LOSER, ROWS

IMPORT = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
COPY_ROW = "1e7/float64/copy"


def time_imports(rounds):
    """Milliseconds of a first import in fresh processes, alternating."""
    seconds = {"numpy_rs": [], "numpy": []}
    for _ in range(rounds):
        for module, found in seconds.items():
            done = subprocess.run([sys.executable, "-c", IMPORT.format(module)],
                                  capture_output=True, text=True, check=True)
            found.append(float(done.stdout))
    return {module: 1000 * statistics.median(found) for module, found in seconds.items()}


def mark_bandwidth(records):
    """Rows where NumPy already runs at 70% or more of the rate at which it copies."""
    copies = [r for r in records if r["name"] == COPY_ROW and "error" not in r]
    if not copies:
        return
    rate = copies[0]["moved"] / copies[0]["numpy_s"]
    for record in records:
        large = record.get("moved", 0) >= 50_000_000
        record["memory_bound"] = bool(large and record["moved"] / record["numpy_s"] >= 0.7 * rate)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    options = parser.parse_args()
    ours, theirs = Worker("numpy_rs"), Worker("numpy")
    chosen = [row for row in ROWS if re.search(options.only, row.name)]
    print(f"{cpu_name()}; numpy_rs {ours.version}, NumPy {theirs.version}; {len(chosen)} rows", flush=True)
    records = run_rows(chosen, ours, theirs, options)
    ours.close()
    theirs.close()
    mark_bandwidth(records)
    imports = time_imports(max(5, options.rounds // 2))
    good = [r for r in records if "error" not in r]
    mean = geometric_mean([r["ratio"] for r in good])
    failing = [r["name"] for r in records if "error" in r or r["high"] < LOSER]
    print("\n" + report(records, lambda _: LOSER))
    print(f"\nimport: numpy_rs {imports['numpy_rs']:.1f} ms, numpy {imports['numpy']:.1f} ms "
          f"(bar {IMPORT_MS:.0f} ms)")
    print(f"geometric mean {mean:.3f} over {len(good)} rows (bar {GOAL}), "
          f"{len(failing)} rows fail (bar {LOSER})")
    keep(options, (ours.version, theirs.version), "", geometric_mean=mean, import_ms=imports, rows=records)
    good_enough = mean >= GOAL and not failing and imports["numpy_rs"] < IMPORT_MS
    return 0 if good_enough or options.no_bars else 1


if __name__ == "__main__":
    sys.exit(main())
