#!/usr/bin/env python3
"""Compare a module with its drop-in, call by call, and count which functions run in Rust.

    python tests/rustify/outcome.py tests/rustify/corpus/integers.py DIR/python

Each side runs in a fresh process: first CASES, then EDGE, then edge calls generated from CASES.
Value, exact types at every depth, exceptions (class, text, place), warnings, output, the state of
the arguments afterwards and which objects are the same must be equal. A second process of each side
counts Python frames during CASES (Python 3.12 and later): a function is `translated` when at least
90% of the ordinary calls that run it in the original start no Python frame of it in the drop-in.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SHARE = 0.9


def run(folder, module, kind, options, skip=(), patience=1):
    """The lines that a worker wrote, and why it ended early if it did; calls may take `patience` times as long."""
    command = [options.python, str(HERE / "worker.py"), str(folder), module, kind]
    command += ["--generated", str(options.generated), "--skip", ",".join(map(str, skip))]
    command += ["--seconds", str(options.seconds * patience)]
    environment = dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")
    environment.pop("RUSTIFY_DISABLE", None)
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=options.limit)
        text, errors, code = done.stdout, done.stderr, done.returncode
    except subprocess.TimeoutExpired as late:
        text, errors, code = (late.stdout or b"").decode(), (late.stderr or b"").decode(), "time limit"
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{") and line.endswith("}")]
    return lines, None if code == 0 else f"{code}: {errors.strip()[-600:]}"


def by_call(lines):
    """The outcomes by the number of the call; a call that never ended has the outcome `crash`."""
    begun = {line["begins"]: line for line in lines if "begins" in line}
    ended = {line["ends"]: line for line in lines if "ends" in line}
    out = {}
    for number, line in begun.items():
        end = ended.get(number, {"seen": {"crash": True}, "call": ""})
        out[number] = {**line, "seen": end["seen"], "call": end["call"]}
    return out


def first_difference(a, b, path=""):
    """Where two pictures part, in words."""
    if type(a) is type(b) is dict:
        for key in [*(k for k in b if k not in a), *a]:
            if a.get(key, "absent") != b.get(key, "absent"):
                return first_difference(a.get(key, "absent"), b.get(key, "absent"), f"{path}.{key}")
    if type(a) is type(b) is list and len(a) == len(b):
        for i, (x, y) in enumerate(zip(a, b)):
            if x != y:
                return first_difference(x, y, f"{path}[{i}]")
    return f"{path.lstrip('.')}: {json.dumps(a)[:160]} is {json.dumps(b)[:160]}"


def compare(module_path, dropin, options):
    """Parity of all calls: a dict with counts by group and the mismatches."""
    name = module_path.stem
    original, problem = run(module_path.parent, name, "compare", options)
    if problem or not original:
        return {"error": f"the original ended with {problem}", "mismatches": [], "cases": 0, "matched": 0}
    wanted = by_call(original)
    dropped = [n for n, call in wanted.items() if call["seen"].get("dropped")]
    # A call that takes the original almost as long as it may must not count as one that never ends here.
    found, problem = run(dropin, name, "compare", options, dropped, patience=20)
    result = {"cases": 0, "matched": 0, "dropped": len(dropped), "mismatches": [], "error": None, "functions": {}}
    if not found:
        result["error"] = f"the drop-in does not load: {problem}"
        return result
    result["loading_warnings"] = found[0]["warnings"]
    got = by_call(found)
    for number, call in wanted.items():
        if number in dropped:
            continue
        other = got.get(number, {"seen": {"never run": problem}})
        counts = result["functions"].setdefault(call["function"], [0, 0])
        result["cases"] += 1
        counts[0] += 1
        if call["seen"] == other["seen"]:
            result["matched"] += 1
            counts[1] += 1
        else:
            difference = first_difference(call["seen"], other["seen"])
            result["mismatches"].append(
                {"function": call["function"], "group": call["group"], "call": call["call"], "difference": difference}
            )
    if not problem and original[-1].get("state") != found[-1].get("state"):
        difference = first_difference(original[-1]["state"], found[-1]["state"])
        result["mismatches"].append({"function": "<module>", "group": "state", "call": "", "difference": difference})
    if problem:
        result["error"] = f"the drop-in ended with {problem}"
    return result


def count(module_path, dropin, options):
    """By function: how many ordinary calls ran it, and in how many no Python frame of it started."""
    name = module_path.stem
    original, problem = run(module_path.parent, name, "count", options)
    found, other_problem = run(dropin, name, "count", options)
    if problem or other_problem or not original or not found:
        return {"error": problem or other_problem or "nothing ran", "functions": {}}
    wanted, got = by_call(original), by_call(found)
    functions = {name: {"calls": 0, "native": 0, "translated": None} for name in original[0]["functions"]}
    for number, call in wanted.items():
        for function in call["seen"].get("frames", {}):
            if function not in functions:
                continue
            functions[function]["calls"] += 1
            if not got[number]["seen"].get("frames", {}).get(function):
                functions[function]["native"] += 1
    for counts in functions.values():
        if counts["calls"]:
            counts["translated"] = counts["native"] >= SHARE * counts["calls"]
    return {"error": None, "functions": functions}


def report(module_path, dropin, options):
    """Both answers about one module."""
    parity = compare(module_path, dropin, options)
    frames = {"error": None, "functions": {}}
    if options.counts:
        frames = count(module_path, dropin, options)
    seen = [f for f in frames["functions"].values() if f["translated"] is not None]
    return {
        "module": module_path.stem,
        "parity": parity,
        "frames": frames,
        "translated": sum(f["translated"] for f in seen),
        "functions": len(seen),
    }


def add_options(parser):
    parser.add_argument("--python", default=sys.executable, help="the interpreter of both sides")
    parser.add_argument("--generated", type=int, default=40, help="edge calls made for each function [40]")
    parser.add_argument("--seconds", type=float, default=0.25, help="the most one call of the original may take [0.25]")
    parser.add_argument("--limit", type=float, default=300.0, help="the most one process may take [300]")
    parser.add_argument("--no-counts", dest="counts", action="store_false", help="compare only")
    parser.add_argument("--json", action="store_true", help="print the whole report")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("module", type=pathlib.Path)
    parser.add_argument("dropin", type=pathlib.Path, help="the folder that holds the drop-in module")
    add_options(parser)
    options = parser.parse_args()
    answer = report(options.module.resolve(), options.dropin.resolve(), options)
    if options.json:
        print(json.dumps(answer, indent=1))
    else:
        parity = answer["parity"]
        print(f"{answer['module']}: {parity['matched']} of {parity['cases']} calls alike", end="; ")
        print(f"{answer['translated']} of {answer['functions']} functions translated")
        for name, counts in answer["frames"]["functions"].items():
            if counts["translated"] is False:
                print(f"  Python: {name} ({counts['native']} of {counts['calls']} calls in Rust)")
        for problem in (parity["error"], answer["frames"]["error"], *parity.get("loading_warnings", [])):
            if problem:
                print(f"  {problem}")
        for miss in parity["mismatches"][:40]:
            print(f"  {miss['group']} {miss['function']}{miss['call']}\n    {miss['difference']}")
    return 1 if answer["parity"]["mismatches"] or answer["parity"]["error"] else 0


if __name__ == "__main__":
    sys.exit(main())
