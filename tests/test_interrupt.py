"""Ctrl-C stops a long kernel within 100 ms, and the process goes on."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")

PROGRAM = """
import signal, sys, time
import numpy_rs as np
# A shell ignores the signal in what it runs in the background, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
call, setup = sys.argv[1:]
row = np.arange(100_000, dtype=float)
exec(setup)
code = compile(call, "<call>", "eval")
print("ready", flush=True)
started = time.monotonic()
try:
    eval(code)
    print("finished", time.monotonic() - started)
except KeyboardInterrupt:
    print("stopped", time.monotonic())
assert float(np.add(row[:4], 1).sum()) == 10.0
print("alive")
"""

#: Each takes seconds when left alone; broadcast operands keep the memory small.
KERNELS = {
    "sort": ("[v.sort() or np.copyto(v, u) for _ in range(200)]",
             "u = np.arange(5_000_000) * 7919 % 1000003; v = u.copy()"),
    "argsort": ("[np.argsort(v) for _ in range(40)]", "v = np.sin(np.arange(10_000_000.0))"),
    "sort complex": ("[np.sort(v) for _ in range(20)]", "v = np.sin(np.arange(4_000_000.0)) * (1 + 1j)"),
    "partition": ("[np.partition(v, 100) for _ in range(200)]", "v = np.sin(np.arange(10_000_000.0))"),
    "searchsorted": ("[np.searchsorted(v, v[::-1]) for _ in range(40)]", "v = np.arange(10_000_000.0)"),
    "matmul int64": ("[a @ a for _ in range(20)]", "a = np.ones((1500, 1500), dtype='i8')"),
    "matmul float16": ("[a @ a for _ in range(20)]", "a = np.ones((1000, 1000), dtype='f2')"),
    "matmul float64": ("[a @ a for _ in range(200)]", "a = np.ones((3000, 3000))"),
    "matmul complex128": ("[a @ a for _ in range(100)]", "a = np.ones((2000, 2000), dtype='c16')"),
    "matmul short": ("[a @ b for _ in range(200)]", "a = np.ones((100, 8000)); b = np.ones((8000, 8000))"),
    "sum": ("np.sum(np.broadcast_to(row, (200_000, 100_000)))", ""),
    "sum axis 0": ("np.sum(np.broadcast_to(row, (200_000, 100_000)), axis=0)", ""),
    "max": ("np.max(np.broadcast_to(row, (200_000, 100_000)))", ""),
    "any": ("np.any(np.broadcast_to(np.zeros(100_000, bool), (500_000, 100_000)))", ""),
    "count_nonzero": ("np.count_nonzero(np.broadcast_to(row, (200_000, 100_000)))", ""),
    "power float16": ("[np.power(h, h) for _ in range(30)]", "h = np.ones(20_000_000, dtype='f2')"),
    "sin in place": ("[np.sin(v, out=v) for _ in range(60)]", "v = np.ones(20_000_000)"),
    "add.at": ("[np.add.at(v, k, 1.0) for _ in range(8)]",
               "v = np.zeros(1000); k = np.arange(20_000_000) % 1000"),
    "take": ("[np.take(row, k) for _ in range(60)]", "k = np.arange(20_000_000) % 1000"),
    "accumulate": ("[np.cumsum(v, out=v) for _ in range(200)]", "v = np.zeros(20_000_000)"),
    "copy": ("[np.copyto(v, u) for _ in range(1000)]", "u = np.zeros((4000, 4000)).T; v = np.zeros((4000, 4000))"),
}


@pytest.mark.parametrize("name", KERNELS)
def test_ctrl_c_stops_within_a_tenth_of_a_second(name):
    call, setup = KERNELS[name]
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, call, setup], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
        time.sleep(0.3)
        sent = time.monotonic()
        os.kill(process.pid, signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    lines = output.splitlines()
    assert lines and lines[-1] == "alive", (output, errors)
    assert lines[0].startswith("stopped"), f"{name} was not stopped: {lines}"
    waited = float(lines[0].split()[1]) - sent
    assert waited < 0.1, f"{name}: {1000 * waited:.0f} ms"
