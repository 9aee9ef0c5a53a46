"""The streams of RandomState and Generator are NumPy's, draw for draw."""

import pickle

import numpy
import numpy_rs
import pytest

SEEDS = [0, 1, 1234, 2**32 - 1, [1, 2, 3]]

DRAWS = {
    "doubles": lambda r: r.random_sample(1000),
    "matrix": lambda r: r.rand(7, 3),
    "one double": lambda r: r.random_sample(),
    "normals": lambda r: r.standard_normal(999),
    "randn": lambda r: r.randn(3, 2),
    "normal": lambda r: r.normal(3.0, 2.0, 50),
    "normal of arrays": lambda r: r.normal([1.0, 2.0], [[1.0], [0.5]]),
    "uniform": lambda r: r.uniform(-3, 5, size=(4, 5)),
    "exponential": lambda r: r.exponential(2.0, 100),
    "lognormal": lambda r: r.lognormal(0.5, 0.25, 100),
    "bytes": lambda r: r.bytes(37),
    "integers": lambda r: r.randint(0, 1000, 500),
    "one integer": lambda r: r.randint(17),
    "negative": lambda r: r.randint(-50, 50, size=(3, 4)),
    "wide": lambda r: r.randint(-2**62, 2**62, size=20),
    "bounds": lambda r: r.randint([1, 5, 100], [[3, 20, 1000], [9, 6, 101]]),
    "narrow bounds": lambda r: r.randint([1, 5, 100], [3, 20, 120], dtype="i1"),
    "choice": lambda r: r.choice(10, 20),
    "choice with p": lambda r: r.choice(["a", "b", "c"], 20, p=[0.2, 0.5, 0.3]),
    "choice once": lambda r: r.choice(20, 7, replace=False),
    "choice once with p": lambda r: r.choice(5, 3, replace=False, p=[0.1, 0.2, 0.3, 0.2, 0.2]),
    "one choice": lambda r: r.choice([3, 1, 4]),
    "permutation": lambda r: r.permutation(30),
    "permuted rows": lambda r: r.permutation([[1, 2], [3, 4], [5, 6]]),
    "tomaxint": lambda r: r.tomaxint(5),
    "all in one stream": lambda r: [r.randn(3).tolist(), r.randint(9, size=3, dtype="u1").tolist(), r.rand()],
    **{f"integers {d}": lambda r, d=d: r.randint(0, 100 if d != "?" else 2, 301, dtype=d) for d in "?bBhHiIlLqQ"},
    **{f"all {d}": lambda r, d=d: r.randint(numpy.iinfo(d).min, int(numpy.iinfo(d).max) + 1, 40, dtype=d)
       for d in "bBhHiIlL"},
}


def plain(value):
    """A value of either package without its array classes."""
    if hasattr(value, "tolist"):
        return str(value.dtype), getattr(value, "shape", ()), value.tolist()
    return type(value).__name__, value


@pytest.mark.parametrize("seed", SEEDS, ids=str)
@pytest.mark.parametrize("name", DRAWS)
def test_draws_are_those_of_numpy(name, seed):
    ours, theirs = numpy_rs.random.RandomState(seed), numpy.random.RandomState(seed)
    assert plain(DRAWS[name](ours)) == plain(DRAWS[name](theirs))
    # What follows is the same too: as many words were taken.
    assert ours.random_sample() == theirs.random_sample()


def test_shuffles_are_those_of_numpy():
    for make in (lambda np: np.arange(30), lambda np: np.arange(24).reshape(8, 3), lambda np: list(range(9))):
        ours, theirs = make(numpy_rs), make(numpy)
        numpy_rs.random.RandomState(7).shuffle(ours)
        numpy.random.RandomState(7).shuffle(theirs)
        assert list(map(str, ours)) == list(map(str, theirs))


def test_a_state_is_put_back():
    stream = numpy_rs.random.RandomState(5)
    stream.randn(3)
    for state in (stream.get_state(), stream.get_state(legacy=False)):
        stream.set_state(state)
        first = stream.randn(4).tolist()
        stream.set_state(state)
        assert stream.randn(4).tolist() == first
    name, key, pos, has_gauss, gauss = stream.get_state()
    theirs = numpy.random.RandomState()
    theirs.set_state((name, numpy.array(key.tolist(), "u4"), pos, has_gauss, gauss))
    assert theirs.randn(5).tolist() == stream.randn(5).tolist()


@pytest.mark.parametrize("call", [
    "randint(0)", "randint(5, 2)", "randint(300, dtype='u1')", "randint(-1, 3, dtype='u1')", "randint(3, dtype='f')",
    "choice(0)", "choice([])", "choice([[1]])", "choice(3, 5, replace=False)", "choice(2, p=[.6, .6])",
    "choice(3, p=[.5, .5])", "choice(2, p=[float('nan'), .6])", "choice(2, p=[-1, 2.])",
    "choice(3, 3, replace=False, p=[.5, .5, 0])", "uniform(0, float('inf'))", "normal(0, -1)", "seed(-1)",
    "seed([[1]])", "seed([])", "set_state(3)", "set_state(('a', 1, 2))", "shuffle(3)", "permutation(3.5)",
])
def test_bad_arguments_are_answered_as_numpy_does(call):
    answers = []
    for np in (numpy, numpy_rs):
        with pytest.raises(Exception) as caught:
            eval(f"stream.{call}", {"stream": np.random.RandomState(1)})
        answers.append((caught.type.__name__, str(caught.value)))
    assert answers[0] == answers[1]


LAWS = {
    "beta": [(0.5, 0.5), (2.0, 3.0), (1e-110, 1e-110), (0.01, 0.02)],
    "binomial": [(10, 0.3), (100, 0.5), (1000, 0.7), (10**6, 0.001), (5, 0.0), (0, 0.5), (10**12, 0.25), (40, 0.9)],
    "chisquare": [(0.5,), (2.0,), (7.0,)],
    "exponential": [(1.0,), (3.5,)],
    "f": [(2.0, 3.0), (0.5, 10.0)],
    "gamma": [(0.3, 2.0), (1.0, 1.0), (4.0, 0.5), (0.0, 1.0)],
    "geometric": [(0.5,), (0.1,), (1e-6,)],
    "gumbel": [(0.0, 1.0), (2.0, 3.0)],
    "hypergeometric": [(5, 7, 4), (50, 70, 40), (15, 15, 15), (100, 20, 115), (1000, 2000, 1500), (3, 100, 9)],
    "laplace": [(0.0, 1.0)],
    "logistic": [(1.0, 2.0)],
    "lognormal": [(0.5, 0.25)],
    "logseries": [(0.5,), (0.999,)],
    "negative_binomial": [(5, 0.5), (0.5, 0.01)],
    "noncentral_chisquare": [(0.5, 2.0), (3.0, 1.0), (3.0, 0.0), (2.0, float("nan"))],
    "noncentral_f": [(2.0, 3.0, 1.0)],
    "normal": [(1.0, 2.0)],
    "pareto": [(3.0,)],
    "poisson": [(0.0,), (0.5,), (9.9,), (10.0,), (123.4,), (1e6,)],
    "power": [(2.0,), (0.3,)],
    "rayleigh": [(2.0,)],
    "standard_cauchy": [()],
    "standard_exponential": [()],
    "standard_gamma": [(0.5,), (1.0,), (6.0,)],
    "standard_normal": [()],
    "standard_t": [(3.0,)],
    "triangular": [(-1.0, 0.5, 2.0)],
    "uniform": [(-3.0, 7.0)],
    "vonmises": [(0.0, 1.0), (1.0, 1e-6), (1.0, 1e-9), (2.0, 50.0), (3.0, 1e7)],
    "wald": [(1.0, 2.0), (5.0, 0.1)],
    "weibull": [(2.0,), (0.0,)],
    "zipf": [(2.0,), (1.1,), (30.0,)],
}


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("make", ["default_rng", "RandomState"])
def test_laws_are_those_of_numpy(law, make):
    for parameters in LAWS[law]:
        ours, theirs = getattr(numpy_rs.random, make)(99), getattr(numpy.random, make)(99)
        for size in (None, 400, (3, 4)):
            assert repr(plain(getattr(ours, law)(*parameters, size=size))) == repr(
                plain(getattr(theirs, law)(*parameters, size=size))), (parameters, size)
        arrays = [[x, x] for x in parameters[:1]] + [[[x], [x]] for x in parameters[1:]]
        assert repr(plain(getattr(ours, law)(*arrays))) == repr(plain(getattr(theirs, law)(*arrays)))


GENERATORS = ["MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"]

MODERN_DRAWS = {
    "random": lambda g: g.random(1000),
    "random f4": lambda g: g.random((20, 7), dtype="f4"),
    "one f4": lambda g: g.random(dtype="f4"),
    "normals": lambda g: g.standard_normal(5000),
    "normals f4": lambda g: g.standard_normal(5000, dtype="f4"),
    "exponentials": lambda g: g.standard_exponential(5000),
    "exponentials f4": lambda g: g.standard_exponential(5000, dtype="f4"),
    "inverted": lambda g: g.standard_exponential(50, method="inv"),
    "inverted f4": lambda g: g.standard_exponential(50, method="inv", dtype="f4"),
    "gammas f4": lambda g: [g.standard_gamma(a, 200, dtype="f4").tolist() for a in (0.4, 1, 3)],
    "gammas of arrays f4": lambda g: g.standard_gamma([0.5, 2], (3, 2), dtype="f4"),
    "integers": lambda g: [g.integers(0, 10, 100, dtype=d).tolist() for d in "bBhHiIlLqQ"],
    "bools": lambda g: g.integers(0, 2, 77, dtype=bool),
    "all": lambda g: [g.integers(numpy.iinfo(d).min, int(numpy.iinfo(d).max), 40, dtype=d, endpoint=True).tolist()
                      for d in "bBhHiIlL"],
    "wide": lambda g: g.integers(-2**60, 2**61, 50),
    "bounds": lambda g: g.integers([1, 5, 100], [[3, 20, 1000], [9, 6, 101]]),
    "narrow bounds": lambda g: g.integers([1, 5, 100], [[3, 20, 120], [9, 6, 101]], dtype="u1", endpoint=True),
    "one": lambda g: [int(g.integers(5)), g.integers(5, dtype=int)],
    "bytes": lambda g: g.bytes(37),
    "choice": lambda g: g.choice(50, 20),
    "choice with p": lambda g: g.choice(["a", "b", "c"], 20, p=[0.2, 0.5, 0.3]),
    "choice once": lambda g: g.choice(50, 20, replace=False),
    "choice in order": lambda g: g.choice(50, 20, replace=False, shuffle=False),
    "choice of many": lambda g: g.choice(20000, 5000, replace=False),
    "choice of few of many": lambda g: g.choice(20000, 50, replace=False),
    "choice once with p": lambda g: g.choice(5, 3, replace=False, p=[0.1, 0.2, 0.3, 0.2, 0.2]),
    "choice of columns": lambda g: g.choice([[1, 2, 3], [4, 5, 6]], 2, axis=1),
    "one choice": lambda g: g.choice([3, 1, 4]),
    "permutation": lambda g: g.permutation(40),
    "permuted columns": lambda g: g.permutation([[1, 2, 3], [4, 5, 6]], axis=1),
    "permuted": lambda g: [g.permuted([[1, 2, 3], [4, 5, 6]], axis=a).tolist() for a in (0, 1, None)],
    "dirichlet": lambda g: [g.dirichlet(a, 5).tolist() for a in ([1, 2, 3], [0.01, 0.02, 0.03], [2.0, 0.0])],
    "multinomial": lambda g: [g.multinomial(20, [0.2, 0.3, 0.5], 4).tolist(),
                              g.multinomial([5, 10], [[0.5, 0.5], [0.1, 0.9]]).tolist()],
    "multivariate_hypergeometric": lambda g: [
        g.multivariate_hypergeometric([5, 10, 15], n, 6, method=m).tolist()
        for n in (0, 3, 20, 30) for m in ("count", "marginals")],
    "raw": lambda g: g.bit_generator.random_raw(9),
    "spawned": lambda g: [c.integers(99) for c in g.spawn(2)],
}


@pytest.mark.parametrize("bits", GENERATORS)
@pytest.mark.parametrize("name", MODERN_DRAWS)
def test_generator_draws_are_those_of_numpy(name, bits):
    for seed in (0, 42, [1, 2**40], 2**130 + 5):
        ours, theirs = (np.random.Generator(getattr(np.random, bits)(seed)) for np in (numpy_rs, numpy))
        assert repr(plain(MODERN_DRAWS[name](ours))) == repr(plain(MODERN_DRAWS[name](theirs)))
        assert ours.random() == theirs.random()


def plain_state(state):
    """A state without arrays."""
    if isinstance(state, dict):
        return {key: plain_state(value) for key, value in state.items()}
    return state.tolist() if hasattr(state, "tolist") else state


@pytest.mark.parametrize("bits", GENERATORS)
def test_states_are_those_of_numpy(bits):
    ours, theirs = getattr(numpy_rs.random, bits)(7), getattr(numpy.random, bits)(7)
    for g in (numpy_rs.random.Generator(ours), numpy.random.Generator(theirs)):
        g.integers(9, size=3, dtype="i4")
    assert plain_state(ours.state) == plain_state(theirs.state)
    kept = ours.state
    first = ours.random_raw(5).tolist()
    ours.state = kept
    assert ours.random_raw(5).tolist() == first
    again = pickle.loads(pickle.dumps(ours))
    assert plain_state(again.state) == plain_state(ours.state)
    generator = numpy_rs.random.Generator(ours)
    assert pickle.loads(pickle.dumps(generator)).random() == generator.random()
    with pytest.raises(ValueError, match="state must be for a"):
        ours.state = {**kept, "bit_generator": "None"}


@pytest.mark.parametrize("bits", ["PCG64", "PCG64DXSM", "Philox"])
def test_streams_advance_as_those_of_numpy(bits):
    ours, theirs = getattr(numpy_rs.random, bits)(7), getattr(numpy.random, bits)(7)
    for steps in (1, 12345, 2**100, -3):
        assert ours.advance(steps).random_raw() == theirs.advance(steps).random_raw()
    assert ours.jumped().random_raw(3).tolist() == theirs.jumped().random_raw(3).tolist()
    assert ours.jumped(5).random_raw() == theirs.jumped(5).random_raw()


def test_the_twister_jumps_as_that_of_numpy():
    ours, theirs = numpy_rs.random.MT19937(7), numpy.random.MT19937(7)
    assert plain_state(ours.jumped().state) == plain_state(theirs.jumped().state)
    ours.random_raw(1000), theirs.random_raw(1000)
    assert plain_state(ours.jumped(2).state) == plain_state(theirs.jumped(2).state)


@pytest.mark.parametrize("bits", GENERATORS)
def test_c_code_draws_from_streams(bits):
    ours, theirs = getattr(numpy_rs.random, bits)(7), getattr(numpy.random, bits)(7)
    for name in ("next_double", "next_uint32", "next_uint64", "next_uint32"):
        assert getattr(ours.ctypes, name)(ours.ctypes.state) == getattr(theirs.ctypes, name)(theirs.ctypes.state)
    assert "BitGenerator" in repr(ours.capsule)


def test_seed_sequences_are_those_of_numpy():
    for entropy in (0, 1, 2**200, [1, 2, 3], ["0x1234", "99"], range(9)):
        ours, theirs = numpy_rs.random.SeedSequence(entropy), numpy.random.SeedSequence(entropy)
        assert ours.generate_state(7).tolist() == theirs.generate_state(7).tolist()
        assert ours.generate_state(3, "u8").tolist() == theirs.generate_state(3, "u8").tolist()
        ours, theirs = ours.spawn(2)[1].spawn(1)[0], theirs.spawn(2)[1].spawn(1)[0]
        assert ours.generate_state(4).tolist() == theirs.generate_state(4).tolist()
        assert repr(ours) == repr(theirs)


def test_generator_shuffles_are_those_of_numpy():
    for make, axis in ((lambda np: np.arange(30), 0), (lambda np: np.arange(24).reshape(8, 3), 0),
                       (lambda np: np.arange(24).reshape(8, 3), 1), (lambda np: list(range(9)), 0)):
        ours, theirs = make(numpy_rs), make(numpy)
        numpy_rs.random.default_rng(7).shuffle(ours, axis=axis)
        numpy.random.default_rng(7).shuffle(theirs, axis=axis)
        assert list(map(str, ours)) == list(map(str, theirs))


def test_draws_fill_what_they_are_given():
    for dtype in ("f8", "f4"):
        for name in ("random", "standard_normal", "standard_exponential"):
            ours, theirs = numpy_rs.empty((3, 4), dtype), numpy.empty((3, 4), dtype)
            assert getattr(numpy_rs.random.default_rng(3), name)(dtype=dtype, out=ours) is ours
            getattr(numpy.random.default_rng(3), name)(dtype=dtype, out=theirs)
            assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize("call", [
    "integers(0)", "integers(5, 2)", "integers(300, dtype='u1')", "integers(-1, 3, dtype='u1')",
    "integers(3, dtype='f')", "integers(5, 2, endpoint=True)", "integers([3, 4], [1, 9])",
    "choice(0)", "choice([])", "choice(3, 5, replace=False)", "choice(2, p=[.6, .6])", "choice(3, p=[.5, .5])",
    "choice(2, p=[float('nan'), .6])", "choice(2, p=[-1, 2.])", "choice(3, 3, replace=False, p=[.5, .5, 0])",
    "choice(3.5)", "uniform(0, float('inf'))", "uniform(3, 1)", "normal(0, -1)", "normal([1, 2], 1, size=3)",
    "random(dtype='i4')", "standard_normal(dtype='c8')", "standard_gamma(1, dtype='i8')",
    "binomial(-1, .5)", "binomial(3, 2)", "binomial(3, [2.])", "poisson(-1)",
    "poisson([-1.])", "poisson(1e300)", "zipf(1)", "zipf([1.])", "logseries(1)", "geometric(0)",
    "negative_binomial(float('nan'), .5)", "negative_binomial(1e300, .5)", "negative_binomial(1, 0)",
    "hypergeometric(3, 3, 9)", "hypergeometric(-1, 3, 1)", "hypergeometric(10**9, 3, 1)", "hypergeometric(3, 3, -1)",
    "triangular(1, 0, 2)", "triangular(0, 3, 2)", "triangular(1, 1, 1)", "multinomial(3, [.9, .9, .1])",
    "multinomial(-1, [.5, .5])", "multinomial(1, [1.5, .5])", "dirichlet([1, -1])", "beta(0, 1)", "wald(0, 1)",
    "multivariate_hypergeometric([3, 4], 8)", "multivariate_hypergeometric([3, -4], 1)",
    "multivariate_hypergeometric([3, 4], 1, method='x')", "multivariate_hypergeometric([[3, 4]], 1)",
    "multivariate_hypergeometric([3, 4], -1)", "permutation(3.5)", "shuffle(3)", "shuffle([1, 2], axis=1)",
])
def test_bad_arguments_of_generators_are_answered_as_numpy_does(call):
    answers = []
    for np in (numpy, numpy_rs):
        with pytest.raises(Exception) as caught:
            eval(f"stream.{call}", {"stream": np.random.default_rng(1)})
        answers.append((caught.type.__name__, str(caught.value)))
    assert answers[0] == answers[1]


ODD_CALLS = """
random(-1); random((2, 3.)); random("a"); normal("1.5"); normal(None); normal(1j); normal([1, 2], [1, 2, 3])
normal([1, 2], size=(3, 2)); normal([1, 2], size=(2, 1)); uniform(0, 5, size=()); poisson([1, 2])
binomial(True, .5); binomial(10, [.1, .2], size=2); choice("abc"); choice(5, size=()); choice([1, 2], p=[[.5, .5]])
permutation(-5); permutation([]); bytes(0); bytes(-3); dirichlet([]); multinomial(5, [.5, .5], size=())
multinomial(2.7, [.5, .5]); zipf([2, 3.]); shuffle((1, 2, 3)); shuffle(None)
"""
ODD_GENERATOR_CALLS = """
integers(2**63); integers(2**64, dtype="u8"); integers(2.7); integers([1, 2], [3, 4], size=3); integers(2, dtype=bool)
integers([5], dtype=int); multinomial(5, .5); permuted(5); permuted([1, 2], axis=3); choice([[1, 2]], axis=5)
choice([[1, 2], [3, 4]], size=(2, 2), axis=1); multivariate_hypergeometric([], 0); dirichlet([0, 0])
"""
ODD_STATE_CALLS = """
randint(2**63); randint(2.7); randint([3, 4]); randint([5]); random_integers(5); tomaxint(); tomaxint(3); randn()
seed("a"); seed(1.5); seed(2**32); seed([1, 2**32]); set_state({})
"""


def calls(text):
    return [call for line in text.split("\n") for call in line.split("; ") if call]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("make, call", [
    *(("default_rng", call) for call in calls(ODD_CALLS + ODD_GENERATOR_CALLS)),
    *(("RandomState", call) for call in calls(ODD_CALLS + ODD_STATE_CALLS)),
])
def test_odd_calls_are_answered_as_numpy_does(make, call):
    answers = []
    for np in (numpy, numpy_rs):
        stream = getattr(np.random, make)(5)
        try:
            answers.append((plain(eval(f"stream.{call}", {"stream": stream})), stream.random()))
        except Exception as error:
            answers.append((type(error).__name__, str(error)))
    assert repr(answers[0]) == repr(answers[1])
