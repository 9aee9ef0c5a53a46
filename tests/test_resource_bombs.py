"""Requests that no machine can meet answer as NumPy answers, at once."""

import json
import sys

import child
import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs RLIMIT_AS, so that no request can be met")

BOMBS = """
np.zeros(1 << 60, 'u1')
np.zeros(1 << 62, 'f8')
np.zeros(1 << 63, 'u1')
np.zeros(1 << 64)
np.empty((1 << 40, 1 << 40))
np.zeros((1,) * 65)
np.ones((2,) * 64)
np.reshape(np.zeros(1), (1,) * 65)
np.zeros((1 << 20, 1)) + np.zeros((1, 1 << 20))
np.add.outer(np.zeros(1 << 20), np.zeros(1 << 20))
np.meshgrid(*[np.arange(1000)] * 5)
np.eye(10**7)
np.linspace(0, 1, 10**15)
np.arange(10**16)
np.arange(0, 1e300)
np.arange(0, 1, 1e-300)
np.lib.stride_tricks.as_strided(np.zeros(1), (1 << 50,), (0,)).copy()
np.broadcast_to(np.zeros(1), (1 << 30, 1 << 20)).copy()
np.full((1 << 50,), 1.0)
np.concatenate([np.broadcast_to(np.zeros(1), (1 << 50,))] * 2)
np.zeros(-1)
np.zeros((2, -3))
np.zeros(2**31, dtype='V2147483647')
np.dtype('S' + '9' * 12)
np.dtype('(100000,100000,100000)i8')
np.array([0] * 3, dtype='V1000000000000')
np.indices((1 << 20, 1 << 20))
np.diag(np.broadcast_to(np.zeros(1), (1 << 25,)))
np.sort(np.broadcast_to(np.zeros(1), (1 << 50,)))
np.cumsum(np.broadcast_to(np.zeros(1), (1 << 50,)))
np.array(nested(70), dtype=float)
np.array(nested(100_000))
np.empty(1 << 61, dtype='U1')
np.kron(np.zeros(1 << 20), np.zeros(1 << 24))
np.bincount([1 << 40])
np.bincount([1 << 62])
np.bincount([1], minlength=1 << 50)
np.tile(np.zeros(1 << 20), 1 << 30)
np.repeat(np.zeros(1 << 20), 1 << 30)
np.outer(np.zeros(1 << 20), np.zeros(1 << 20))
np.einsum('i,j->ij', np.zeros(1 << 20), np.zeros(1 << 20))
np.frombuffer(b'12345678', count=1 << 60)
np.frombuffer(b'12345678', dtype='V0')
np.fromiter(iter([1.0]), float, count=1 << 60)
np.pad(np.zeros(3), 1 << 50)
np.pad(np.zeros((3, 3)), 1 << 40)
np.tri(1 << 40)
np.broadcast_to(np.zeros(1), (1 << 62, 1 << 62))
np.broadcast_to(np.zeros(1), (1 << 63,))
np.random.random(1 << 60)
np.random.random(1 << 45)
np.random.randint(0, 9, 1 << 45)
np.random.rand(1 << 30, 1 << 30)
np.vander(np.zeros(1 << 20), 1 << 30)
np.ones((1 << 20, 1)) @ np.ones((1, 1 << 20))
np.zeros((1 << 31, 1 << 31, 0))
np.identity(1 << 25)
np.argsort(np.broadcast_to(np.zeros(1), (1 << 50,)))
np.unique(np.broadcast_to(np.zeros(1), (1 << 50,)))
np.where(np.broadcast_to(np.zeros(1, bool), (1 << 50,)), 1, 2)
np.take(np.zeros(3), np.broadcast_to(np.zeros(1, int), (1 << 50,)))
np.zeros(3)[np.broadcast_to(np.zeros(1, int), (1 << 50,))]
np.roll(np.broadcast_to(np.zeros(1), (1 << 50,)), 1)
np.diff(np.broadcast_to(np.zeros(1), (1 << 50,)))
np.stack([np.broadcast_to(np.zeros(1), (1 << 50,))] * 2)
np.broadcast_to(np.zeros(1), (1 << 50,)).tobytes()
np.logspace(0, 1, 10**15)
np.geomspace(1, 2, 10**15)
np.diagflat(np.zeros(1 << 25))
np.format_float_positional(1.0, pad_left=2**31 - 1)
""".strip().splitlines()

#: Here the error is NumPy's, and its message tells of another array than NumPy meets first.
OTHER_WORDS = """
np.unpackbits(np.broadcast_to(np.zeros(1, 'u1'), (1 << 45,)))
np.packbits(np.broadcast_to(np.zeros(1, 'u1'), (1 << 60,)))
np.resize(np.zeros(3), 1 << 50)
np.random.permutation(1 << 45)
np.random.choice(1 << 45, replace=False)
np.convolve(np.broadcast_to(np.zeros(1), (1 << 50,)), [1, 2])
""".strip().splitlines()
BOMBS += OTHER_WORDS

PROGRAM = """
import importlib, json, resource, sys, time, warnings
resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))
warnings.simplefilter("ignore")
np = importlib.import_module(sys.argv[1])
importlib.import_module(sys.argv[1] + ".lib.stride_tricks")
def nested(depth):
    value = 1.0
    for _ in range(depth):
        value = [value]
    return value
for bomb in json.loads(sys.argv[2]):
    # The processor's time: a busy machine is not the call's fault.
    started = time.process_time()
    try:
        result = eval(bomb)
        answer = ["returned", type(result).__name__]
    except Exception as error:
        answer = [type(error).__name__, str(error)]
    print(json.dumps([*answer, time.process_time() - started]), flush=True)
"""


@pytest.fixture(scope="module")
def answers(real):
    found = {}
    for module in ("numpy", "numpy_rs"):
        done = child.run(PROGRAM, module, json.dumps(BOMBS), check=False, timeout=300)
        found[module] = [json.loads(line) for line in done.stdout.splitlines()]
        assert done.returncode == 0, f"{module} ended in {BOMBS[len(found[module])]}: {done.stderr[-1000:]}"
    return found


@pytest.mark.parametrize("number", range(len(BOMBS)), ids=[bomb[:60] for bomb in BOMBS])
def test_a_bomb_answers_as_numpy_does_and_at_once(answers, number):
    theirs, ours = answers["numpy"][number], answers["numpy_rs"][number]
    assert ours[0] == theirs[0], (ours, theirs)
    assert ours[1] == theirs[1] or BOMBS[number] in OTHER_WORDS
    assert ours[2] < 0.1
