"""Arrays at every small offset and length, for tests of vectorised loops."""

import sys


def _gen_alignment_data(dtype="float32", type="binary", max_size=24):
    """Gives (out, inputs…, description) over offsets and sizes, out of place and in place."""
    np = sys.modules[__name__.partition(".")[0]]
    text = "unary offset=(%d, %d), size=%d, dtype=%r, %s" if type == "unary" else (
        "binary offset=(%d, %d, %d), size=%d, dtype=%r, %s")

    def fresh(size, offset):
        return np.empty((size,), dtype=dtype)[offset:]

    def counted(size, offset):
        return np.arange(size, dtype=dtype)[offset:]

    for offset in range(3):
        for size in range(offset + 2, max(offset + 3, max_size)):
            if type == "unary":
                yield fresh(size, offset), counted(size, offset), text % (
                    offset, offset, size, dtype, "out of place")
                data = counted(size, offset)
                yield data, data, text % (offset, offset, size, dtype, "in place")
                n = size - offset - 1
                for left, right in ((0, 1), (1, 0)):
                    yield fresh(size, offset)[left:][:n], counted(size, offset)[right:][:n], text % (
                        offset + left, offset + right, n, dtype, "out of place")
            else:
                yield fresh(size, offset), counted(size, offset), counted(size, offset), text % (
                    offset, offset, offset, size, dtype, "out of place")
                one = counted(size, offset)
                yield one, one, counted(size, offset), text % (
                    offset, offset, offset, size, dtype, "in place1")
                two = counted(size, offset)
                yield two, counted(size, offset), two, text % (
                    offset, offset, offset, size, dtype, "in place2")
                for shift in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
                    n = size - offset - 1
                    arrays = [counted(size, offset)[s:][:n] for s in shift]
                    yield *arrays, text % (*(offset + s for s in shift), n, dtype, "out of place")
