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


def test_in_place_on_ours(real):
    ours, _ = pair(real, "float64")
    ours += real.array([1.0, 2.0, 3.0])
    assert ours.tolist() == [2.0, 4.0, 6.0]


def test_ufuncs_of_either_take_arrays_of_both(real):
    ours, theirs = pair(real, "float64")
    for function in (nr.add, real.add):
        assert function(ours, theirs).tolist() == [2.0, 4.0, 6.0]
        assert function(theirs, ours).tolist() == [2.0, 4.0, 6.0]
    assert nr.add.reduce(theirs) == 6.0
    assert real.add.reduce(ours) == 6.0
    assert nr.exp(theirs).tobytes() == nr.exp(ours).tobytes()
    assert nr.multiply.outer(theirs, ours).shape == (3, 3)


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
