"""Whole numbers: exact at every size, floor division and modulo that round down, bits."""


class Count(int):
    """A whole number that is not an int."""


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def floor_table(values, divisor):
    out = []
    for v in values:
        out.append((v // divisor, v % divisor))
    return out


def power_mod(base, exponent, modulus):
    result = 1
    base %= modulus
    while exponent > 0:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def digit_sum(n):
    total = 0
    n = abs(n)
    while n > 0:
        n, digit = divmod(n, 10)
        total += digit
    return total


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def fibonacci(n: int) -> int:
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def lcg(seed, steps):
    state = seed
    for _ in range(steps):
        state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
    return state


def fnv1a(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h ^= byte
        h = (h * 0x100000001B3) % 2**64
    return h


def count_bits(n):
    count = 0
    while n:
        n &= n - 1
        count += 1
    return count


def integer_root(n):
    if n < 0:
        raise ValueError("root of a negative number")
    if n == 0:
        return 0
    x = 1 << ((n.bit_length() + 1) // 2)
    while True:
        y = (x + n // x) // 2
        if y >= x:
            return x
        x = y


def is_prime(n):
    if n < 2:
        return False
    if n % 2 == 0:
        return n == 2
    d = 3
    while d * d <= n:
        if n % d == 0:
            return False
        d += 2
    return True


def bit_mix(a, b):
    return (a & b, a | b, a ^ b, ~a, a << 3, b >> 2, -a, +b)


def shift_all(values, by):
    return [(v << by) >> 1 for v in values]


def extended_gcd(a, b):
    old_r, r = a, b
    old_s, s = 1, 0
    old_t, t = 0, 1
    while r != 0:
        q = old_r // r
        old_r, r = r, old_r - q * r
        old_s, s = s, old_s - q * s
        old_t, t = t, old_t - q * t
    return old_r, old_s, old_t


def signed_power(base, exponent):
    return base**exponent


def to_base(n, base):
    if n == 0:
        return [0]
    digits = []
    sign = -1 if n < 0 else 1
    n = abs(n)
    while n:
        digits.append(sign * (n % base))
        n //= base
    digits.reverse()
    return digits


def true_divide_all(values, divisor):
    return [v / divisor for v in values]


MASK64 = (1 << 64) - 1
ALL_BUT_LOW = ~0xFFFF


def splitmix(seed, count):
    state = seed & MASK64
    out = []
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & MASK64
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK64
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK64
        out.append(z ^ (z >> 31))
    return out


def high_bits_of_cube(x):
    return (x * x * x - x) & ALL_BUT_LOW


CASES = [
    ("splitmix", (7, 50), {}),
    ("splitmix", (2**64 - 1, 10), {}),
    ("high_bits_of_cube", (123456789,), {}),
    ("high_bits_of_cube", (-(2**30),), {}),
    ("gcd", (48, 18), {}),
    ("gcd", (1071, 462), {}),
    ("gcd", (-48, 18), {}),
    ("gcd", (17, 0), {}),
    ("floor_table", ([7, -7, 8, -8, 0, 13, -1], 3), {}),
    ("floor_table", ([7, -7, 8, -8, 0, 13, -1], -3), {}),
    ("floor_table", (list(range(-50, 50)), 7), {}),
    ("power_mod", (3, 200, 1000007), {}),
    ("power_mod", (123456789, 987654321, 998244353), {}),
    ("power_mod", (2, 10, 1 << 61), {}),
    ("digit_sum", (1234567,), {}),
    ("digit_sum", (-908,), {}),
    ("digit_sum", (0,), {}),
    ("factorial", (5,), {}),
    ("factorial", (20,), {}),
    ("factorial", (12,), {}),
    ("fibonacci", (10,), {}),
    ("fibonacci", (50,), {}),
    ("fibonacci", (90,), {}),
    ("lcg", (1, 100), {}),
    ("lcg", (12345, 7), {}),
    ("lcg", (2**63, 50), {}),
    ("fnv1a", (b"hello",), {}),
    ("fnv1a", (b"a longer piece of text",), {}),
    ("fnv1a", (bytes(range(256)),), {}),
    ("count_bits", (0b1011011,), {}),
    ("count_bits", (2**40 - 1,), {}),
    ("integer_root", (99,), {}),
    ("integer_root", (10**12,), {}),
    ("integer_root", (0,), {}),
    ("is_prime", (97,), {}),
    ("is_prime", (91,), {}),
    ("is_prime", (1000003,), {}),
    ("bit_mix", (12, 10), {}),
    ("bit_mix", (-12, 10), {}),
    ("bit_mix", (255, -256), {}),
    ("shift_all", ([1, 2, 3, -4], 5), {}),
    ("shift_all", ([1000, -1000], 0), {}),
    ("extended_gcd", (240, 46), {}),
    ("extended_gcd", (-240, 46), {}),
    ("signed_power", (3, 7), {}),
    ("signed_power", (-2, 9), {}),
    ("signed_power", (10, 0), {}),
    ("to_base", (255, 16), {}),
    ("to_base", (-37, 2), {}),
    ("true_divide_all", ([1, 2, 3, -7], 2), {}),
    ("true_divide_all", ([10, 9007199254740993], 3), {}),
]

EDGE = [
    ("gcd", (2**200, 6**80), {}),
    ("gcd", (0, 0), {}),
    ("gcd", (True, 5), {}),
    ("gcd", (4.5, 1.5), {}),
    ("gcd", ("a", 3), {}),
    ("gcd", (Count(12), Count(18)), {}),
    ("floor_table", ([1, 2], 0), {}),
    ("floor_table", ([2**63 - 1, -(2**63), 2**64], -1), {}),
    ("floor_table", ([-(2**63)], -1), {}),
    ("floor_table", ([7.5, -7.5], 2), {}),
    ("floor_table", ([True, False], 2), {}),
    ("floor_table", ([], 0), {}),
    ("power_mod", (2**70, 10, 2**65 + 1), {}),
    ("power_mod", (3, -1, 7), {}),
    ("power_mod", (3, 5, 0), {}),
    ("power_mod", (3, 5, -7), {}),
    ("digit_sum", (10**40 + 7,), {}),
    ("digit_sum", (True,), {}),
    ("digit_sum", (12.0,), {}),
    ("factorial", (21,), {}),
    ("factorial", (60,), {}),
    ("factorial", (-3,), {}),
    ("fibonacci", (93,), {}),
    ("fibonacci", (300,), {}),
    ("lcg", (-5, 20), {}),
    ("lcg", (2**100, 3), {}),
    ("fnv1a", (bytearray(b"xyz"),), {}),
    ("fnv1a", ([1, 2, 300, -1],), {}),
    ("fnv1a", ("text",), {}),
    ("count_bits", (2**90 - 1,), {}),
    ("integer_root", (-1,), {}),
    ("integer_root", (2**130,), {}),
    ("integer_root", (2**63 - 1,), {}),
    ("integer_root", (2.5,), {}),
    ("is_prime", (-7,), {}),
    ("is_prime", (True,), {}),
    ("is_prime", (Count(97),), {}),
    ("bit_mix", (2**63 - 1, -(2**63)), {}),
    ("bit_mix", (2**62, 1), {}),
    ("bit_mix", (True, False), {}),
    ("bit_mix", (1.0, 2), {}),
    ("shift_all", ([1, -1], 64), {}),
    ("shift_all", ([1], -1), {}),
    ("shift_all", ([0], 300), {}),
    ("extended_gcd", (2**80, 3**40), {}),
    ("signed_power", (2, -1), {}),
    ("signed_power", (0, -1), {}),
    ("signed_power", (2, 63), {}),
    ("signed_power", (-2, 63), {}),
    ("signed_power", (7, 100), {}),
    ("signed_power", (-8.0, 1 / 3), {}),
    ("signed_power", (True, True), {}),
    ("to_base", (10, 0), {}),
    ("to_base", (2**70, 10), {}),
    ("true_divide_all", ([2**60 + 1, 2**53 + 1], 7), {}),
    ("true_divide_all", ([10**400], 3), {}),
    ("true_divide_all", ([10**400, 10**390], 10**399), {}),
    ("true_divide_all", ([1], 0), {}),
    ("true_divide_all", ([0, -0], -5), {}),
    ("splitmix", (-1, 5), {}),
    ("splitmix", (2**200, 3), {}),
    ("splitmix", (True, True), {}),
    ("high_bits_of_cube", (2**60 + 12345,), {}),
    ("high_bits_of_cube", (-(2**42) - 1,), {}),
    ("high_bits_of_cube", (2**90,), {}),
]
