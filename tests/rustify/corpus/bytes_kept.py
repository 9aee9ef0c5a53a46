"""Byte arrays that functions make: bytes in Rust until an object is needed."""


def lz_expand(tokens):
    out = bytearray()
    for t in tokens:
        if isinstance(t, tuple):
            dist, length = t
            if dist > len(out) or dist <= 0:
                raise ValueError(f"bad distance {dist}")
            for _ in range(length):
                out.append(out[-dist])
        else:
            out.append(t)
    return bytes(out)


def varint(numbers):
    out = bytearray()
    for n in numbers:
        while n > 127:
            out.append(n & 127 | 128)
            n >>= 7
        out.append(n)
    return bytes(out)


def copied(data, at, n):
    out = bytearray(data)
    out += out[at:at + n]
    out.extend(out[:-n])
    out.extend(data)
    return out, len(out), out[::2]


def grown(parts):
    out = bytearray()
    for p in parts:
        out += p
    return out


def extended(parts):
    out = bytearray()
    for p in parts:
        out.extend(p)
    return out


def sized(n, i, v):
    out = bytearray(n)
    out[i] = v
    total = 0
    for b in out:
        total += b
    return out, total


def caught(n, v):
    out = bytearray(3)
    try:
        out.append(v)
        out[n] = v
        return out[n]
    except (ValueError, IndexError) as e:
        return str(e), bytes(out)


def aliased(data):
    a = bytearray(data)
    b = a
    b.append(1)
    a.reverse()
    b += b"xy"
    a.append(2)
    return a, b, a is b, a == b, a.decode("latin-1"), 1 in a


def sieve(n):
    flags = bytearray([1]) * (n + 1)
    flags[:2] = b"\0\0"
    for i in range(2, int(n ** 0.5) + 1):
        if flags[i]:
            flags[i * i::i] = bytes(len(range(i * i, n + 1, i)))
    return [i for i in range(n + 1) if flags[i]]


def into(array, values):
    for v in values:
        array.append(v)
    array[0] = 7
    part = array[1:3]
    part.append(9)
    return part, array


class Writer:
    def __init__(self):
        self.buffer = bytearray()
        self.bits = 0
        self.count = 0

    def write(self, value, n):
        for i in range(n):
            self.bits = self.bits << 1 | value >> i & 1
            self.count += 1
            if self.count == 8:
                self.buffer.append(self.bits)
                self.bits = self.count = 0


def written(pairs):
    w = Writer()
    for value, n in pairs:
        w.write(value, n)
    return w.buffer, bytes(w.buffer), w.count


if __name__ == "__main__":
    for _ in range(300):
        lz_expand([1, 2, 3, (2, 4), (1, 3)])
        varint([1, 300, 70000])
        copied(b"abcdef", 1, 3)
        grown([b"ab", bytearray(b"c")])
        extended([[1, 2], [3]])
        sized(5, 2, 9)
        caught(2, 200)
        aliased(b"abc")
        sieve(30)
        into(bytearray(b"abc"), [1, 2])
        written([(5, 3), (77, 7), (1, 1)])

CASES = [
    ("lz_expand", ([], ), {}), ("lz_expand", ([255, (1, 9)], ), {}), ("lz_expand", ([1, 2, (2, 0)], ), {}),
    ("varint", ([], ), {}),
    ("varint", ([0, 127, 128, 2**40], ), {}), ("copied", (b"", 0, 1), {}), ("copied", (b"hello", -3, 2), {}),
    ("copied", (b"hello", 9, 0), {}), ("grown", ([], ), {}), ("grown", ([bytearray(b"zz"), b""], ), {}),
    ("extended", ([[255], []], ), {}), ("sized", (1, 0, 255), {}), ("sized", (4, -1, 3), {}), ("caught", (3, 4), {}),
    ("caught", (0, 256), {}), ("caught", (-3, 0), {}), ("caught", (-4, 0), {}), ("caught", (1, -1), {}),
    ("aliased", (b"", ), {}), ("aliased", (b"\x01", ), {}), ("sieve", (2, ), {}), ("sieve", (97, ), {}),
    ("into", (bytearray(b"x"), [3]), {}), ("into", (bytearray(), [0, 1, 2]), {}), ("written", ([], ), {}),
    ("written", ([(255, 8), (1, 2)], ), {}),
]
EDGE = [
    ("lz_expand", ([1, (3, 1)], ), {}), ("lz_expand", ([1, (0, 1)], ), {}),
    ("lz_expand", ([300], ), {}), ("lz_expand", ([-1], ), {}), ("lz_expand", ([True], ), {}),
    ("lz_expand", (["a"], ), {}),
    ("lz_expand", ([1.0], ), {}), ("lz_expand", ([2**70], ), {}), ("lz_expand", ([1, (1, 2, 3)], ), {}),
    ("lz_expand", ([1, (1, 2.0)], ), {}), ("varint", ([-1], ), {}), ("varint", ([2**80], ), {}),
    ("varint", ([True, 1.5], ), {}),
    ("copied", (bytearray(b"abc"), 0, 2), {}), ("copied", ([1, 2], 0, 1), {}), ("copied", ("abc", 0, 1), {}),
    ("copied", (5, 0, 2), {}),
    ("grown", ([[1, 2]], ), {}), ("grown", (["a"], ), {}), ("grown", ([5], ), {}),
    ("extended", ([[256]], ), {}), ("extended", ([b"ab", (1, 2), "a"], ), {}), ("extended", ([5], ), {}),
    ("extended", ([[True]], ), {}),
    ("sized", (-1, 0, 0), {}), ("sized", (3, 3, 1), {}), ("sized", (3, 0, 256), {}),
    ("sized", (3, 2**70, 1), {}), ("sized", (0, 0, 0), {}),
    ("sized", (3, 1, 1.0), {}), ("sized", (True, 0, True), {}), ("caught", (2**70, 1), {}),
    ("caught", (0, 2**70), {}), ("caught", (0, "a"), {}),
    ("aliased", ([1, 2], ), {}), ("aliased", (3, ), {}), ("sieve", (-1, ), {}),
    ("into", (bytearray(), []), {}), ("into", ([1, 2, 3], [4]), {}),
    ("into", (bytearray(b"abc"), [1, 300]), {}), ("into", (bytearray(b"abc"), b"de"), {}),
    ("written", ([(2**70, 8)], ), {}), ("written", ([(1.0, 8)], ), {}),
]
