"""The signs and the order of eigenvectors and singular vectors are those of NumPy's LAPACK.

Rounding may decide otherwise where a sign hangs on a number that is nearly zero, so a few matrices in a thousand may
differ; vectors of values that nearly meet are not compared.
"""

import numpy
import numpy_rs
import pytest


def matrices(rng, count, m, n, is_complex):
    a = rng.standard_normal((count, m, n))
    return a + 1j * rng.standard_normal((count, m, n)) if is_complex else a


def adjoint(a):
    return a.conj().swapaxes(1, 2)


def apart(values):
    """Which values, in order, lie away from their neighbours and from zero."""
    gaps = numpy.abs(numpy.diff(values, axis=1))
    edge = numpy.full((len(values), 1), numpy.inf)
    least = numpy.minimum(numpy.hstack([edge, gaps]), numpy.hstack([gaps, edge]))
    return numpy.minimum(least, numpy.abs(values)) > 1e-7 * numpy.abs(values).max(axis=1, keepdims=True)


def agreement(ours, theirs, compared):
    """The share of matrices all of whose compared columns point the same way."""
    along = numpy.einsum("cij,cij->cj", theirs.conj(), ours)
    return ((numpy.abs(along - 1) < 1e-6) | ~compared).all(axis=1).mean()


@pytest.mark.parametrize("n, count", [(1, 20), (2, 500), (3, 500), (5, 300), (10, 200), (25, 100), (26, 100), (51, 40),
                                      (100, 20), (130, 10)])
@pytest.mark.parametrize("is_complex", [False, True], ids=["real", "complex"])
def test_eigenvectors(n, count, is_complex):
    rng = numpy.random.default_rng(n)
    a = matrices(rng, count, n, n, is_complex)
    for h in (a + adjoint(a), a @ adjoint(a)):
        for triangle in "LU":
            values, vectors = numpy.linalg.eigh(h, triangle)
            ours = [numpy.asarray(x) for x in numpy_rs.linalg.eigh(numpy_rs.asarray(h), triangle)]
            assert agreement(ours[1], vectors, apart(values)) >= 0.9
            assert numpy.abs(ours[0] - values).max() < 1e-13 * n * numpy.abs(values).max()


SHAPES = [(1, 1), (2, 2), (3, 3), (5, 5), (10, 10), (25, 25), (3, 2), (2, 3), (7, 3), (3, 7), (9, 5), (5, 9), (20, 12),
          (12, 20), (60, 25), (25, 60), (100, 3), (4, 1), (1, 4), (26, 26), (52, 52), (100, 100), (130, 140), (70, 40),
          (40, 70), (30, 90)]


@pytest.mark.parametrize("m, n", SHAPES, ids=lambda x: str(x))
@pytest.mark.parametrize("is_complex", [False, True], ids=["real", "complex"])
def test_singular_vectors(m, n, is_complex):
    rng = numpy.random.default_rng(100 * m + n)
    count = 200 if min(m, n) <= 25 else 20
    a = matrices(rng, count, m, n, is_complex)
    for full in (False, True):
        u, s, vh = numpy.linalg.svd(a, full_matrices=full)
        ours = [numpy.asarray(x) for x in numpy_rs.linalg.svd(numpy_rs.asarray(a), full_matrices=full)]
        compared, k = apart(s), min(m, n)
        assert agreement(ours[0][:, :, :k], u[:, :, :k], compared) >= 0.9
        assert agreement(adjoint(ours[2])[:, :, :k], adjoint(vh)[:, :, :k], compared) >= 0.9
        assert numpy.abs(ours[1] - s).max() < 1e-14 * max(m, n) * s.max()


@pytest.mark.parametrize("dtype", ["f4", "c8"])
def test_single_precision(dtype):
    rng = numpy.random.default_rng(5)
    a = matrices(rng, 100, 6, 6, dtype == "c8").astype(dtype)
    h = a + adjoint(a)
    values, vectors = numpy.linalg.eigh(h)
    ours = numpy_rs.linalg.eigh(numpy_rs.asarray(h))
    assert str(ours[1].dtype) == str(vectors.dtype)
    assert agreement(numpy.asarray(ours[1]), vectors, apart(values) & (numpy.abs(values) > 1e-3)) >= 0.95
    u, s, _ = numpy.linalg.svd(a)
    assert agreement(numpy.asarray(numpy_rs.linalg.svd(numpy_rs.asarray(a))[0]), u, apart(s)) >= 0.95


@pytest.mark.parametrize("scale", [1e-300, 1e-160, 1e150, 1e300])
def test_ends_of_the_range(scale):
    rng = numpy.random.default_rng(6)
    for n in (4, 40):
        a = rng.standard_normal((n, n)) * scale
        h = a / 2 + a.T / 2
        values, vectors = (numpy.asarray(x) for x in numpy_rs.linalg.eigh(numpy_rs.asarray(h)))
        expected = numpy.linalg.eigh(h)
        assert numpy.abs(values - expected[0]).max() <= 1e-13 * numpy.abs(expected[0]).max()
        assert numpy.abs(vectors - expected[1]).max() < 1e-10
        u, s, vh = (numpy.asarray(x) for x in numpy_rs.linalg.svd(numpy_rs.asarray(a)))
        assert numpy.abs(s - numpy.linalg.svd(a)[1]).max() <= 1e-13 * s.max()
        assert numpy.abs((u * (s / scale)) @ vh - a / scale).max() < 1e-12


@pytest.mark.parametrize("n", [3, 25, 40, 140])
def test_repeated_values(n):
    beside = numpy.diag(numpy.ones(n - 1), 1)
    for h in (numpy.eye(n), numpy.zeros((n, n)), numpy.ones((n, n)), numpy.diag(numpy.arange(n) % 3.0),
              numpy.kron(numpy.eye(n), numpy.ones((2, 2))), beside + beside.T):
        values, vectors = (numpy.asarray(x) for x in numpy_rs.linalg.eigh(numpy_rs.asarray(h)))
        assert (numpy.diff(values) >= 0).all()
        assert numpy.abs(h @ vectors - vectors * values).max() < 1e-13 * n
        assert numpy.abs(vectors.T @ vectors - numpy.eye(len(h))).max() < 1e-13
        u, s, vh = (numpy.asarray(x) for x in numpy_rs.linalg.svd(numpy_rs.asarray(h)))
        assert (numpy.diff(s) <= 0).all() and (s >= 0).all()
        assert numpy.abs((u * s) @ vh - h).max() < 1e-13 * n
        assert numpy.abs(u.T @ u - numpy.eye(len(h))).max() < 1e-13
