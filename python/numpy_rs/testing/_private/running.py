"""Running things in tests: subprocesses, threads, temporary files, doctests."""

import concurrent.futures
import contextlib
import functools
import os
import shutil
import sys
import tempfile
import threading


@contextlib.contextmanager
def tempdir(*args, **kwargs):
    """A temporary folder that goes away at the end."""
    path = tempfile.mkdtemp(*args, **kwargs)
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextlib.contextmanager
def temppath(*args, **kwargs):
    """The path of a temporary file, closed so that it can be opened again anywhere."""
    handle, path = tempfile.mkstemp(*args, **kwargs)
    os.close(handle)
    try:
        yield path
    finally:
        os.remove(path)


def run_subprocess(cmd, cwd=None, **kwargs):
    """Runs a command; a failure fails the test and shows the output."""
    import subprocess

    import pytest
    done = subprocess.run(
        cmd, cwd=cwd, capture_output=True, text=True, errors="replace", **kwargs)
    if done.returncode != 0:
        shown = cmd if isinstance(cmd, str) else " ".join(map(str, cmd))
        where = f" in {cwd}" if cwd is not None else ""
        pytest.fail(
            f"`{shown}` failed (exit {done.returncode}){where}\n"
            f"--- stdout ---\n{done.stdout}\n--- stderr ---\n{done.stderr}", pytrace=False)
    return done


def run_threaded(func, max_workers=8, pass_count=False, pass_barrier=False,
                 outer_iterations=1, prepare_args=None):
    """Calls a function from several threads at once."""
    for _ in range(outer_iterations):
        args = [] if prepare_args is None else list(prepare_args())
        if pass_barrier:
            args.append(threading.Barrier(max_workers))
        with concurrent.futures.ThreadPoolExecutor(max_workers=max_workers) as pool:
            futures = []
            try:
                for i in range(max_workers):
                    lead = [i] if pass_count else []
                    futures.append(pool.submit(func, *lead, *args))
            finally:
                if pass_barrier and len(futures) < max_workers:
                    args[-1].abort()
            for future in futures:
                future.result()


def _no_tracing(function):
    """Turns tracing off during a test that counts references."""
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        trace = sys.gettrace()
        try:
            sys.settrace(None)
            return function(*args, **kwargs)
        finally:
            sys.settrace(trace)
    return wrapper


def runstring(astr, dict):
    """Executes source text in a namespace."""
    exec(astr, dict)


def rundocs(filename=None, raise_on_error=True):
    """Runs the doctests of a file; that of the caller by default."""
    import doctest
    import importlib.util
    if filename is None:
        filename = sys._getframe(1).f_globals["__file__"]
    name = os.path.splitext(os.path.basename(filename))[0]
    spec = importlib.util.spec_from_file_location(name, filename)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    messages = []
    runner = doctest.DocTestRunner(verbose=False)
    for test in doctest.DocTestFinder().find(module):
        runner.run(test, out=messages.append if raise_on_error else None)
    if runner.failures > 0 and raise_on_error:
        raise AssertionError("Some doctests failed:\n" + "\n".join(messages))


def measure(code_str, times=1, label=None):
    """Seconds that a piece of code takes, executed in the caller's namespace."""
    from .environment import jiffies
    frame = sys._getframe(1)
    code = compile(code_str, f"Test name: {label} ", "exec")
    start = jiffies()
    for _ in range(times):
        exec(code, frame.f_globals, frame.f_locals)
    return 0.01 * (jiffies() - start)


def decorate_methods(cls, decorator, testmatch=None):
    """Applies a decorator to the methods of a class whose name matches."""
    import re
    from inspect import isfunction
    pattern = re.compile(testmatch or rf"(?:^|[\\b_\\.{os.sep}-])[Tt]est")
    for name, method in list(vars(cls).items()):
        if isfunction(method) and pattern.search(name) and not name.startswith("_"):
            setattr(cls, name, decorator(method))
