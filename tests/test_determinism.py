"""The same bits for any number of threads."""

import child
import pytest

PROGRAM = """
import hashlib
import numpy_rs as np
n = 3_000_001
i = np.arange(n)
a = ((i * 7919 % 100003) / 317.0 - 150.0)
f = a.astype('f4')
h = f[:200_001].astype('f2')
c = a[:1_000_000] + 1j * a[1_000_000:2_000_000]
x = a[:3_000_000].reshape(1500, 2000)
m = i % 3 == 0
calls = '''
np.sum(a)
np.sum(f)
np.sum(h)
np.sum(c)
np.sum(x, axis=0)
np.sum(x, axis=1)
np.sum(x.T, axis=0)
np.sum(a[::3])
np.sum(a[::-1])
np.prod(1 + a * 1e-6)
np.mean(f)
np.var(a)
np.std(f)
np.mean(x, axis=0)
np.cumsum(a)
np.cumsum(x, axis=0)
np.max(a)
np.argmin(a)
np.add.reduceat(a, [0, 1000, 700_000, 2_000_000])
np.sum(a, where=m)
np.sum(f, dtype=float)
np.dot(a, a)
np.dot(f, f)
x @ x[:700].T
x[:300].astype('f4') @ x[:300].astype('f4').T
c[:200_000].reshape(500, 400) @ c[200_000:400_000].reshape(500, 400).T
c[:30_000].reshape(150, 200).astype('c8') @ c[:30_000].reshape(200, 150).astype('c8')
x[:130, :1000].T @ x[:130, 1000:1131]
x[:500] @ x[:500].T
np.einsum('ij,ij->j', x, x)
np.sin(a)
np.exp(f / 100)
np.power(np.abs(a), 1.3)
np.sort(a)
np.argsort(f, kind='stable')
np.sort(x, axis=0)
a * a + a
a[m]
np.where(m, a, 0)
np.take(a, i[::-1])
np.bincount(i % 1000, weights=a)
np.linspace(0, 1, 1_000_003)
a.astype('i4')
np.hypot(a, 3.0)
np.matmul(x[:64, :64], x[64:128, :64])
np.add.accumulate(f)
np.logaddexp.reduce(a[:200_000] / 100)
np.nonzero(m)[0]
np.unique(i % 1009)
np.linalg.eigh(x[:300, :300] + x[:300, :300].T)[1]
np.linalg.svd(x[:300, :200])[0]
np.linalg.svd(x[:300, :200])[2]
'''.strip().splitlines()
for call in calls:
    try:
        result = np.asarray(eval(call))
    except (NotImplementedError, AttributeError):  # not there yet; the number of calls is checked below
        continue
    print(hashlib.sha256(result.tobytes()).hexdigest()[:24], result.dtype, call)
"""

COUNTS = (1, 2, 3, 7, 16)


@pytest.fixture(scope="module")
def hashes():
    return {n: child.run(PROGRAM, env={"NUMPY_RS_NUM_THREADS": str(n)}, timeout=120).splitlines() for n in COUNTS}


@pytest.mark.parametrize("n", COUNTS[1:])
def test_results_do_not_depend_on_the_number_of_threads(hashes, n):
    assert hashes[n] == hashes[1]


def test_most_calls_were_there(hashes):
    assert len(hashes[1]) >= 35


@pytest.mark.parametrize("variables, wanted", [
    ({"NUMPY_RS_NUM_THREADS": "3"}, "3"),
    ({"OMP_NUM_THREADS": "5"}, "5"),
    ({"NUMPY_RS_NUM_THREADS": "2", "OMP_NUM_THREADS": "5"}, "2"),
    ({"OMP_NUM_THREADS": "4,2"}, "4"),
])
def test_the_environment_sets_the_number(variables, wanted):
    cleared = {"NUMPY_RS_NUM_THREADS": "", "OMP_NUM_THREADS": ""}
    program = "import numpy_rs._native as native; print(native._num_threads())"
    assert child.run(program, env={**cleared, **variables}).strip() == wanted


def test_the_affinity_of_the_process_is_honoured():
    program = """
    import os, sys
    if not hasattr(os, "sched_setaffinity"):
        print(1); sys.exit()
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
    import numpy_rs._native as native
    print(native._num_threads())
    """
    assert child.run(program, env={"NUMPY_RS_NUM_THREADS": "", "OMP_NUM_THREADS": ""}).strip() == "1"


def test_sums_have_numpys_bits(real):
    import numpy_rs as nr

    i = real.arange(1_234_567)
    for dtype in ("f8", "f4", "f2"):
        theirs = ((i * 7919 % 1009) / 31.0 - 15.0).astype(dtype)
        ours = nr.frombuffer(theirs.tobytes(), dtype=dtype)
        for view in (lambda a: a, lambda a: a[::3], lambda a: a[:1_200_000].reshape(1000, 1200).T):
            assert nr.sum(view(ours)).tobytes() == real.sum(view(theirs)).tobytes()
            for axis in (0, -1):
                assert nr.sum(view(ours), axis=axis).tobytes() == real.sum(view(theirs), axis=axis).tobytes()
