"""Decompositions: what must hold of the factors, for random and hard matrices, with stored seeds."""

import numpy_rs as np
import pytest

EPS = 2.220446049250313e-16
SIZES = [1, 2, 3, 5, 12, 13, 16, 17, 24, 25, 40, 70]
KINDS = ["d", "D"]


def drawn(seed, shape, kind):
    source = np.random.default_rng(seed)
    a = source.standard_normal(shape)
    return a + 1j * source.standard_normal(shape) if kind == "D" else a


def hard(seed, n, kind, condition):
    """A matrix with singular values from 1 down to 1 / condition."""
    q, _ = np.linalg.qr(drawn(seed, (n, n), kind))
    p, _ = np.linalg.qr(drawn(seed + 1, (n, n), kind))
    return (q * np.logspace(0, -np.log10(condition), n)) @ p


def adjoint(a):
    return np.conjugate(np.swapaxes(a, -1, -2))


def small(rest, a, n):
    scale = np.abs(a).max() if a.size else 0
    assert np.abs(rest).max(initial=0) <= 30 * n * EPS * max(scale, 1e-300)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", SIZES)
def test_factors_are_orthogonal_and_give_the_matrix_back(n, kind):
    for m in {n, n + 3, max(n - 2, 1), 2 * n}:
        a = drawn(m * 100 + n, (2, m, n), kind)
        for mode in ("reduced", "complete"):
            q, r = np.linalg.qr(a, mode)
            small(q @ r - a, a, max(m, n))
            small(adjoint(q) @ q - np.eye(q.shape[-1]), q, m)
            assert (np.tril(r, -1) == 0).all()
            assert (np.diagonal(r, axis1=-2, axis2=-1).imag == 0).all()
        for full in (False, True):
            u, s, vh = np.linalg.svd(a, full_matrices=full)
            k = min(m, n)
            small((u[..., :k] * s[..., None, :]) @ vh[..., :k, :] - a, a, max(m, n))
            small(adjoint(u) @ u - np.eye(u.shape[-1]), u, m)
            small(vh @ adjoint(vh) - np.eye(vh.shape[-2]), vh, n)
            assert (np.diff(s) <= 0).all() and (s >= 0).all()
        assert np.allclose(np.linalg.svdvals(a), s, rtol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", SIZES)
def test_eigenvectors_belong_to_their_values(n, kind):
    a = drawn(n, (3, n, n), kind)
    values, vectors = np.linalg.eig(a)
    small(a @ vectors - vectors * values[..., None, :], a, 10 * n)
    assert np.allclose(np.linalg.norm(vectors, axis=-2), 1, rtol=1e-14)
    symmetric = a + adjoint(a)
    for triangle, given in (("L", np.tril(symmetric)), ("U", np.triu(symmetric))):
        values, vectors = np.linalg.eigh(given, triangle)
        small(symmetric @ vectors - vectors * values[..., None, :], symmetric, 3 * n)
        small(adjoint(vectors) @ vectors - np.eye(n), vectors, n)
        assert (np.diff(values) >= 0).all()
        assert np.allclose(np.linalg.eigvalsh(given, triangle), values, atol=30 * n * EPS * np.abs(values).max())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("condition", [1.0, 1e4, 1e9, 1e14])
@pytest.mark.parametrize("n", [2, 5, 12, 13, 40])
def test_systems_have_small_residuals(n, condition, kind):
    a = hard(n, n, kind, condition)
    b = drawn(n + 7, (n, 3), kind)
    x = np.linalg.solve(a, b)
    rest = np.abs(a @ x - b).max()
    assert rest <= 30 * n * EPS * (np.abs(a).max() * np.abs(x).max() * n + np.abs(b).max())
    inverse = np.linalg.inv(a)
    rest = np.abs(a @ inverse - np.eye(n)).max()
    assert rest <= 30 * n * n * EPS * np.abs(a).max() * np.abs(inverse).max()
    positive = a @ adjoint(a) + np.eye(n)
    for upper in (False, True):
        factor = np.linalg.cholesky(positive, upper=upper)
        product = adjoint(factor) @ factor if upper else factor @ adjoint(factor)
        small(product - positive, positive, n)


def test_stacks_are_broadcast_and_rounded_to_single_precision():
    a = drawn(1, (4, 1, 3, 3), "d")
    b = drawn(2, (5, 3, 2), "d")
    x = np.linalg.solve(a, b)
    assert x.shape == (4, 5, 3, 2)
    for i in range(4):
        for j in range(5):
            assert (x[i, j] == np.linalg.solve(a[i, 0], b[j])).all()
    single = np.linalg.inv(a.astype("f"))
    assert single.dtype == "f"
    assert (single == np.linalg.inv(a.astype("f").astype("d")).astype("f")).all()


@pytest.mark.parametrize("n", [0, 1, 5, 30])
def test_determinants(n):
    a = np.triu(drawn(n, (n, n), "d"))
    expected = 1.0
    for d in np.diagonal(a):
        expected *= d
    assert np.linalg.det(a) == pytest.approx(expected, rel=1e-12)
    sign, log = np.linalg.slogdet(a * 1e150)
    assert sign == np.sign(expected)
    assert log == pytest.approx(np.log(abs(expected)) + n * np.log(1e150), rel=1e-12)


def test_errors_are_named():
    error = np.linalg.LinAlgError
    singular = np.ones((2, 2))
    cases = [
        (lambda: np.linalg.inv(singular), "Singular matrix"),
        (lambda: np.linalg.solve(np.array([np.eye(2), singular]), np.ones((2, 2))), "Singular matrix"),
        (lambda: np.linalg.cholesky(-np.eye(2)), "Matrix is not positive definite"),
        (lambda: np.linalg.eig(np.full((2, 2), np.nan)), "Array must not contain infs or NaNs"),
        (lambda: np.linalg.svd(np.full((2, 2), np.inf)), "SVD did not converge"),
        (lambda: np.linalg.inv(np.ones(3)), "1-dimensional array given. Array must be at least two-dimensional"),
        (lambda: np.linalg.det(np.ones((2, 3))), "Last 2 dimensions of the array must be square"),
    ]
    for call, message in cases:
        with pytest.raises(error) as raised:
            call()
        assert str(raised.value) == message
    with pytest.raises(TypeError, match="array type float16 is unsupported in linalg"):
        np.linalg.inv(np.eye(2, dtype="e"))


def test_least_squares_meets_the_normal_equations():
    a, b = drawn(3, (20, 4), "d"), drawn(4, (20, 2), "d")
    x, residuals, rank, s = np.linalg.lstsq(a, b)
    small(a.T @ (a @ x - b), a, 100)
    assert rank == 4 and s.shape == (4,)
    assert np.allclose(residuals, ((a @ x - b) ** 2).sum(axis=0))
    # Of all solutions the shortest.
    x, residuals, rank, _ = np.linalg.lstsq(np.ones((2, 3)), np.array([3.0, 3.0]))
    assert rank == 1 and residuals.shape == (0,)
    assert np.allclose(x, 1)


@pytest.mark.parametrize(
    ("rcond", "rank"),
    [(-1, 3), (0, 3), (-0.0, 3), (1, 3), (1.5, 3), (np.inf, 3), (np.nan, 4), (0.999, 1), (2e-16, 3), (4e-16, 2)],
)
def test_least_squares_take_odd_limits_as_lapack(rcond, rank):
    found = np.linalg.lstsq(np.diag([1, 1e-16, 3e-16, 1e-15]), np.ones(4), rcond=rcond)
    assert found[2] == rank


@pytest.mark.parametrize("n", [1, 3, 4, 5, 30])
def test_no_right_sides_give_no_solutions(n):
    assert np.linalg.solve(np.eye(n), np.ones((n, 0))).shape == (n, 0)
    assert np.linalg.solve(np.ones((2, 0, n, n)), np.ones((n, 1))).shape == (2, 0, n, 1)
    with pytest.raises(np.linalg.LinAlgError):
        np.linalg.solve(np.zeros((n, n)), np.ones((n, 0)))
