"""What the benches share: two processes that take turns on a row, the figures of a row, the table, the kept file.

For each row both sides prepare the same data, then they take turns, sample by sample (A B, B A, ...), so that
whatever slows the machine slows both. Where the system allows it, the threads that call are bound to one processor
for two pairs, and to another one for the next two: of a virtual machine's processors one may be slower by half for
minutes, for what else runs on its core. Threads that a package starts go where they like. A row's figure is the
median of the paired ratios NumPy / ours with a 95% interval from resampling the pairs. Where one side's threads stay
awake after a sample, both sides rest before each.
"""

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
import time

import processors

HERE = pathlib.Path(__file__).resolve().parent


class Worker:
    """A child process that times rows on one package."""

    def __init__(self, module):
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "worker.py"), module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
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


#: OpenBLAS's threads look for more work, without giving way, for a tenth of a second after a product: the next sample
#: of the other side would run beside them.
REST_S = 0.12


def time_row(row, ours, theirs, options, rest_s=0.0):
    """The row's record: medians, paired ratio, interval; or the error that stopped it."""
    for side in (ours, theirs):
        ready = side.ask(setup=row.setup, statement=row.statement, sample_s=options.sample_ms / 1000)
        if "error" in ready:
            who = "ours" if side is ours else "numpy"
            return {"name": row.name, "error": f"{who}: {ready['error']}"}
    pairs = []
    for turn in range(options.rounds):
        processor = processors.of_turn(turn)
        order = (ours, theirs) if turn % 2 == 0 else (theirs, ours)
        answers = {}
        for side in order:
            time.sleep(rest_s)
            answers[side] = side.ask(sample=True, processor=processor)
        if "error" in answers[ours] or "error" in answers[theirs]:
            return {"name": row.name, "error": str(answers[ours].get("error") or answers[theirs]["error"])}
        pairs.append((answers[ours]["seconds"], answers[theirs]["seconds"]))
    ratios = [theirs_s / ours_s for ours_s, theirs_s in pairs]
    low, high = interval(ratios)
    return {
        "name": row.name,
        "ours_s": statistics.median(p[0] for p in pairs),
        "numpy_s": statistics.median(p[1] for p in pairs),
        "ratio": statistics.median(ratios),
        "low": low,
        "high": high,
        "moved": row.moved,
    }


def shown_time(seconds):
    for unit, scale in (("s", 1), ("ms", 1e3), ("us", 1e6)):
        if seconds * scale >= 1:
            return f"{seconds * scale:.4g} {unit}"
    return f"{seconds * 1e9:.4g} ns"


def report(records, loser):
    """The table, losers first; `loser` gives the bar of a record."""
    lines = [f"{'row':34} {'numpy':>10} {'ours':>10} {'ratio':>7}  95% interval"]
    order = sorted(records, key=lambda r: ("error" not in r, r.get("ratio", 0)))
    for record in order:
        if "error" in record:
            lines.append(f"{record['name']:34} {record['error'][:70]}  FAILS")
            continue
        notes = "  FAILS" if record["high"] < loser(record) else ""
        notes += "  memory-bound" if record.get("memory_bound") else ""
        lines.append(
            f"{record['name']:34} {shown_time(record['numpy_s']):>10} "
            f"{shown_time(record['ours_s']):>10} {record['ratio']:7.2f}  "
            f"{record['low']:.2f}..{record['high']:.2f}{notes}"
        )
    return "\n".join(lines)


def geometric_mean(ratios):
    return math.exp(statistics.fmean(math.log(ratio) for ratio in ratios)) if ratios else 0.0


def run_rows(rows, ours, theirs, options, rest=lambda row: 0.0):
    """The records of all rows, each told as soon as it is known; `rest` gives the seconds before each sample."""
    records = []
    for at, row in enumerate(rows, 1):
        record = time_row(row, ours, theirs, options, rest(row))
        records.append(record)
        figure = record.get("error") or f"{record['ratio']:.2f}"
        print(f"[{at}/{len(rows)}] {row.name}: {figure}", flush=True)
    return records


def add_options(parser):
    """The arguments that all benches take."""
    parser.add_argument("--only", metavar="REGEX", default="", help="rows whose name has this")
    parser.add_argument("--rounds", type=int, default=15, help="pairs of samples a row")
    parser.add_argument("--sample-ms", type=float, default=5.0, help="least time of one sample")
    parser.add_argument("--json", metavar="FILE", help="where to keep the result")
    parser.add_argument("--no-bars", action="store_true", help="report only, succeed always")


def keep(options, versions, name, **found):
    """Writes the run as JSON, named by date and CPU unless a name was given; parts of a run only where asked."""
    today = datetime.date.today().isoformat()
    slug = re.sub(r"[^a-z0-9]+", "-", cpu_name().lower()).strip("-")
    path = pathlib.Path(options.json) if options.json else HERE / "results" / f"{today}-{slug}{name}.json"
    if options.only and not options.json:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    result = {
        "cpu": cpu_name(),
        "cores": os.cpu_count(),
        "date": today,
        "python": platform.python_version(),
        "system": platform.platform(),
        "numpy_rs": versions[0],
        "numpy": versions[1],
        **found,
    }
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"kept in {path}")
