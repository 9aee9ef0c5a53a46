"""`bytearray`: sieves, buffers, checksums."""

import math


def primes(n):
    sieve = bytearray([1]) * (n + 1)
    sieve[0:2] = b"\0\0"
    for i in range(2, math.isqrt(n) + 1):
        if sieve[i]:
            sieve[i * i :: i] = bytes(len(range(i * i, n + 1, i)))
    return [i for i, flag in enumerate(sieve) if flag]


def sieve_by_items(n):
    flags = bytearray(b"\x01") * n
    for i in range(2, n):
        if flags[i]:
            for k in range(i * i, n, i):
                flags[k] = 0
    return sum(flags), flags.count(1), bytes(flags[:8])


def xor_stream(data: bytes, key: bytes) -> bytes:
    out = bytearray(len(data))
    for i, b in enumerate(data):
        out[i] = b ^ key[i % len(key)]
    return bytes(out)


def encode_varint(n):
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def reverse_in_place(data: bytearray):
    i, j = 0, len(data) - 1
    while i < j:
        data[i], data[j] = data[j], data[i]
        i += 1
        j -= 1
    return data


def add_all(data: bytearray, step):
    for i in range(len(data)):
        data[i] = data[i] + step
    return data[-1]


def grow(parts):
    buffer = bytearray()
    for part in parts:
        buffer += part
        buffer.extend(b"|")
    del buffer[-1:]
    return buffer, len(buffer), buffer.decode()


def caught(data: bytearray, i, v):
    try:
        data[i] = v
    except IndexError as e:
        return str(e)
    except ValueError as e:
        return str(e)
    return data[i]


def pops(data: bytearray):
    out = []
    while data:
        out.append(data.pop())
    return out


def searches(data: bytearray, what: bytes):
    return data.find(what), what in data, 65 in data, data.startswith(what), data.hex()


def same(a: bytearray, b: bytearray):
    return a == b, a is b, a != b, bool(a), a + b, a * 2, 2 * a


def alias(n):
    a = bytearray(n)
    b = a
    b.append(7)
    a += b"xy"
    return a, b, a is b, len(a)


def slices(a: bytearray):
    return a[1:3], a[::-1], a[-2:], list(a), tuple(a), sorted(a), max(a), min(a)


class Buffer:
    def __init__(self, size: int):
        self.data = bytearray(size)
        self.used = 0

    def put(self, value: int):
        if self.used == len(self.data):
            self.data += bytes(len(self.data) or 1)
        self.data[self.used] = value
        self.used += 1

    def take(self):
        return bytes(self.data[: self.used])


def fill(n):
    b = Buffer(2)
    for i in range(n):
        b.put(i * 7 % 256)
    return b.take(), len(b.data)


CASES = [
    ("primes", (100,), {}),
    ("sieve_by_items", (60,), {}),
    ("xor_stream", (b"hello world", b"key"), {}),
    ("encode_varint", (300,), {}),
    ("encode_varint", (5,), {}),
    ("reverse_in_place", (bytearray(b"abcdef"),), {}),
    ("add_all", (bytearray(b"\1\2\3"), 4), {}),
    ("grow", ([b"ab", b"c", b""],), {}),
    ("caught", (bytearray(b"abc"), 1, 66), {}),
    ("pops", (bytearray(b"abc"),), {}),
    ("searches", (bytearray(b"abcABC"), b"cA"), {}),
    ("same", (bytearray(b"ab"), bytearray(b"abc")), {}),
    ("alias", (3,), {}),
    ("slices", (bytearray(b"hello"),), {}),
    ("fill", (11,), {}),
]

EDGE = [
    ("primes", (0,), {}),
    ("primes", (-1,), {}),
    ("primes", (1,), {}),
    ("sieve_by_items", (0,), {}),
    ("sieve_by_items", (-3,), {}),
    ("xor_stream", (b"a", b""), {}),
    ("xor_stream", (b"", b""), {}),
    ("xor_stream", ([300], b"a"), {}),
    ("encode_varint", (-1,), {}),
    ("encode_varint", (2**70,), {}),
    ("reverse_in_place", (bytearray(),), {}),
    ("reverse_in_place", ([1, 2, 3],), {}),
    ("add_all", (bytearray(b"\xff\1"), 1), {}),
    ("add_all", (bytearray(b"\1\xff"), 1), {}),
    ("add_all", (bytearray(b"\1"), -2), {}),
    ("add_all", (bytearray(b"\1"), 1.5), {}),
    ("add_all", (bytearray(), 1), {}),
    ("grow", ([],), {}),
    ("grow", ([b"\xff"],), {}),
    ("grow", (["text"],), {}),
    ("caught", (bytearray(b"abc"), 3, 66), {}),
    ("caught", (bytearray(b"abc"), -4, 300), {}),
    ("caught", (bytearray(b"abc"), -1, 256), {}),
    ("caught", (bytearray(b"abc"), 0, -1), {}),
    ("caught", (bytearray(b"abc"), 2**70, 1), {}),
    ("caught", (bytearray(b"abc"), 0, 2**70), {}),
    ("pops", (bytearray(),), {}),
    ("searches", (bytearray(), b""), {}),
    ("searches", (bytearray(b"A"), "A"), {}),
    ("same", (bytearray(), bytearray()), {}),
    ("same", (bytearray(b"a"), b"a"), {}),
    ("alias", (-1,), {}),
    ("alias", (b"qq",), {}),
    ("slices", (bytearray(),), {}),
    ("fill", (0,), {}),
]
