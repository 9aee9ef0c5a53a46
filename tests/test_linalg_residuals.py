"""Residuals and orthogonality of twenty thousand random and hard matrices, beside NumPy's.

Singular values are given: from all alike to a condition of 1e14, spread evenly, in one cluster or with one far from
the rest. A residual counts relative to the norms of what went in, so that all are bounded by a small multiple of the
rounding unit whatever the condition: at most 30 n eps for every matrix, and the worst of a group at most three times
NumPy's worst, or three times n eps where NumPy's are below that.
"""

import numpy
import numpy_rs
import pytest

EPS = numpy.finfo(float).eps
#: (rows, matrices, seed) of each group; twenty thousand in all.
GROUPS = [(2, 3000, 11), (3, 3000, 12), (4, 5000, 13), (7, 3000, 14), (13, 3000, 15), (25, 2000, 16), (40, 800, 17),
          (70, 150, 18), (130, 50, 19)]


def orthogonal(rng, count, n, is_complex):
    a = rng.standard_normal((count, n, n))
    if is_complex:
        a = a + 1j * rng.standard_normal((count, n, n))
    return numpy.linalg.qr(a)[0]


def singular_values(rng, count, n):
    """Rows of singular values with the largest 1 and the least down to 1e-14."""
    least = 10.0 ** -rng.uniform(0, 14, (count, 1))
    place = numpy.sort(rng.uniform(0, 1, (count, n)))
    place[:, 0], place[:, -1] = 0, 1
    spread = least**place
    shape = rng.integers(0, 3, count)[:, None]
    values = numpy.where(shape == 0, spread, numpy.where(place < 1, 1.0, least))
    return numpy.where(shape == 2, numpy.where(place > 0, least, 1.0), values)


def group(n, count, seed):
    """Matrices of a group, a third of them complex; with symmetric and positive ones of the same values."""
    rng = numpy.random.default_rng(seed)
    for is_complex, part in ((False, count - count // 3), (True, count // 3)):
        s = singular_values(rng, part, n)
        u, v = orthogonal(rng, part, n, is_complex), orthogonal(rng, part, n, is_complex)
        uh = u.conj().swapaxes(1, 2)
        signs = rng.choice([-1.0, 1.0], (part, n))
        # Up to 1e-12, so that rounding leaves them positive.
        positive = numpy.maximum(s, 1e-12)
        a, h, p = (u * s[:, None]) @ v, (u * (s * signs)[:, None]) @ uh, (u * positive[:, None]) @ uh
        yield a, (h + h.conj().swapaxes(1, 2)) / 2, (p + p.conj().swapaxes(1, 2)) / 2, rng.standard_normal((part, n, 2))


def norm(x):
    return numpy.linalg.norm(x, axis=(1, 2))


def adjoint(x):
    return x.conj().swapaxes(1, 2)


def straight(x):
    return norm(adjoint(x) @ x - numpy.eye(x.shape[2]))


def residuals(np, a, h, p, b):
    """By name: residuals of the decompositions of one package, each relative."""
    def call(function, *arguments):
        answer = function(*(np.asarray(x) for x in arguments))
        return tuple(map(numpy.asarray, answer)) if isinstance(answer, tuple) else numpy.asarray(answer)

    linalg, found = np.linalg, {}
    x = call(linalg.solve, a, b)
    found["solve"] = norm(a @ x - b) / (norm(a) * norm(x) + norm(b))
    x = call(linalg.inv, a)
    found["inv"] = norm(a @ x - numpy.eye(a.shape[1])) / (norm(a) * norm(x))
    low = call(linalg.cholesky, p)
    found["cholesky"] = norm(low @ adjoint(low) - p) / norm(p)
    q, r = call(linalg.qr, a)
    found["qr"], found["q"] = norm(q @ r - a) / norm(a), straight(q)
    u, s, vh = call(linalg.svd, a)
    found["svd"] = norm((u * s[:, None]) @ vh - a) / norm(a)
    found["u"], found["v"] = straight(u), straight(adjoint(vh))
    found["singular values"] = numpy.abs(call(linalg.svdvals, a) - s).max(1) / s[:, 0]
    w, v = call(linalg.eigh, h)
    found["eigh"], found["eigenvectors"] = norm(h @ v - v * w[:, None]) / norm(h), straight(v)
    w, v = call(linalg.eig, a)
    found["eig"] = norm(a @ v - v * w[:, None]) / (norm(a) * norm(v))
    return found


def test_there_are_twenty_thousand():
    assert sum(count for _, count, _ in GROUPS) == 20_000


@pytest.mark.parametrize("n, count, seed", GROUPS, ids=lambda x: str(x))
def test_residuals(n, count, seed):
    for a, h, p, b in group(n, count, seed):
        ours, theirs = residuals(numpy_rs, a, h, p, b), residuals(numpy, a, h, p, b)
        for name, found in ours.items():
            assert numpy.isfinite(found).all(), name
            worst = found.max() / (n * EPS)
            assert worst <= 30, f"{name}: {worst:.1f} n eps"
            bound = 3 * max(theirs[name].max(), n * EPS)
            assert found.max() <= bound, f"{name}: {worst:.2f} n eps, NumPy's {theirs[name].max() / (n * EPS):.2f}"
