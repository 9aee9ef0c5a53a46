#!/usr/bin/env python3
"""Accelerate every module of the corpus, compare each drop-in call by call, and print a table.

    python tests/rustify/run_corpus.py target/release/rustify
    python tests/rustify/run_corpus.py target/release/rustify integers floats --keep build/corpus

Ends with 1 when a call differs. `--folder` takes other modules of the same form.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import outcome

HERE = pathlib.Path(__file__).resolve().parent


def accelerate(command, module, output, options):
    """Run the command on one module; seconds, exit code, the end of what it said."""
    call = [str(command), "accelerate", "--file", str(module), "--driver", str(HERE / "drive.py")]
    call += [
        "--all",
        "--keep-slower",
        "--yes",
        "--fresh",
        "--python",
        options.python,
        "--output",
        str(output),
        "--",
        str(module),
    ]
    started = time.perf_counter()
    try:
        done = subprocess.run(call, capture_output=True, text=True, timeout=options.build_limit)
        code, text = done.returncode, done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        code, text = "time limit", ""
    return time.perf_counter() - started, code, text[-2000:]


def reasons(output):
    """Why functions stay Python, as the command's report says it."""
    try:
        functions = json.loads((output / "report.json").read_text(encoding="utf-8"))["functions"]
    except (OSError, ValueError, KeyError):
        return {}
    return {f["name"]: f.get("reason") for f in functions if not f.get("translated")}


def one(command, module, folder, options):
    output = folder / module.stem
    seconds, code, text = accelerate(command, module, output, options)
    if code not in (0, 1) or not (output / "python" / module.name).exists():
        return {"module": module.stem, "seconds": seconds, "error": f"exit {code}: {text[-600:].strip()}"}
    answer = outcome.report(module, output / "python", options)
    return {**answer, "seconds": seconds, "error": None, "reasons": reasons(output)}


def show(results, verbose):
    print(f"{'module':16} {'translated':>12} {'calls alike':>14} {'dropped':>8} {'build s':>8}")
    for r in results:
        if r["error"]:
            print(f"{r['module']:16} {r['error'].splitlines()[-1] if r['error'] else ''}")
            continue
        parity = r["parity"]
        alike = f"{parity['matched']}/{parity['cases']}"
        done = f"{r['translated']}/{r['functions']}"
        print(f"{r['module']:16} {done:>12} {alike:>14} {parity.get('dropped', 0):>8} {r['seconds']:>8.1f}")
    ran = [r for r in results if not r["error"]]
    done, functions = sum(r["translated"] for r in ran), sum(r["functions"] for r in ran)
    matched, cases = sum(r["parity"]["matched"] for r in ran), sum(r["parity"]["cases"] for r in ran)
    share = f" ({100 * done / functions:.1f}%)" if functions else ""
    print(f"\n{done} of {functions} functions translated{share}; {matched} of {cases} calls alike", end="")
    print(f"; {len(results) - len(ran)} modules failed" if len(ran) < len(results) else "")
    for r in ran:
        for name, counts in r["frames"]["functions"].items():
            if counts["translated"] is False:
                reason = r["reasons"].get(name)
                text = reason.get("message", reason) if isinstance(reason, dict) else reason
                print(f"  Python: {r['module']}.{name} ({counts['native']} of {counts['calls']} calls): {text}")
    for r in results:
        if r["error"]:
            print(f"  {r['module']}: {r['error']}")
            continue
        for problem in (r["parity"]["error"], r["frames"]["error"], *r["parity"].get("loading_warnings", [])):
            if problem:
                print(f"  {r['module']}: {problem}")
        for miss in r["parity"]["mismatches"][: None if verbose else 5]:
            print(f"  {r['module']} {miss['group']} {miss['function']}{miss['call']}\n    {miss['difference']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", type=pathlib.Path, help="the rustify command")
    parser.add_argument("modules", nargs="*", help="names of modules [all]")
    parser.add_argument("--folder", type=pathlib.Path, default=HERE / "corpus")
    parser.add_argument("--keep", type=pathlib.Path, help="keep the drop-ins in this folder")
    parser.add_argument("--build-limit", type=float, default=600.0, help="the most one accelerate may take [600]")
    parser.add_argument("-v", "--verbose", action="store_true", help="all mismatches")
    outcome.add_options(parser)
    options = parser.parse_args()
    paths = sorted(p for p in options.folder.resolve().glob("*.py") if not options.modules or p.stem in options.modules)
    if not paths:
        parser.error("no such module")
    results = []
    with tempfile.TemporaryDirectory(prefix="rustify-corpus-") as temporary:
        folder = (options.keep or pathlib.Path(temporary)).resolve()
        for path in paths:
            print(f"{path.stem} ...", file=sys.stderr, flush=True)
            results.append(one(options.command.resolve(), path, folder, options))
    if options.json:
        print(json.dumps(results, indent=1))
    else:
        show(results, options.verbose)
    bad = any(r["error"] or r["parity"]["mismatches"] or r["parity"]["error"] for r in results)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
