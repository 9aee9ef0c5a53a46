"""Bytes and bytearrays: indexing gives whole numbers, slices give bytes, methods, mutation."""


class Blob(bytes):
    """Bytes that are not exactly bytes."""


def checksum(data):
    total = 0
    for byte in data:
        total = (total + byte) % 65521
    return total


def adler32(data: bytes) -> int:
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return (b << 16) | a


def crc32(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            if crc & 1:
                crc = (crc >> 1) ^ 0xEDB88320
            else:
                crc >>= 1
    return crc ^ 0xFFFFFFFF


def xor_bytes(data, key):
    out = bytearray(len(data))
    for i in range(len(data)):
        out[i] = data[i] ^ key[i % len(key)]
    return bytes(out)


def to_hex(data):
    digits = "0123456789abcdef"
    out = []
    for byte in data:
        out.append(digits[byte >> 4])
        out.append(digits[byte & 15])
    return "".join(out)


def count_byte(data, wanted):
    count = 0
    for i in range(len(data)):
        if data[i] == wanted:
            count += 1
    return count


def split_lines(data):
    return [line.strip() for line in data.split(b"\n") if line]


def read_u16(data, offset):
    return data[offset] | data[offset + 1] << 8


def invert(buffer):
    for i in range(len(buffer)):
        buffer[i] = 255 - buffer[i]
    return len(buffer)


def pieces(data):
    return data[0], data[-1], data[1:3], data[::-1], data[:0], data + b"!", data * 2, data == b"abc"


def byte_histogram(data):
    counts = [0] * 256
    for byte in data:
        counts[byte] += 1
    return counts


CASES = [
    ("checksum", (b"hello world",), {}),
    ("checksum", (bytes(range(200)),), {}),
    ("adler32", (b"Wikipedia",), {}),
    ("adler32", (b"",), {}),
    ("crc32", (b"123456789",), {}),
    ("crc32", (b"The quick brown fox",), {}),
    ("xor_bytes", (b"secret text", b"key"), {}),
    ("xor_bytes", (b"", b"key"), {}),
    ("to_hex", (b"\x00\xff\x10abc",), {}),
    ("count_byte", (b"banana", 97), {}),
    ("split_lines", (b"one\n two \n\nthree",), {}),
    ("read_u16", (b"\x01\x02\x03\x04", 1), {}),
    ("read_u16", (b"\x01\x02\x03\x04", -3), {}),
    ("invert", (bytearray(b"\x00\x01\xff"),), {}),
    ("pieces", (b"abcdef",), {}),
    ("pieces", (b"abc",), {}),
    ("byte_histogram", (b"mississippi",), {}),
]

EDGE = [
    ("checksum", (bytearray(b"abc"),), {}),
    ("checksum", ("abc",), {}),
    ("checksum", ([1, 2, 3.5],), {}),
    ("checksum", lambda: (memoryview(b"abc"),), {}),
    ("adler32", (Blob(b"abc"),), {}),
    ("adler32", ([2**70],), {}),
    ("crc32", ("x",), {}),
    ("crc32", ([-1, 300],), {}),
    ("xor_bytes", (b"abc", b""), {}),
    ("xor_bytes", (b"abc", [256]), {}),
    ("xor_bytes", ("abc", "k"), {}),
    ("to_hex", ([255, 256],), {}),
    ("to_hex", ([-1],), {}),
    ("count_byte", (b"abc", b"a"), {}),
    ("count_byte", (b"abc", 97.0), {}),
    ("count_byte", (b"\x01\x01", True), {}),
    ("split_lines", (b"",), {}),
    ("split_lines", (bytearray(b"a\nb"),), {}),
    ("split_lines", ("a\nb",), {}),
    ("read_u16", (b"\x01", 0), {}),
    ("read_u16", (b"\x01\x02", 2**70), {}),
    ("read_u16", ([1.5, 2], 0), {}),
    ("invert", (b"abc",), {}),
    ("invert", ([1, 2],), {}),
    ("invert", ([1, 2.5, "a"],), {}),
    ("invert", (bytearray(),), {}),
    ("pieces", (b"",), {}),
    ("pieces", (bytearray(b"abc"),), {}),
    ("pieces", (Blob(b"abc"),), {}),
    ("pieces", ("abc",), {}),
    ("byte_histogram", ([300],), {}),
    ("byte_histogram", ([-1, 2],), {}),
]
