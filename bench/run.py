#!/usr/bin/env python3
"""Time ours beside NumPy, alternating in one run; print losers first; keep JSON.

    make bench                              # all rows
    make bench ARGS="--only 3/ --rounds 9"  # rows whose name matches

Two processes hold the two packages. For each row both prepare the same data, then they
take turns, sample by sample (A B, B A, ...), so that whatever slows the machine slows
both. A row's figure is the median of the paired ratios NumPy / ours with a 95% interval
from resampling the pairs. A row fails when the upper end of its interval is under the
bar; the whole fails when the geometric mean does.
"""

import argparse
import datetime
import json
import math
import os
import pathlib
import platform
import random
import re
import statistics
import subprocess
import sys

from rows import GOAL, IMPORT_MS, LOSER, ROWS

HERE = pathlib.Path(__file__).resolve().parent
IMPORT = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
COPY_ROW = "1e7/float64/copy"


class Worker:
    """A child process that times rows on one package."""

    def __init__(self, module):
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "worker.py"), module],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.version = self._answer()["version"]

    def _answer(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"error": "the process died"}

    def ask(self, **request):
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return {"error": "the process died"}
        return self._answer()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def cpu_name():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def interval(ratios, draws=2000):
    """95% interval of the median ratio, by resampling the pairs with a fixed seed."""
    source = random.Random(20261121)
    medians = sorted(statistics.median(source.choices(ratios, k=len(ratios))) for _ in range(draws))
    return medians[int(0.025 * draws)], medians[int(0.975 * draws)]


def time_row(row, ours, theirs, options):
    """The row's record: medians, paired ratio, interval; or the error that stopped it."""
    for side in (ours, theirs):
        ready = side.ask(setup=row.setup, statement=row.statement, sample_s=options.sample_ms / 1000)
        if "error" in ready:
            who = "ours" if side is ours else "numpy"
            return {"name": row.name, "error": f"{who}: {ready['error']}"}
    pairs = []
    for turn in range(options.rounds):
        order = (ours, theirs) if turn % 2 == 0 else (theirs, ours)
        answers = {side: side.ask(sample=True) for side in order}
        if "error" in answers[ours] or "error" in answers[theirs]:
            return {"name": row.name, "error": str(answers[ours].get("error") or answers[theirs]["error"])}
        pairs.append((answers[ours]["seconds"], answers[theirs]["seconds"]))
    ratios = [theirs_s / ours_s for ours_s, theirs_s in pairs]
    low, high = interval(ratios)
    return {"name": row.name, "ours_s": statistics.median(p[0] for p in pairs),
            "numpy_s": statistics.median(p[1] for p in pairs),
            "ratio": statistics.median(ratios), "low": low, "high": high, "moved": row.moved}


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


def shown_time(seconds):
    for unit, scale in (("s", 1), ("ms", 1e3), ("us", 1e6)):
        if seconds * scale >= 1:
            return f"{seconds * scale:.4g} {unit}"
    return f"{seconds * 1e9:.4g} ns"


def report(records):
    """The table, losers first."""
    lines = [f"{'row':34} {'numpy':>10} {'ours':>10} {'ratio':>7}  95% interval"]
    order = sorted(records, key=lambda r: ("error" not in r, r.get("ratio", 0)))
    for record in order:
        if "error" in record:
            lines.append(f"{record['name']:34} {record['error'][:70]}  FAILS")
            continue
        notes = "  FAILS" if record["high"] < LOSER else ""
        notes += "  memory-bound" if record.get("memory_bound") else ""
        lines.append(f"{record['name']:34} {shown_time(record['numpy_s']):>10} "
                     f"{shown_time(record['ours_s']):>10} {record['ratio']:7.2f}  "
                     f"{record['low']:.2f}..{record['high']:.2f}{notes}")
    return "\n".join(lines)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="REGEX", default="", help="rows whose name has this")
    parser.add_argument("--rounds", type=int, default=15, help="pairs of samples a row")
    parser.add_argument("--sample-ms", type=float, default=5.0, help="least time of one sample")
    parser.add_argument("--json", metavar="FILE", help="where to keep the result")
    parser.add_argument("--no-bars", action="store_true", help="report only, succeed always")
    return parser.parse_args()


def main():
    options = parse_arguments()
    ours, theirs = Worker("numpy_rs"), Worker("numpy")
    chosen = [row for row in ROWS if re.search(options.only, row.name)]
    print(f"{cpu_name()}; numpy_rs {ours.version}, NumPy {theirs.version}; {len(chosen)} rows", flush=True)
    records = []
    for at, row in enumerate(chosen, 1):
        record = time_row(row, ours, theirs, options)
        records.append(record)
        figure = record.get("error") or f"{record['ratio']:.2f}"
        print(f"[{at}/{len(chosen)}] {row.name}: {figure}", flush=True)
    ours.close()
    theirs.close()
    mark_bandwidth(records)
    imports = time_imports(max(5, options.rounds // 2))
    good = [r for r in records if "error" not in r]
    mean = math.exp(statistics.fmean(math.log(r["ratio"]) for r in good)) if good else 0.0
    failing = [r["name"] for r in records if "error" in r or r["high"] < LOSER]
    print("\n" + report(records))
    print(f"\nimport: numpy_rs {imports['numpy_rs']:.1f} ms, numpy {imports['numpy']:.1f} ms "
          f"(bar {IMPORT_MS:.0f} ms)")
    print(f"geometric mean {mean:.3f} over {len(good)} rows (bar {GOAL}), "
          f"{len(failing)} rows fail (bar {LOSER})")
    keep(options, records, imports, mean, (ours.version, theirs.version))
    good_enough = mean >= GOAL and not failing and imports["numpy_rs"] < IMPORT_MS
    return 0 if good_enough or options.no_bars else 1


def keep(options, records, imports, mean, versions):
    """Writes the run as JSON, named by date and CPU unless a name was given."""
    today = datetime.date.today().isoformat()
    slug = re.sub(r"[^a-z0-9]+", "-", cpu_name().lower()).strip("-")
    path = pathlib.Path(options.json) if options.json else HERE / "results" / f"{today}-{slug}.json"
    if options.only and not options.json:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    result = {"cpu": cpu_name(), "cores": os.cpu_count(), "date": today,
              "python": platform.python_version(), "system": platform.platform(),
              "numpy_rs": versions[0], "numpy": versions[1], "geometric_mean": mean,
              "import_ms": imports, "rows": records}
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"kept in {path}")


if __name__ == "__main__":
    sys.exit(main())
