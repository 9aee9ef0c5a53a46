"""Ctrl-C stops a long kernel within 100 ms, and the process goes on."""

import os
import signal
import subprocess
import sys
import time

import numpy_rs as np
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
    "lexsort": ("[np.lexsort((v, k)) for _ in range(9)]",
                "v = np.sin(np.arange(10_000_000.0)); k = (10 * v).astype('i8')"),
    "lexsort text": ("[np.lexsort((v, v)) for _ in range(9)]", "v = np.sin(np.arange(1_000_000.0)).astype('S8')"),
    "sort large": ("[v.sort() or np.copyto(v, u) for _ in range(9)]",
                   "u = np.sin(np.arange(30_000_000.0)); v = u.copy()"),
    # Objects made so far are freed one by one once a call is stopped, 100 ms for about ten million.
    "tolist": ("[len(v.tolist()) for _ in range(99)]", "v = np.zeros(5_000_000)"),
    "list": ("[len(list(v)) for _ in range(99)]", "v = np.zeros(3_000_000)"),
    "list flat": ("[len(list(v.flat)) for _ in range(99)]", "v = np.zeros(3_000_000)"),
    "array of list": ("[np.array(v) for _ in range(40)]", "v = [1.5] * 10_000_000"),
    "array of lists": ("[np.array(v) for _ in range(40)]", "v = [[1, 2]] * 5_000_000"),
    "fromiter": ("np.fromiter(range(10**9), float, count=50_000_000)", ""),
    "astype object": ("[len(v.astype(object)) for _ in range(99)]", "v = np.zeros(1_000_000)"),
    "astype str": ("[v.astype(str) for _ in range(40)]", "v = np.zeros(2_000_000)"),
    "add objects": ("[len(v + v) for _ in range(99)]", "v = np.zeros(1_000_000).astype(object)"),
    "compare texts": ("[v == v for _ in range(99)]", "v = np.full(5_000_000, 'abcdefghijklmnopqrst')"),
    "repeat": ("[np.repeat(v, 20) for _ in range(40)]", "v = np.ones(5_000_000)"),
    "unpackbits": ("[np.unpackbits(v) for _ in range(40)]", "v = np.ones(50_000_000, 'u1')"),
    "tobytes": ("[v.tobytes() for _ in range(40)]", "v = np.ones(50_000_000)"),
    "array2string": ("np.array2string(v, threshold=10**9)", "v = np.ones(5_000_000)"),
    "set by mask": ("[v.__setitem__(m, 2.0) for _ in range(99)]",
                    "v = np.ones(100_000_000); m = np.ones(v.shape, bool)"),
    "arange": ("[np.arange(100_000_000.0) for _ in range(99)]", ""),
    "byteswap": ("[v.byteswap(inplace=True) for _ in range(99)]", "v = np.ones(50_000_000)"),
    "copy": ("[np.copyto(v, u) for _ in range(1000)]", "u = np.zeros((4000, 4000)).T; v = np.zeros((4000, 4000))"),
}


@pytest.mark.parametrize("length", [100, 200_000])
def test_lexsort_of_short_and_long_lanes_agree_with_sorting_tuples(length):
    numbers = [(7919 * i) % 101 for i in range(length)]
    for dtype in ("i8", "i1", ">f4", "c16", "S3"):
        first, second = np.array(numbers).astype(dtype), np.arange(length)[::-1] // 3 % 5
        ranks = np.unique(first, return_inverse=True)[1].tolist()
        expected = sorted(range(length), key=lambda i: (second[i].item(), ranks[i]))
        assert np.lexsort((first, second)).tolist() == expected, dtype


STOPPED_SORT = """
import signal, sys
import numpy_rs as np
def stop(*_):
    raise KeyboardInterrupt
signal.signal(signal.SIGALRM, stop)
for delay in range(4, 200, 12):
    for make in (lambda x: x, lambda x: np.repeat(x, 2)[::2], lambda x: x + 1j):
        v = make(np.arange(6_000_000) * 7919 % 6_000_000.0)
        signal.setitimer(signal.ITIMER_REAL, delay / 1000)
        try:
            v.sort()
            signal.setitimer(signal.ITIMER_REAL, 0)
        except KeyboardInterrupt:
            pass
        assert (np.sort(v.real) == np.arange(6_000_000.0)).all(), delay
print("whole")
"""


def test_a_sort_that_is_stopped_loses_no_items():
    process = subprocess.run([sys.executable, "-c", STOPPED_SORT], capture_output=True, text=True, timeout=120)
    assert process.stdout == "whole\n", process.stderr


@pytest.mark.parametrize("name", KERNELS)
def test_ctrl_c_stops_within_a_tenth_of_a_second(name):
    # A busy machine may hold up a single try; a kernel that does not look at signals is late in each of them.
    waits = []
    while not waits or min(waits) >= 0.1 and len(waits) < 3:
        waits.append(wait_after_ctrl_c(name))
    assert min(waits) < 0.1, f"{name}: {[f'{1000 * w:.0f} ms' for w in waits]}"


def wait_after_ctrl_c(name):
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
    return float(lines[0].split()[1]) - sent
