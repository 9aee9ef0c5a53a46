"""`loadtxt` and `savetxt`: tables of text."""

import gzip
import io

import numpy_rs as np
import pytest


def load(text, **options):
    return np.loadtxt(io.StringIO(text), **options)


def save(array, **options):
    stream = io.StringIO()
    np.savetxt(stream, array, **options)
    return stream.getvalue()


def test_rows_and_columns():
    assert load("1 2\n# none\n\n3 4 # rest\n").tolist() == [[1, 2], [3, 4]]
    assert load("1,2\n3,4", delimiter=",", dtype=int).tolist() == [[1, 2], [3, 4]]
    assert load("1 2 3\n4 5 6", usecols=(0, -1)).tolist() == [[1, 3], [4, 6]]
    assert load("1 2 3\n4 5 6", usecols=1).tolist() == [2, 5]
    assert load("a\n1\n2\n3", skiprows=1, max_rows=2).tolist() == [1, 2]
    assert [c.tolist() for c in load("1 2\n3 4", unpack=True)] == [[1, 3], [2, 4]]
    assert load("1").shape == () and load("1", ndmin=1).shape == (1,) and load("1\n2", ndmin=2).shape == (2, 1)


def test_dtypes():
    table = load("1;'a;b'\n2;'c''d'", delimiter=";", quotechar="'", dtype=[("n", "i4"), ("t", "U5")])
    assert table.tolist() == [(1, "a;b"), (2, "c'd")]
    assert load("abc d", dtype=str).dtype == "U3"
    assert load("1+2j (3-1j)", dtype=complex).tolist() == [1 + 2j, 3 - 1j]
    assert load("1 2 3", dtype=[("p", float, (2,)), ("n", int)]).item()[1] == 3
    assert load("2020-01-01 2021-02-03", dtype="M8[D]").astype("i8").tolist() == [18262, 18661]
    assert load("1 2", converters={0: lambda s: float(s) + 10}).tolist() == [11, 2]
    assert load("1 2", converters={0: repr}, encoding="bytes", dtype=object).tolist() == ["b'1'", "2"]


@pytest.mark.parametrize("text, options, message", [
    ("1 2\n3", {}, "the number of columns changed from 2 to 1 at row 2; use `usecols`"),
    ("1 a", {}, "could not convert string 'a' to float64 at row 0, column 2."),
    ("1\n300", {"dtype": "i1"}, "could not convert string '300' to int8 at row 1, column 1."),
    ("1 2", {"usecols": 5}, "invalid column index 5 at row 1 with 2 columns"),
    ("1 2 3", {"dtype": "i4,i4"}, "the dtype passed requires 2 columns but 3 were found at row 1"),
    ("1", {"ndmin": 3}, "Illegal value of ndmin keyword: 3"),
])
def test_what_does_not_fit_is_named(text, options, message):
    with pytest.raises(ValueError) as raised:
        load(text, **options)
    assert message in str(raised.value)


def test_empty_input_warns():
    with pytest.warns(UserWarning, match="input contained no data"):
        assert load("").shape == (0,)


def test_tables_are_written():
    assert save([1, 2.5], fmt="%.1f") == "1.0\n2.5\n"
    assert save([[1, 2], [3, 4]], fmt="%d", delimiter=",", header="a\nb", comments="% ") == "% a\n% b\n1,2\n3,4\n"
    assert save([[1, 2]], fmt=["%d", "%.2f"]) == "1 2.00\n"
    assert save([1 - 2j], fmt="%.1f") == " (1.0-2.0j)\n"
    with pytest.raises(AttributeError, match="fmt has wrong shape"):
        save([[1, 2]], fmt=["%d"])
    with pytest.raises(TypeError, match="Mismatch between array dtype"):
        save(["a"])


def test_compressed_files_come_back(tmp_path):
    table = np.arange(12.0).reshape(4, 3) / 7
    path = tmp_path / "table.txt.gz"
    np.savetxt(path, table)
    assert gzip.open(path).read().count(b"\n") == 4
    assert (np.loadtxt(path) == table).all()
    assert (np.loadtxt(tmp_path / "table.txt") == table).all()
    with pytest.raises(FileNotFoundError, match="missing.txt not found."):
        np.loadtxt(tmp_path / "missing.txt")
