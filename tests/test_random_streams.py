"""The streams of RandomState are NumPy's, draw for draw."""

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
