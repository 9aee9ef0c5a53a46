#!/usr/bin/env python3
"""Time the kernels of examples/rustify on CPython, rustify and Numba, alternating in one run.

    make bench-rustify                                # all rows
    make bench-rustify ARGS="--only stencil --rounds 9"

First `rustify accelerate` makes the drop-in of each example from the example's own `__main__`.
Then one process a side prepares each row's arguments, which are others than those, and the sides
take turns, sample by sample (A B, B A, ...), the callers bound to one processor for two turns, then to
the next; a sample is the fastest of five parts. A figure is the
median of the paired ratios CPython / side. Numba runs twice: on the arguments as the program has
them, and on arrays; where it fails it counts as CPython. Losers come first; JSON goes to
`--output`. Ends with 1 when a bar is missed, an answer differs, or a row that runs in Rust is under
1.05.
"""

import argparse
import datetime
import json
import math
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

from rows import ROWS

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(1, str(HERE.parent))

import processors  # noqa: E402

ROOT = HERE.parents[1]
EXAMPLES = ROOT / "examples" / "rustify"
LEAST = 1.05
BARS = {"arithmetic": 30.0, "single": 8.0}


class Worker:
    """A child process that times one side."""

    def __init__(self, python, side):
        self.side = side
        command = [python, str(HERE / "worker.py"), side]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def ask(self, **request):
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        return json.loads(line) if line else {"error": "the process died"}

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def accelerate(options, example, folder):
    """The folder of the example's drop-in (None when there is none) and the report's functions."""
    output = folder / example
    call = [str(options.command), "accelerate", "--file", str(EXAMPLES / f"{example}.py"), "--all", "--yes", "--fresh"]
    call += ["--python", options.python, "--output", str(output)]
    seconds, done = 0.0, None
    if not (options.dropins and (output / "report.json").exists()):
        started = time.perf_counter()
        done = subprocess.run(call, capture_output=True, text=True)
        seconds = time.perf_counter() - started
        print(f"  {example}: {seconds:.0f} s, exit {done.returncode}", file=sys.stderr, flush=True)
    try:
        functions = json.loads((output / "report.json").read_text(encoding="utf-8"))["functions"]
    except (OSError, ValueError, KeyError):
        functions = []
    dropin = output / "python"
    if not (dropin / f"{example}.py").exists():
        words = (done.stderr or done.stdout).strip()[-400:] if done else "as before"
        print(f"  no drop-in: {words}", file=sys.stderr)
        dropin = None
    return dropin, {f["name"]: f for f in functions}, seconds


def time_row(row, workers, dropin, report, rounds):
    """The row's record: seconds of each side, median ratios over CPython."""
    record = {"name": row.name, "kind": row.kind, "entry": "python", "sides": {}}
    entry = report.get(row.function, {})
    record["entry"] = entry.get("entry", "python")
    record["reason"] = entry.get("reason")
    request = {"example": row.example, "function": row.function, "arguments": row.arguments}
    active, pictures = [], {}
    for worker in workers:
        folder = dropin if worker.side == "rustify" else EXAMPLES
        if folder is None:
            record["sides"][worker.side] = {"error": "no drop-in"}
            continue
        answer = worker.ask(row=request, folder=str(folder))
        record["sides"][worker.side] = answer
        pictures[worker.side] = answer.pop("picture", None)
        if "error" not in answer:
            active.append(worker)
    if "rustify" in [w.side for w in active] and pictures["rustify"] != pictures["python"]:
        record["differs"] = True
    samples = {worker.side: [] for worker in active}
    for i in range(rounds):
        for worker in active if i % 2 == 0 else active[::-1]:
            answer = worker.ask(processor=processors.of_turn(i))
            samples[worker.side].append(answer.get("seconds", math.inf))
    base = samples["python"]
    for side, seconds in samples.items():
        ratios = sorted(b / s for b, s in zip(base, seconds))
        known = record["sides"][side]
        known["seconds"] = statistics.median(seconds)
        known["ratio"] = statistics.median(ratios)
        known["spread"] = [ratios[0], ratios[-1]]
    return record


def ratio(record, side):
    """Times CPython; a side that fails counts as CPython."""
    return record["sides"].get(side, {}).get("ratio", 1.0)


def best_numba(record):
    return max(ratio(record, "numba"), ratio(record, "arrays"))


def mean(values):
    return math.exp(statistics.fmean(math.log(v) for v in values)) if values else float("nan")


def processor():
    """The processor's name, as far as the system tells it."""
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def judge(records, with_numba):
    """What missed its bar, in words."""
    missed = []
    for r in records:
        ours = ratio(r, "rustify")
        if r.get("differs"):
            missed.append(f"{r['name']}: the answer differs from CPython's")
        if r["entry"] == "rust" and ours < LEAST:
            missed.append(f"{r['name']}: runs in Rust at {ours:.2f} times CPython")
        if ours < BARS.get(r["kind"], 0.0):
            missed.append(f"{r['name']}: {ours:.1f} times CPython, {BARS[r['kind']]:.0f} wanted")
    ours, numba = {}, {}
    for name, kinds in {"scalar": ["scalar"], "array": ["array"], "scalar and array": ["scalar", "array"]}.items():
        chosen = [r for r in records if r["kind"] in kinds]
        ours[name], numba[name] = mean([ratio(r, "rustify") for r in chosen]), mean([best_numba(r) for r in chosen])
    both = "scalar and array"
    if with_numba and ours[both] < numba[both]:
        missed.append(f"{both} rows: geometric mean {ours[both]:.1f}, Numba's better figure {numba[both]:.1f}")
    return missed, {"rustify": ours, "numba": numba}


def show(records, sides):
    print(f"\n{'row':36} {'kind':10} {'CPython':>11}", *(f"{s:>9}" for s in sides[1:]), " entry")
    for r in sorted(records, key=lambda r: ratio(r, "rustify") / (best_numba(r) if r["kind"] != "other" else 1.0)):
        seconds = r["sides"]["python"].get("seconds")
        text = "failed" if seconds is None else f"{seconds * 1e6:.1f} us"
        cells = []
        for side in sides[1:]:
            known = r["sides"].get(side, {})
            cells.append(f"{known['ratio']:>8.2f}x" if "ratio" in known else f"{'fails':>9}")
        mark = " DIFFERS" if r.get("differs") else ""
        print(f"{r['name']:36} {r['kind']:10} {text:>11}", *cells, f" {r['entry']}{mark}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--command", type=pathlib.Path, default=ROOT / "target" / "release" / "rustify")
    parser.add_argument("--python", default=sys.executable, help="the interpreter of all sides")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument("--dropins", type=pathlib.Path, help="keep drop-ins here, and use those that are here")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "target" / "bench-rustify.json")
    options = parser.parse_args()
    rows = [row for row in ROWS if options.only in row.name]
    if not rows:
        parser.error("no such row")
    if not options.command.exists():
        parser.error(f"{options.command} is not there: cargo build --release --bin rustify")
    options.command = options.command.resolve()
    probe = "import importlib.util as u, sys; sys.exit(u.find_spec('numba') is None)"
    with_numba = subprocess.run([options.python, "-c", probe]).returncode == 0
    sides = ["python", "rustify", *(["numba", "arrays"] if with_numba else [])]
    if not with_numba:
        print("Numba is not installed: its columns are left out.", file=sys.stderr)

    records = []
    with tempfile.TemporaryDirectory(prefix="rustify-bench-") as temporary:
        folder = (options.dropins or pathlib.Path(temporary)).resolve()
        made = {e: accelerate(options, e, folder) for e in dict.fromkeys(row.example for row in rows)}
        workers = [Worker(options.python, side) for side in sides]
        for row in rows:
            print(f"  {row.name} ...", file=sys.stderr, flush=True)
            dropin, report, _ = made[row.example]
            records.append(time_row(row, workers, dropin, report, options.rounds))
        for worker in workers:
            worker.close()

    missed, means = judge(records, with_numba)
    show(records, sides)
    for name in means["rustify"]:
        numba = f", Numba {means['numba'][name]:.1f}" if with_numba else ""
        print(f"geometric mean of {name} rows: rustify {means['rustify'][name]:.1f}{numba}")
    for text in missed:
        print(f"missed: {text}")
    kept = {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processor": processor(),
        "numba": with_numba,
        "rounds": options.rounds,
        "build_seconds": {example: seconds for example, (_, _, seconds) in made.items()},
        "means": means,
        "missed": missed,
        "rows": records,
    }
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
