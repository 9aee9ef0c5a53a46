"""Run the calls of one module in this process and write one line of JSON for each.

    python worker.py FOLDER MODULE compare|count [--generated N] [--skip NUMBERS] [--seconds S]

`compare` runs CASES, EDGE and generated edge calls; `count` runs CASES only and counts, through
`sys.monitoring`, the Python frames of the module's functions during each call.
"""

import argparse
import contextlib
import copy
import faulthandler
import functools
import importlib
import io
import json
import os
import re
import resource
import signal
import sys
import time
import types
import warnings

from edges import generated
from picture import Gallery, state_of, type_name

MEMORY = 4 << 30
ANONYMOUS = ("<lambda>", "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")


class TooSlow(BaseException):
    """The call took longer than it may."""


def stop(*_):
    raise TooSlow


def owner(qualname):
    """The function that a frame counts for: anonymous code counts for what holds it."""
    parts = qualname.split(".")
    while len(parts) > 2 and parts[-1] in ANONYMOUS and parts[-2] == "<locals>":
        parts = parts[:-2]
    return ".".join(parts)


class FrameCounter:
    """Counts the frames of one file that start, by the function they belong to."""

    TOOL = 4

    def __init__(self, path):
        self.path = path
        self.counts = {}
        monitoring = sys.monitoring
        monitoring.use_tool_id(self.TOOL, "rustify-outcome")
        for event in (monitoring.events.PY_START, monitoring.events.PY_RESUME):
            monitoring.register_callback(self.TOOL, event, self.started)
        self.events = monitoring.events.PY_START | monitoring.events.PY_RESUME

    def started(self, code, _offset):
        if code.co_filename == self.path:
            name = owner(code.co_qualname)
            self.counts[name] = self.counts.get(name, 0) + 1
            return None
        return sys.monitoring.DISABLE

    def __enter__(self):
        self.counts = {}
        sys.monitoring.set_events(self.TOOL, self.events)

    def __exit__(self, *_):
        sys.monitoring.set_events(self.TOOL, 0)


def functions_of(code, path):
    """The names of all functions in a module's code."""
    out = []
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            is_function = constant.co_flags & 2 and constant.co_name not in ANONYMOUS
            if is_function:
                out.append(constant.co_qualname)
            out.extend(functions_of(constant, path))
    return out


def places(traceback, path):
    """Function and line of each frame of the module's own file."""
    out = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename == path:
            out.append([code.co_name, traceback.tb_lineno])
        traceback = traceback.tb_next
    return out if len(out) < 50 else [out[0], "deep"]


def outcome(function, args, kwargs, path, seconds):
    """All that can be seen of a call, as plain data."""
    gallery = Gallery()
    before = gallery.draw([args, kwargs])
    seen = {}
    printed = io.StringIO()
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
            warnings.simplefilter("always")
            try:
                value = function(*args, **kwargs)
            except (TooSlow, MemoryError):
                raise
            except BaseException as error:
                signal.setitimer(signal.ITIMER_REAL, 0)
                seen["raises"] = [type_name(type(error)), without_addresses(str(error))]
                seen["where"] = places(error.__traceback__, path)
                seen["cause"] = without_addresses(repr(error.__cause__))
                seen["context"] = type_name(type(error.__context__))
                seen["error"] = gallery.draw(error)
                if isinstance(error, RecursionError):
                    # Which C function finds the stack full depends on the depth at which the call began.
                    seen.update(raises="RecursionError", where="deep", context="", cause="", error="")
            else:
                signal.setitimer(signal.ITIMER_REAL, 0)
                seen["value"] = gallery.draw(value)
    except (TooSlow, MemoryError):
        return {"dropped": True}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    after = gallery.draw([args, kwargs])
    seen["arguments"] = "unchanged" if after == before else after
    seen["warnings"] = [[w.category.__name__, str(w.message), os.path.basename(w.filename), w.lineno] for w in caught]
    seen["printed"] = printed.getvalue()
    return seen


def without_addresses(text):
    return re.sub(r"\bat 0x[0-9a-fA-F]+", "at 0x", text)


def described(args, kwargs):
    """The arguments as text, for the reader of a report."""
    try:
        return without_addresses(repr((args, kwargs)))[:300]
    except Exception as error:
        return f"({type(error).__name__} in repr)"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("module")
    parser.add_argument("kind", choices=["compare", "count"])
    parser.add_argument("--generated", type=int, default=0)
    parser.add_argument("--skip", default="")
    parser.add_argument("--seconds", type=float, default=0.5)
    options = parser.parse_args()
    faulthandler.enable()
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, stop)
    lines = os.fdopen(os.dup(1), "w", buffering=1)
    sys.path.insert(0, os.path.abspath(options.folder))

    loading = time.perf_counter()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        module = importlib.import_module(options.module)
    path = module.__file__
    with open(path, encoding="utf-8") as source:
        code = compile(source.read(), path, "exec")
    head = {
        "file": path,
        "python": sys.version.split()[0],
        "loading": time.perf_counter() - loading,
        "warnings": [str(w.message) for w in caught],
        "functions": functions_of(code, path) if sys.version_info >= (3, 11) else [],
    }
    lines.write(json.dumps(head) + "\n")

    counter = FrameCounter(path) if options.kind == "count" else None
    calls = [("case", call) for call in module.CASES]
    # Ordinary calls of other types than those that were recorded.
    calls += [("sibling", call) for call in getattr(module, "SIBLINGS", [])]
    if options.kind == "compare":
        calls += [("edge", call) for call in module.EDGE]
        calls += [("generated", call) for call in generated(module.CASES, options.generated)]
    skip = {int(n) for n in options.skip.split(",") if n}
    for i, (group, (name, args, kwargs)) in enumerate(calls):
        if i in skip:
            continue
        lines.write(json.dumps({"begins": i, "group": group, "function": name}) + "\n")
        # What a function makes comes as it is: a deep copy of an array forgets strides and flags.
        args, kwargs = (args(), copy.deepcopy(kwargs)) if callable(args) else copy.deepcopy((args, kwargs))
        text = described(args, kwargs) if counter is None else ""
        try:
            function = functools.reduce(getattr, name.split("."), module)
        except AttributeError as error:
            lines.write(json.dumps({"ends": i, "seen": {"missing": str(error)}, "call": text}) + "\n")
            continue
        if counter is None:
            seen = outcome(function, args, kwargs, path, options.seconds)
        else:
            with counter, contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
                function(*args, **kwargs)
            seen = {"frames": counter.counts}
        lines.write(json.dumps({"ends": i, "seen": seen, "call": text}) + "\n")
    lines.write(json.dumps({"done": True, "state": state_of(module)}) + "\n")


if __name__ == "__main__":
    main()
