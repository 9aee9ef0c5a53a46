"""A hundred thousand numbers of every law and dtype beside NumPy's, bit for bit, and where the stream stands after."""

import numpy
import numpy_rs
import pytest

N = 100_000
BITS = ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"]

#: Laws of both classes, by their arguments.
LAWS = {
    "beta": [(2.0, 3.0), (0.3, 0.6)], "binomial": [(20, 0.3), (1000, 0.4), (90, 0.8), (10**10, 1e-9)],
    "chisquare": [(3.0,)], "exponential": [(2.0,)], "f": [(3.0, 5.0)], "gamma": [(2.5, 2.0), (0.5, 1.0)],
    "geometric": [(0.2,), (0.5,)], "gumbel": [(0.0, 1.0)],
    "hypergeometric": [(50, 60, 30), (5, 7, 4), (3000, 2000, 1500)], "laplace": [(0.0, 1.0)],
    "logistic": [(0.0, 1.0)], "lognormal": [(0.0, 1.0)], "logseries": [(0.6,)], "negative_binomial": [(5, 0.4)],
    "noncentral_chisquare": [(3.0, 1.0), (0.5, 2.0)], "noncentral_f": [(2.0, 3.0, 1.0)], "normal": [(1.0, 2.0)],
    "pareto": [(2.0,)], "poisson": [(3.0,), (0.1,), (100.0,), (1e7,)], "power": [(2.0,)], "rayleigh": [(2.0,)],
    "standard_cauchy": [()], "standard_exponential": [()], "standard_gamma": [(2.5,), (1.0,)], "standard_normal": [()],
    "standard_t": [(4.0,)], "triangular": [(-1.0, 0.0, 2.0)], "uniform": [(-1.0, 3.0)],
    "vonmises": [(0.0, 2.0), (0.0, 1e-6)], "wald": [(1.0, 2.0)], "weibull": [(1.5,)], "zipf": [(2.5,)],
}
CASES = [(name, arguments) for name, all_arguments in LAWS.items() for arguments in all_arguments]

#: Calls of Generator beyond them.
CALLS = {
    "random": "random(N)",
    "random f": "random(N, dtype='f')",
    "normal f": "standard_normal(N, dtype='f')",
    "exponential f": "standard_exponential(N, dtype='f')",
    "exponential inv": "standard_exponential(N, method='inv')",
    "exponential inv f": "standard_exponential(N, dtype='f', method='inv')",
    "gamma f": "standard_gamma(2.5, N, dtype='f')",
    "gamma half f": "standard_gamma(0.5, N, dtype='f')",
    **{f"integers {d}": f"integers(3, 101, N, dtype='{d}')" for d in "bBhHiIlLqQ"},
    **{f"all {d}": f"integers(np.iinfo('{d}').min, np.iinfo('{d}').max, N, dtype='{d}', endpoint=True)"
       for d in "bBhHiIlLqQ"},
    "integers ?": "integers(0, 2, N, dtype='?')",
    "integers wide": "integers(-2**40, 2**50 + 12345, N)",
    "integers seven": "integers(0, 7, (N // 100, 100), dtype='u1')",
    "bytes": "bytes(N + 3)",
    "choice": "choice(1000, N)",
    "choice p": "choice(4, N, p=[0.1, 0.2, 0.3, 0.4])",
    "choice without": "choice(N, N // 3, replace=False)",
    "choice few": "choice(N, 100, replace=False, shuffle=False)",
    "permutation": "permutation(N)",
    "permuted": "permuted(np.arange(N).reshape(100, -1), axis=1)",
    "permuted all": "permuted(np.arange(N, dtype='i2'))",
    "multinomial": "multinomial(20, [0.2, 0.3, 0.5], N // 10)",
    "dirichlet": "dirichlet([1.5, 2.5, 3.5], N // 10)",
    "dirichlet small": "dirichlet([0.05, 0.02, 0.01], N // 100)",
    "multivariate_hypergeometric": "multivariate_hypergeometric([16, 8, 4], 9, N // 100)",
    "multivariate_hypergeometric count": "multivariate_hypergeometric([16, 8, 4], 9, N // 100, method='count')",
}


def same(ours, theirs):
    if isinstance(theirs, bytes):
        return ours == theirs
    assert ours.dtype.str == theirs.dtype.str and ours.shape == theirs.shape
    return ours.tobytes() == theirs.tobytes()


def both(make):
    return make(numpy_rs), make(numpy)


@pytest.mark.parametrize("name, arguments", CASES, ids=lambda x: str(x))
@pytest.mark.parametrize("legacy", [False, True], ids=["Generator", "RandomState"])
def test_laws(name, arguments, legacy):
    ours, theirs = both(lambda np: np.random.RandomState(99) if legacy else np.random.default_rng(99))
    for n in (N, 7):
        assert same(getattr(ours, name)(*arguments, size=n), getattr(theirs, name)(*arguments, size=n))
    assert ours.bytes(8) == theirs.bytes(8)


@pytest.mark.parametrize("name", CALLS)
def test_calls(name):
    ours, theirs = both(lambda np: np.random.default_rng(5))
    # One 32-bit draw before: half a word is kept.
    assert ours.integers(9, dtype="u4") == theirs.integers(9, dtype="u4")
    drawn = [eval(f"rng.{CALLS[name]}", {"rng": rng, "np": np, "N": N})
             for rng, np in ((ours, numpy_rs), (theirs, numpy))]
    assert same(*drawn)
    assert ours.bytes(8) == theirs.bytes(8)


@pytest.mark.parametrize("bits", BITS)
@pytest.mark.parametrize("legacy", [False, True], ids=["Generator", "RandomState"])
def test_every_generator_of_bits(bits, legacy):
    def make(np):
        made = getattr(np.random, bits)(31)
        return np.random.RandomState(made) if legacy else np.random.Generator(made)

    ours, theirs = both(make)
    for name, arguments in (("standard_normal", ()), ("uniform", (0.0, 2.0)), ("gamma", (0.7, 1.0)),
                            ("poisson", (4.0,)), ("binomial", (50, 0.7)), ("permutation", None),
                            ("standard_exponential", ())):
        draw = [getattr(rng, name)(N) if arguments is None else getattr(rng, name)(*arguments, size=N)
                for rng in (ours, theirs)]
        assert same(*draw), name
    assert ours.bytes(8) == theirs.bytes(8)


@pytest.mark.parametrize("dtype", ["?", "i1", "u2", "f4", "i8", "f8", "c8", "c16", "f2", "S3", ">i4"])
def test_shuffles(dtype):
    for legacy in (False, True):
        ours, theirs = both(lambda np: np.random.RandomState(3) if legacy else np.random.default_rng(3))
        for view in (lambda a: a, lambda a: a[::3], lambda a: a.reshape(-1, 4), lambda a: a[1:].reshape(1, -1)[0]):
            arrays = [view(np.arange(3000).astype(dtype)) for np in (numpy_rs, numpy)]
            ours.shuffle(arrays[0])
            theirs.shuffle(arrays[1])
            assert arrays[0].tobytes() == arrays[1].tobytes()


def covariances():
    """Covariances of up to sixty variables: plain, of small rank, and nearly so."""
    rng = numpy.random.default_rng(20)
    for n in (1, 2, 3, 5, 10, 25, 60):
        a = rng.standard_normal((n, n))
        yield a @ a.T
    for n, rank in ((4, 2), (12, 11)):
        a = rng.standard_normal((n, rank))
        yield a @ a.T + 1e-6 * numpy.diag(numpy.arange(n) + 1.0)
    yield numpy.array([[2.0, 0.3, 0.1], [0.3, 1.0, -0.2], [0.1, -0.2, 0.5]])
    yield numpy.diag([3.0, 0.5, 2.0])


@pytest.mark.parametrize("method", ["svd", "eigh", "cholesky", "legacy"])
def test_normal_vectors(method):
    for cov in covariances():
        n = len(cov)
        mean = numpy.linspace(-2, 2, n)

        def draw(np, mean=mean, cov=cov):
            mean, cov = mean.tolist(), cov.tolist()
            if method == "legacy":
                return np.asarray(np.random.RandomState(8).multivariate_normal(mean, cov, 1000)).tolist()
            rng = np.random.default_rng(8)
            return np.asarray(rng.multivariate_normal(mean, cov, (10, 100), method=method)).tolist()

        ours, theirs = map(numpy.array, both(draw))
        assert numpy.abs(ours - theirs).max() < 1e-12 * max(1, numpy.abs(theirs).max())


def test_normal_vectors_without_a_covariance():
    cov = [[1.0, 2.0], [2.0, 1.0]]
    for make in (lambda np: np.random.default_rng(8), lambda np: np.random.RandomState(8)):
        ours, theirs = both(lambda np, make=make: np.asarray(
            make(np).multivariate_normal([0, 1], cov, 20, check_valid="ignore")).tolist())
        assert numpy.abs(numpy.array(ours) - numpy.array(theirs)).max() < 1e-12


@pytest.mark.parametrize("axis", [1, -2, 5])
def test_a_vector_has_one_axis_to_shuffle(axis):
    for np in (numpy, numpy_rs):
        with pytest.raises(np.exceptions.AxisError):
            np.random.default_rng(1).shuffle(np.arange(5), axis=axis)
