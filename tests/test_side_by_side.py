"""Our arrays and the real NumPy's meet in every operator order, without a copy where none is needed."""

import operator

import numpy_rs as nr
import pytest

OPERATORS = [operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, operator.pow,
             operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge]
BITWISE = [operator.and_, operator.or_, operator.xor, operator.lshift, operator.rshift]
DTYPES = ["bool", "int8", "uint16", "int64", "float32", "float64", "complex128"]


def same(ours, theirs):
    return ours.dtype.str == theirs.dtype.str and ours.shape == theirs.shape and ours.tobytes() == theirs.tobytes()


def pair(real, dtype, values=(1, 2, 3)):
    return nr.array(values, dtype=dtype), real.array(values, dtype=dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("op", OPERATORS + BITWISE, ids=lambda op: op.__name__)
def test_operators_in_both_orders(real, op, dtype):
    ours, theirs = pair(real, dtype)
    other_ours, other_theirs = pair(real, dtype, (2, 2, 1))
    try:
        wanted = op(theirs, other_theirs)
    except TypeError:
        with pytest.raises(TypeError):
            op(ours, other_theirs)
        with pytest.raises(TypeError):
            op(theirs, other_ours)
        return
    for result in (op(ours, other_theirs), op(theirs, other_ours)):
        assert isinstance(result, nr.ndarray)
        assert same(result, wanted)


@pytest.mark.parametrize("op", OPERATORS, ids=lambda op: op.__name__)
def test_operators_with_scalars_of_the_other(real, op):
    ours, theirs = pair(real, "float64")
    wanted = op(theirs, real.float32(2))
    assert same(nr.asarray(op(ours, real.float32(2))), wanted)
    wanted = op(real.float32(2), theirs)
    assert same(nr.asarray(op(real.float32(2), ours)), wanted)
    wanted = op(theirs, real.float64(2))
    assert same(nr.asarray(op(theirs, nr.float64(2))), wanted)
    wanted = op(real.float64(2), theirs)
    assert same(nr.asarray(op(nr.float64(2), theirs)), wanted)


def test_scalars_of_both(real):
    for op in OPERATORS:
        wanted = op(real.float64(3.0), real.float64(2.0))
        assert op(nr.float64(3.0), real.float64(2.0)) == wanted
        assert op(real.float64(3.0), nr.float64(2.0)) == wanted


def test_mixed_dtypes_promote_alike(real):
    for left in DTYPES:
        for right in DTYPES:
            ours, theirs = nr.array([1, 2], dtype=left), real.array([1, 2], dtype=left)
            wanted = real.multiply(theirs, real.array([3, 4], dtype=right))
            assert same(ours * real.array([3, 4], dtype=right), wanted)
            assert same(theirs * nr.array([3, 4], dtype=right), wanted)


IN_PLACE = [operator.iadd, operator.isub, operator.imul, operator.itruediv, operator.ifloordiv, operator.imod,
            operator.ipow, operator.iand, operator.ior, operator.ixor, operator.ilshift, operator.irshift]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("op", IN_PLACE, ids=lambda op: op.__name__)
def test_in_place_operators_in_both_orders(real, op, dtype):
    """The left side keeps its class, its memory and its identity."""
    ours, theirs = pair(real, dtype)
    other_ours, other_theirs = pair(real, dtype, (2, 2, 1))
    wanted = theirs.copy()
    try:
        op(wanted, other_theirs)
    except TypeError:
        for left, right in ((ours, other_theirs), (theirs, other_ours)):
            before = left.tobytes()
            with pytest.raises(TypeError):
                op(left, right)
            assert left.tobytes() == before
        return
    for left, right in ((ours, other_theirs), (theirs, other_ours)):
        assert op(left, right) is left
        assert same(left, wanted)


@pytest.mark.parametrize("op", IN_PLACE[:7], ids=lambda op: op.__name__)
def test_in_place_with_scalars_and_arrays_without_axes(real, op):
    for value in (nr.float64(2), nr.array(2.0), nr.float32(2), nr.int64(2)):
        theirs, wanted = real.array([1.0, 2.0, 3.0]), real.array([1.0, 2.0, 3.0])
        assert op(theirs, value) is theirs
        assert same(theirs, op(wanted, 2))
    for value in (real.float64(2), real.array(2.0), real.float32(2), real.int64(2)):
        ours, wanted = nr.array([1.0, 2.0, 3.0]), real.array([1.0, 2.0, 3.0])
        assert op(ours, value) is ours
        assert same(ours, op(wanted, 2))
    theirs = real.array(5.0)
    assert op(theirs, nr.array(2.0)) is theirs
    assert theirs == op(real.array(5.0), 2.0)


def test_in_place_keeps_the_casting_rules(real):
    whole, parts = real.arange(3), nr.array([0.5, 0.5, 0.5])
    with pytest.raises(TypeError, match="same_kind"):
        whole += parts
    assert whole.tolist() == [0, 1, 2]
    small = real.zeros(3, "f4")
    small += nr.array([1.0, 2.0, 3.0])
    assert small.dtype == real.float32 and small.tolist() == [1.0, 2.0, 3.0]
    with pytest.raises(ValueError, match="broadcast"):
        small += nr.ones((2, 3))


def test_divmod_and_matmul_in_both_orders(real):
    ours, theirs = nr.array([7.0, -7.0]), real.array([7.0, -7.0])
    other_ours, other_theirs = nr.array([2.0, 3.0]), real.array([2.0, 3.0])
    wanted = divmod(theirs, other_theirs)
    for result in (divmod(ours, other_theirs), divmod(theirs, other_ours)):
        assert all(isinstance(part, nr.ndarray) and same(part, want) for part, want in zip(result, wanted, strict=True))
    ours, theirs = nr.arange(4.0).reshape(2, 2), real.arange(4.0).reshape(2, 2)
    wanted = theirs @ theirs
    for result in (ours @ theirs, theirs @ ours):
        assert isinstance(result, nr.ndarray) and same(result, wanted)
    for left, right in ((ours.copy(), theirs), (theirs.copy(), ours)):
        kept = left
        left @= right
        assert left is kept and same(left, wanted)


@pytest.mark.parametrize("layout", ["plain", "backwards", "every second", "big endian", "fortran", "0-d"])
def test_outputs_of_the_other_are_written_in_place(real, layout):
    def made(np):
        return {
            "plain": lambda: np.zeros((3, 4)),
            "backwards": lambda: np.zeros((3, 4))[::-1, ::-1],
            "every second": lambda: np.zeros((6, 8))[::2, ::2],
            "big endian": lambda: np.zeros((3, 4), ">f8"),
            "fortran": lambda: np.zeros((3, 4), order="F"),
            "0-d": lambda: np.zeros(()),
        }[layout]()

    a = nr.arange(12.0).reshape(3, 4) if layout != "0-d" else nr.array(3.0)
    out, wanted = made(real), made(real)
    real.add(real.asarray(a), 1.5, out=wanted)
    for call in (nr.add, real.add):
        out[...] = 0
        assert call(a, 1.5, out=out) is out
        assert same(out, wanted)
        assert call(a, 1.5, out=(out,)) is out
    assert nr.add(a, 1.5, out) is out
    ours = made(nr)
    assert real.add(real.asarray(a), 1.5, out=ours) is ours
    assert same(ours, wanted)


@pytest.mark.parametrize("op", OPERATORS[7:], ids=lambda op: op.__name__)
def test_comparisons_without_a_loop(real, op):
    def made(np):
        return {
            "bool": np.array([True, False]), "date": np.array(["2020-01-01", "2020-01-02"], "M8[D]"),
            "text": np.array(["ab", "c"]), "bytes": np.array([b"ab", b"d"]), "float": np.array([1.0, 2.0]),
            "fields": np.zeros(2, "i4,f8"),
        }

    ours, theirs = made(nr), made(real)
    for a in ours:
        for b in ours:
            try:
                wanted = op(theirs[a], theirs[b])
            except TypeError:
                for left, right in ((ours[a], theirs[b]), (theirs[a], ours[b])):
                    with pytest.raises(TypeError):
                        op(left, right)
                continue
            for left, right in ((ours[a], theirs[b]), (theirs[a], ours[b])):
                assert same(op(left, right), wanted), (a, b)


def test_outputs_keep_their_rules(real):
    out = real.zeros(3)
    out.flags.writeable = False
    with pytest.raises(ValueError, match="output array is read-only"):
        nr.add(nr.ones(3), 1, out=out)
    for function in (nr.copyto, lambda to, x: nr.putmask(to, x > 0, x), lambda to, x: nr.add.at(to, [0], 1)):
        with pytest.raises(ValueError, match="read-only"):
            function(out, nr.ones(3))
    for words, call in {
        "assignment destination is read-only": lambda: nr.concatenate([nr.ones(2), nr.ones(1)], out=out),
        "must have the right datatype": lambda: nr.dot(nr.ones((3, 3)), nr.ones(3), out=out),
        "operand array with iterator write flag set is read-only": lambda: nr.einsum("i,i->i", [1, 2, 3], out, out=out),
        "WRITEBACKIFCOPY base is read-only": lambda: nr.place(out, nr.ones(3, bool), [1]),
    }.items():
        with pytest.raises(ValueError, match=words):
            call()
    with pytest.raises(TypeError, match="return arrays must be of ArrayType"):
        nr.add(nr.ones(3), 1, out=[0, 0, 0])
    with pytest.raises(TypeError, match="same_kind"):
        nr.add(nr.ones(3), 1, out=real.zeros(3, int))
    with pytest.raises(ValueError, match="non-broadcastable output"):
        nr.add(nr.ones((2, 3)), 1, out=real.zeros(3))
    # Memory that both sides read and write is read first.
    x = real.arange(5.0)
    assert nr.add(x[:-1], x[1:], out=x[1:]).tolist() == [1.0, 3.0, 5.0, 7.0]
    x = real.arange(5.0)
    y = nr.asarray(x)
    x[1:] += y[:-1]
    assert x.tolist() == [0.0, 1.0, 3.0, 5.0, 7.0]


def test_several_outputs_and_masks(real):
    x = nr.array([7.5, -7.5, 3.0])
    quotient, rest = real.zeros(3), nr.zeros(3)
    answer = nr.divmod(x, 2, out=(quotient, rest))
    assert answer[0] is quotient and answer[1] is rest
    assert quotient.tolist() == [3.0, -4.0, 1.0] and rest.tolist() == [1.5, 0.5, 1.0]
    answer = real.divmod(real.asarray(x), 2, out=(None, rest))
    assert answer[1] is rest and isinstance(answer[0], nr.ndarray)
    for mask in (real.array([True, False, True]), nr.array([True, False, True])):
        for function in (nr.add, real.add):
            out = real.full(3, -1.0)
            assert function(x, 1, out=out, where=mask) is out
            assert out.tolist() == [8.5, -1.0, 4.0]
        assert nr.add.reduce(x, where=mask) == 10.5
        assert real.add.reduce(x, where=mask) == 10.5
    with pytest.raises(TypeError, match="according to the rule 'safe'"):
        nr.add(x, 1, out=real.zeros(3), where=real.ones(3))


def _functions(np):
    """Calls with an output, by name: the shape and dtype of the output, and the call."""
    x = np.array([[1.0, np.nan, 3.0], [4.0, 5.0, -2.5]])
    y = np.arange(6.0).reshape(2, 3)
    f, b, i = "f8", "?", "i8"
    return {
        "sum": ((3,), f, lambda o: np.sum(y, axis=0, out=o)), "method sum": ((3,), f, lambda o: y.sum(axis=0, out=o)),
        "sum of all": ((), f, lambda o: y.sum(out=o)), "prod": ((3,), f, lambda o: np.prod(y, axis=0, out=o)),
        "max": ((2,), f, lambda o: np.max(y, axis=1, out=o)), "min": ((2,), f, lambda o: y.min(axis=1, out=o)),
        "any": ((3,), b, lambda o: np.any(y, axis=0, out=o)), "all": ((3,), b, lambda o: np.all(y, axis=0, out=o)),
        "mean": ((3,), f, lambda o: np.mean(y, axis=0, out=o)), "mean of all": ((), f, lambda o: y.mean(out=o)),
        "std": ((3,), f, lambda o: np.std(y, axis=0, out=o)), "var": ((2,), f, lambda o: y.var(axis=1, out=o)),
        "median": ((3,), f, lambda o: np.median(y, axis=0, out=o)),
        "percentile": ((3,), f, lambda o: np.percentile(y, 30, axis=0, out=o)),
        "quantile of NaN": ((3,), f, lambda o: np.quantile(x, 0.3, axis=0, out=o)),
        "nansum": ((3,), f, lambda o: np.nansum(x, axis=0, out=o)),
        "nanmean": ((3,), f, lambda o: np.nanmean(x, axis=0, out=o)),
        "nanstd": ((3,), f, lambda o: np.nanstd(x, axis=0, out=o)),
        "nanmax": ((3,), f, lambda o: np.nanmax(x, axis=0, out=o)),
        "nancumsum": ((6,), f, lambda o: np.nancumsum(x, out=o)),
        "nanmedian": ((3,), f, lambda o: np.nanmedian(x, axis=0, out=o)),
        "ptp": ((3,), f, lambda o: np.ptp(y, axis=0, out=o)),
        "argmax": ((3,), i, lambda o: np.argmax(y, axis=0, out=o)),
        "argmin": ((2,), i, lambda o: y.argmin(axis=1, out=o)),
        "cumsum": ((6,), f, lambda o: np.cumsum(y, out=o)),
        "cumprod": ((2, 3), f, lambda o: y.cumprod(axis=1, out=o)),
        "cumulative_sum": ((7,), f, lambda o: np.cumulative_sum(y.ravel(), include_initial=True, out=o)),
        "add.reduce": ((3,), f, lambda o: np.add.reduce(y, out=o)),
        "add.accumulate": ((2, 3), f, lambda o: np.add.accumulate(y, out=o)),
        "add.reduceat": ((2, 3), f, lambda o: np.add.reduceat(y, [0, 1], out=o)),
        "multiply.outer": ((2, 2), f, lambda o: np.multiply.outer(y[0, :2], y[1, :2], out=o)),
        "take": ((2, 2), f, lambda o: np.take(y, [0, 2], axis=1, out=o)),
        "method take": ((2,), f, lambda o: y.take([0, 5], out=o)),
        "compress": ((2, 2), f, lambda o: np.compress([True, False, True], y, axis=1, out=o)),
        "choose": ((2,), f, lambda o: np.choose([0, 1], [y[0, :2], y[1, :2]], out=o)),
        "clip": ((2, 3), f, lambda o: np.clip(y, 1, 3, out=o)), "method clip": ((2, 3), f, lambda o: y.clip(1, 3, o)),
        "round": ((2, 3), f, lambda o: np.round(y / 3, 1, out=o)),
        "method round": ((2, 3), f, lambda o: y.round(out=o)),
        "round complex": ((2, 3), "c16", lambda o: np.round(y / 3 + 0.26j, 1, out=o)),
        "concatenate": ((4, 3), f, lambda o: np.concatenate([y, y], out=o)),
        "stack": ((2, 2, 3), f, lambda o: np.stack([y, y], out=o)),
        "dot": ((2, 2), f, lambda o: np.dot(y, y.T, out=o)), "method dot": ((2, 2), f, lambda o: y.dot(y.T, out=o)),
        "matmul": ((2, 2), f, lambda o: np.matmul(y, y.T, out=o)),
        "vecdot": ((2,), f, lambda o: np.vecdot(y, y, out=o)),
        "outer": ((6, 6), f, lambda o: np.outer(y, y, out=o)), "trace": ((), f, lambda o: np.trace(y, out=o)),
        "einsum": ((2, 2), f, lambda o: np.einsum("ij,kj->ik", y, y, out=o)),
        "einsum optimized": ((2, 2), f, lambda o: np.einsum("ij,kj->ik", y, y, out=o, optimize=True)),
        "isneginf": ((2, 3), b, lambda o: np.isneginf(x, out=o)), "isposinf": ((2, 3), b, lambda o: np.isposinf(x, o)),
        "trunc": ((2, 3), f, lambda o: np.trunc(x, o)),
    }


@pytest.mark.parametrize("name", list(_functions(nr)))
def test_functions_with_outputs_of_the_other(real, name):
    shape, dtype, theirs = _functions(real)[name]
    wanted = real.zeros(shape, dtype)
    assert theirs(wanted) is wanted
    out = real.zeros(shape, dtype)
    assert _functions(nr)[name][2](out) is out
    assert same(out, wanted)


@pytest.mark.parametrize("name", [
    "copyto", "copyto where", "put", "place", "putmask", "fill_diagonal", "put_along_axis", "add.at", "nan_to_num",
])
def test_functions_that_write_into_arrays_of_the_other(real, name):
    def run(np, target, source):
        mask = source > 2
        {
            "copyto": lambda: np.copyto(target, source),
            "copyto where": lambda: np.copyto(target, source, where=mask),
            "put": lambda: np.put(target, [0, 4], [10, 11]),
            "place": lambda: np.place(target, mask, [10, 11]),
            "putmask": lambda: np.putmask(target, mask, source * 2),
            "fill_diagonal": lambda: np.fill_diagonal(target, 7),
            "put_along_axis": lambda: np.put_along_axis(target, np.argmax(source, axis=1, keepdims=True), 9, axis=1),
            "add.at": lambda: np.add.at(target, (np.array([0, 0, 1]), np.array([1, 1, 2])), 2),
            "nan_to_num": lambda: np.nan_to_num(target, copy=False),
        }[name]()

    start = [[1.0, float("nan"), 3.0], [float("inf"), 5.0, 6.0]]
    wanted, target = real.array(start), real.array(start)
    source = real.array([[9.0, 2.0, 3.0], [1.0, 4.0, 0.0]])
    run(real, wanted, source)
    for given in (nr.array(source), source):
        target[...] = start
        run(nr, target, given)
        assert same(target, wanted)


def test_random_numbers_are_drawn_into_arrays_of_the_other(real):
    out = real.zeros(4)
    for law in ("random", "standard_normal", "standard_exponential"):
        assert getattr(nr.random.default_rng(5), law)(out=out) is out
        assert out.tobytes() == getattr(real.random.default_rng(5), law)(4).tobytes()
    assert nr.random.default_rng(5).standard_gamma(2.0, out=out) is out
    x = real.arange(12).reshape(3, 4)
    out = real.zeros((3, 4), int)
    assert nr.random.default_rng(5).permuted(x, axis=1, out=out) is out
    assert out.tobytes() == real.random.default_rng(5).permuted(x, axis=1).tobytes()
    shuffled = x.copy()
    nr.random.default_rng(5).shuffle(shuffled)
    real.random.default_rng(5).shuffle(x)
    assert same(shuffled, x)
    nr.random.RandomState(5).shuffle(shuffled)
    real.random.RandomState(5).shuffle(x)
    assert same(shuffled, x)


def test_iterators_write_into_arrays_of_the_other(real):
    out = real.zeros(3, ">f8")
    with nr.nditer([nr.arange(3.0), out], ["buffered"], [["readonly"], ["readwrite"]], op_dtypes=["f8", "f8"]) as it:
        for x, y in it:
            y[...] = 2 * x
    assert out.tolist() == [0.0, 2.0, 4.0]


def test_objects_keep_their_references(real):
    # An element that stands alone in its memory lives exactly as long as the array holds it.
    died = []

    class Thing:
        def __del__(self):
            died.append(self)

    out = real.array([Thing(), None], dtype=object)
    nr.copyto(out, nr.array([None, 5], dtype=object))
    assert out.tolist() == [None, 5] and len(died) == 1
    out = real.array([1, 2], dtype=object)
    out += nr.array([10, 20], dtype=object)
    assert out.tolist() == [11, 22]


def test_subclasses_of_the_other_that_override_are_asked(real):
    class Counted(real.ndarray):
        def __array_ufunc__(self, ufunc, method, *inputs, out=None, **kwargs):
            return "asked", ufunc, method

    class Silent(real.ndarray):
        pass

    counted, silent = real.zeros(3).view(Counted), real.zeros(3).view(Silent)
    assert nr.add(nr.ones(3), counted) == ("asked", nr.add, "__call__")
    assert nr.ones(3) + counted == ("asked", nr.add, "__call__")
    assert nr.add(nr.ones(3), 1, out=counted) == ("asked", nr.add, "__call__")
    assert nr.add(nr.ones(3), 1, out=silent) is silent
    assert silent.tolist() == [2.0, 2.0, 2.0]
    silent += nr.ones(3)
    assert type(silent) is Silent and silent.tolist() == [3.0, 3.0, 3.0]


def test_match_takes_arrays_apart_as_sequences(real):
    def matched(x):
        match x:
            case [a]:
                return "one", a
            case [first, *rest]:
                return "many", first, len(rest)
            case _:
                return "none"

    for np in (nr, real):
        assert matched(np.array([5])) == ("one", 5)
        assert matched(np.array([1, 2, 3])) == ("many", 1, 2)
        assert matched(np.zeros(0)) == "none"
        assert matched(np.zeros(3).view(type("Sub", (np.ndarray,), {})))[0] == "many"
        with pytest.raises(TypeError):
            matched(np.array(5))


def test_ufuncs_of_either_take_arrays_of_both(real):
    ours, theirs = pair(real, "float64")
    for function in (nr.add, real.add):
        assert function(ours, theirs).tolist() == [2.0, 4.0, 6.0]
        assert function(theirs, ours).tolist() == [2.0, 4.0, 6.0]
    assert nr.add.reduce(theirs) == 6.0
    assert real.add.reduce(ours) == 6.0
    assert nr.exp(theirs).tobytes() == nr.exp(ours).tobytes()
    assert nr.multiply.outer(theirs, ours).shape == (3, 3)


def test_functions_of_theirs_take_arrays_of_both(real):
    ours, theirs, out = nr.arange(4.0), real.arange(4.0), real.zeros(8)
    assert real.concatenate([ours, theirs], out=out) is out
    assert out.tolist() == [*theirs.tolist(), *theirs.tolist()]
    assert real.where(ours > 1, ours, theirs).tolist() == theirs.tolist()
    assert real.dot(ours, theirs) == 14.0
    assert real.allclose(ours, theirs) and real.array_equal(theirs, ours)
    assert real.sum(ours, out=real.zeros(())) == 6.0
    assert real.stack([theirs, ours]).shape == (2, 4)
    real.copyto(theirs, ours + 1)
    assert theirs.tolist() == [1.0, 2.0, 3.0, 4.0]


def test_functions_of_ours_take_real_arrays(real):
    theirs = real.arange(12.0).reshape(3, 4)[::2, 1:]
    assert nr.sum(theirs) == theirs.sum()
    assert nr.concatenate([theirs, nr.ones((1, 3))]).tolist() == [*theirs.tolist(), [1.0, 1.0, 1.0]]
    assert nr.where(theirs > 3, theirs, 0).tolist() == real.where(theirs > 3, theirs, 0).tolist()
    assert nr.sort(theirs, axis=None).tolist() == real.sort(theirs, axis=None).tolist()
    assert nr.array_equal(theirs, nr.array(theirs))


def test_real_arrays_come_in_without_a_copy(real):
    theirs = real.arange(10.0)
    ours = nr.asarray(theirs)
    assert isinstance(ours, nr.ndarray)
    ours[3] = 99.0
    assert theirs[3] == 99.0
    strided = nr.asarray(theirs[::-2])
    assert strided.strides == (-16,) and strided.tolist() == theirs[::-2].tolist()
    theirs.flags.writeable = False
    assert not nr.asarray(theirs).flags.writeable


def test_our_arrays_go_out_without_a_copy(real):
    ours = nr.arange(10.0)
    theirs = real.asarray(ours)
    theirs[3] = 99.0
    assert ours[3] == 99.0
    assert type(theirs) is real.ndarray


def test_dtypes_and_scalar_classes_of_the_other_name_dtypes(real):
    for name in DTYPES:
        assert nr.dtype(real.dtype(name)) == nr.dtype(name)
        assert nr.zeros(2, dtype=getattr(real, name if name != "bool" else "bool_")).dtype == nr.dtype(name)
        assert nr.array([1], dtype=real.dtype(name)).dtype.str == real.dtype(name).str
    assert nr.array([1.0]).astype(real.float32).dtype == nr.float32


def test_indices_and_values_of_the_other(real):
    ours, theirs = nr.arange(5.0), real.arange(5.0)
    assert ours[real.array([0, 3])].tolist() == [0.0, 3.0]
    assert ours[real.array([True, False, True, False, False])].tolist() == [0.0, 2.0]
    assert ours[real.int64(2)] == 2.0
    assert theirs[nr.array([0, 3])].tolist() == [0.0, 3.0]
    assert theirs[nr.int64(2)] == 2.0
    ours[real.array([1])] = real.array([7.0])
    theirs[1:3] = nr.array([8.0, 9.0])
    assert ours.tolist() == [0.0, 7.0, 2.0, 3.0, 4.0]
    assert theirs.tolist() == [0.0, 8.0, 9.0, 3.0, 4.0]


def test_lists_that_mix_both(real):
    assert nr.array([real.float64(1.0), nr.float64(2.0), 3]).tolist() == [1.0, 2.0, 3.0]
    assert nr.array([real.array([1, 2]), nr.array([3, 4])]).tolist() == [[1, 2], [3, 4]]


def test_neither_is_an_instance_of_the_other(real):
    assert not isinstance(nr.zeros(1), real.ndarray)
    assert not isinstance(real.zeros(1), nr.ndarray)
    assert nr.ndarray is not real.ndarray and nr.dtype is not real.dtype


def test_objects_round_trip_through_both(real):
    values = [1, "two", None]
    theirs = real.array(values, dtype=object)
    assert nr.array(theirs).tolist() == values
    assert (nr.array(theirs) == theirs).tolist() == [True, True, True]
