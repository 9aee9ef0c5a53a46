#!/usr/bin/env python3
"""Run the documents of tests/rustify/literate: Python and the Rust that comes out must answer what they say.

    python tests/rustify/literate.py target/debug/rustify
    python tests/rustify/literate.py target/debug/rustify --bless

All documents are one module here, so that one crate is built. `--bless` writes the answers anew. What Rust
comes out is tested without a build: `cargo test -p rustify_compile --test literate` (BLESS=1 writes that).
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent / "literate"

# Runs in a process of its own: each call of the file of calls, with what it answers.
ASK = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
module = importlib.import_module("literate_all")
try:
    import numpy as np
except ImportError:
    np = None
names = {**vars(module), "np": np}
answers = []
for call in json.load(open(sys.argv[2])):
    try:
        value = eval(call, names)
        answers.append(repr(value))
    except Exception as error:
        answers.append(f"{type(error).__name__}: {error}")
print(json.dumps(answers))
"""

DRIVE = """
import literate_all as module
import json, sys
import numpy as np
names = {**vars(module), "np": np}
for call in json.load(open(sys.argv[1])):
    for _ in range(3):
        try:
            eval(call, names)
        except Exception:
            pass
"""


def block(text, language):
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return found.group(1) if found else ""


def calls_of(text):
    """The calls of a document with the answers that it shows."""
    return [tuple(line.split(" -> ", 1)) for line in block(text, "calls").splitlines() if line.strip()]


def driven(text):
    """The calls that the program makes: the first two of each function that Python answers without an exception."""
    made = {}
    for call, answer in calls_of(text):
        if not re.match(r"[A-Z]\w*(Error|Exception)\b", answer):
            made.setdefault(call.split("(")[0], []).append(call)
    return [call for calls in made.values() for call in calls[:2]]


def answers(python, folder, calls, scratch):
    listed = scratch / "calls.json"
    listed.write_text(json.dumps(calls), encoding="utf-8")
    done = subprocess.run(
        [python, "-c", ASK, str(folder), str(listed)], capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode:
        raise SystemExit(f"the calls of {folder} end with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def accelerate(command, python, scratch, calls):
    """Build the module of all documents; the report on its functions."""
    listed = scratch / "driven.json"
    listed.write_text(json.dumps(calls), encoding="utf-8")
    driver = scratch / "drive_literate.py"
    driver.write_text(DRIVE, encoding="utf-8")
    output = scratch / "dist"
    call = [command, "accelerate", "--file", scratch / "literate_all.py", "--driver", driver, "--all", "--keep-slower"]
    call += ["--yes", "--python", python, "--output", output, "--", listed]
    done = subprocess.run([str(c) for c in call], capture_output=True, text=True, timeout=900, check=False)
    report = output / "report.json"
    if not report.exists():
        raise SystemExit(f"rustify ends with {done.returncode}: {(done.stdout + done.stderr)[-3000:]}")
    return json.loads(report.read_text(encoding="utf-8"))["functions"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", type=pathlib.Path, help="the rustify command")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--bless", action="store_true", help="write the answers anew")
    options = parser.parse_args()
    paths = sorted(FOLDER.glob("*.md"))
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    problems = []
    with tempfile.TemporaryDirectory(prefix="rustify-literate-") as temporary:
        scratch = pathlib.Path(temporary)
        module = scratch / "literate_all.py"
        module.write_text("\n\n".join(block(text, "python") for text in texts.values()), encoding="utf-8")
        calls = [call for text in texts.values() for call, _ in calls_of(text)]
        program = [call for text in texts.values() for call in driven(text)]
        plain = dict(zip(calls, answers(options.python, scratch, calls, scratch)))
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        functions = accelerate(options.command.resolve(), options.python, scratch, program)
        native = dict(zip(calls, answers(options.python, scratch / "dist" / "python", calls, scratch)))
    for function in functions:
        inside = (function.get("reason") or {}).get("code") == "inside"
        if not function["translated"] or (function["entry"] != "rust" and not inside):
            problems.append(f"{function['name']} stays Python: {function.get('reason')}")
    for call in calls:
        if plain[call] != native[call]:
            problems.append(f"{call}: Python answers {plain[call]}, Rust {native[call]}")
    for path, text in texts.items():
        lines = [f"{call} -> {plain[call]}\n" for call, _ in calls_of(text)]
        new = text.replace(block(text, "calls"), "".join(lines))
        if new == text:
            continue
        if options.bless:
            path.write_text(new, encoding="utf-8")
        else:
            problems.append(f"{path.name} shows other answers than Python {sys.version.split()[0]} gives")
    print("\n".join(problems) or f"{len(calls)} calls of {len(functions)} functions answer as the documents say")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
