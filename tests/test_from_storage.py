"""`fromstring` and `fromfile`: what is read, what is refused."""

import numpy_rs as np
import pytest


@pytest.mark.parametrize("text, sep, dtype, expected", [
    ("1 2 3", " ", float, [1, 2, 3]),
    ("1, 2 ,3,", ",", int, [1, 2, 3]),
    ("1  2\n\t3 ", " ", float, [1, 2, 3]),
    ("1e3 -inf .5 Infinity", " ", float, [1000, -np.inf, 0.5, np.inf]),
    ("1+2j 3j -1", " ", complex, [1 + 2j, 3j, -1]),
    ("300 -129", " ", "i1", [44, 127]),
    ("9223372036854775808 -9999999999999999999", " ", "i8", [2**63 - 1, -2**63]),
    ("1 and 2", "and", float, [1, 2]),
    ("1 -2", "-", int, [1, 2]),
    ("1,0,-2.3,0", ",", bool, [True, False, True, False]),
    ("", " ", float, []),
])
def test_text_is_read(text, sep, dtype, expected):
    array = np.fromstring(text, sep=sep, dtype=dtype)
    assert array.dtype == dtype
    assert array.tolist() == expected
    assert np.fromstring(text.encode(), sep=sep, dtype=dtype).tolist() == expected


@pytest.mark.parametrize("text, sep, dtype", [
    ("1 2 x", " ", float), ("1,,2", ",", float), ("1.5", " ", int), ("-1", " ", "u8"), ("1_0", " ", float)])
def test_what_does_not_match_is_refused(text, sep, dtype):
    with pytest.raises(ValueError, match="could not be read to its end due to unmatched data"):
        np.fromstring(text, sep=sep, dtype=dtype)


def test_binary_text_and_objects_are_refused():
    with pytest.raises(ValueError, match="binary mode of fromstring is removed"):
        np.fromstring(b"12345678")
    with pytest.raises(ValueError, match="Cannot create an object array"):
        np.fromstring("1", sep=" ", dtype=object)


def test_files_are_read_from_where_they_are(tmp_path):
    path = tmp_path / "items"
    written = np.arange(10, dtype=">u2")
    path.write_bytes(written.tobytes() + b"x")
    for file in (path, str(path)):
        assert np.fromfile(file, ">u2").tolist() == list(range(10))
        assert np.fromfile(file, ">u2", count=3, offset=4).tolist() == [2, 3, 4]
        assert np.fromfile(file, ">u2", count=99).tolist() == list(range(10))
    with path.open("rb") as stream:
        stream.read(2)
        assert np.fromfile(stream, ">u2", 2).tolist() == [1, 2]
        assert stream.tell() == 6
        assert np.fromfile(stream, ">u2", 1, offset=2).tolist() == [4]
    with pytest.raises(FileNotFoundError):
        np.fromfile(tmp_path / "missing")
    with pytest.raises(ValueError, match="Cannot read into object array"):
        np.fromfile(path, object)
    path.write_text("1 2\n3")
    assert np.fromfile(path, sep=" ").tolist() == [1, 2, 3]
    with pytest.raises(TypeError, match="'offset' argument only permitted for binary files"):
        np.fromfile(path, sep=" ", offset=1)
