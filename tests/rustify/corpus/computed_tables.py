"""Tables and limits of the module that functions, comprehensions and loops of the module computed."""


def crc_table():
    table = []
    for i in range(256):
        for _ in range(8):
            i = (i >> 1) ^ 0xEDB88320 if i & 1 else i >> 1
        table.append(i)
    return table


CRC = crc_table()
CRC_TUPLE = tuple(CRC)
SHORT = tuple(i * 3 for i in range(5))
SQUARES = []
for number in range(60):
    SQUARES.append(number * number)
GRID = [[(i * j) % 7 for j in range(10)] for i in range(10)]
PRICES = {f"k{i}": i * 1.5 for i in range(30)}
SMALL_PRIMES = {n for n in range(2, 100) if all(n % d for d in range(2, n))}
MODULUS = 10**9 + 7
HUGE = [3**i for i in range(60)]
MIXED = [i if i % 3 else float(i) for i in range(20)]
SEEN = {}
LOG = []


def crc32(data):
    c = 0xFFFFFFFF
    for byte in data:
        c = CRC[(c ^ byte) & 255] ^ (c >> 8)
    return c ^ 0xFFFFFFFF


def crc_by_tuple(data):
    c = 0
    for byte in data:
        c = CRC_TUPLE[(c ^ byte) & 255] ^ (c >> 8)
    return c, SHORT[len(data) % 7]


def crc_of_argument(data, table):
    c = 0
    for byte in data:
        c = table[(c ^ byte) & 255] ^ (c >> 8)
    return c


def roots(limit):
    return [i for i in range(limit) if SQUARES[i] % 5 == 1]


def trace(n):
    total = 0
    for i in range(n):
        for j in range(n):
            total += GRID[i][j]
    return total


def row_of(i):
    return GRID[i]


def cost(names):
    return sum(PRICES.get(name, 0.5) for name in names) + PRICES["k1"]


def primes_of(values):
    return [v for v in values if v in SMALL_PRIMES]


def product(values):
    t = 1
    for v in values:
        t = t * v % MODULUS
    return t


def powers(n):
    total = 0
    for i in range(n):
        total += HUGE[i]
    return total


def mixed(n):
    return [MIXED[i] for i in range(n)]


def remembered(n):
    if n in SEEN:
        return SEEN[n]
    total = 0
    for i in range(n):
        total += i * i % 3
    SEEN[n] = total
    return total


def logged(text):
    LOG.append(text)
    count = len(LOG)
    LOG.pop()
    return count


def spoilt(i, value):
    old = SQUARES[i]
    SQUARES[i] = value
    try:
        return roots(20), sum(SQUARES[:5])
    finally:
        SQUARES[i] = old


def rebound(factor):
    global MODULUS_NOW
    MODULUS_NOW = factor
    return product([2, 3, factor])


MODULUS_NOW = 1
DATA = bytes(range(256))
CASES = [
    ("crc_table", (), {}),
    ("crc32", (DATA,), {}),
    ("crc32", (b"",), {}),
    ("crc_by_tuple", (DATA,), {}),
    ("crc_of_argument", (DATA, CRC_TUPLE), {}),
    ("roots", (60,), {}),
    ("trace", (10,), {}),
    ("row_of", (3,), {}),
    ("cost", ([f"k{i}" for i in range(40)],), {}),
    ("primes_of", (list(range(200)),), {}),
    ("product", (list(range(1, 300)),), {}),
    ("powers", (30,), {}),
    ("powers", (50,), {}),
    ("mixed", (10,), {}),
    ("remembered", (40,), {}),
    ("logged", ("a",), {}),
    ("spoilt", (3, 11), {}),
]
EDGE = [
    ("crc32", (bytearray(DATA),), {}),
    ("crc32", ([1, 2, 300],), {}),
    ("crc32", ([1.5],), {}),
    ("roots", (61,), {}),
    ("row_of", (-1,), {}),
    ("row_of", (10,), {}),
    ("trace", (11,), {}),
    ("cost", ([],), {}),
    ("cost", ([1, None, "k3"],), {}),
    ("cost", ([[]],), {}),
    ("primes_of", ([2.0, True, "2", 3 + 0j],), {}),
    ("product", ([2.5, 2**70],), {}),
    ("powers", (60,), {}),
    ("powers", (61,), {}),
    ("mixed", (21,), {}),
    ("remembered", (40.0,), {}),
    ("remembered", (True,), {}),
    ("logged", (None,), {}),
    ("spoilt", (3, 2.5), {}),
    ("spoilt", (3, 2**70), {}),
    ("spoilt", (3, "x"), {}),
    ("spoilt", (-1, True), {}),
    ("rebound", (5,), {}),
]
