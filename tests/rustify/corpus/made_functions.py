"""Functions that other functions have made, with what they took."""


def make_adder(n):
    def add(x):
        return x + n

    return add


def make_poly(a, b):
    c = a + b

    def poly(x, k=2):
        return a * x * x + b * x + c * k

    return poly


add_five = make_adder(5)
add_half = make_adder(0.5)
p12 = make_poly(1, 2)
p34 = make_poly(3, 4)


def use(x):
    return add_five(x) + add_half(x)


def nested(x):
    return p12(p34(x), k=3) - p34(1)


def loop(n):
    return [add_five(p12(i)) for i in range(n)]


CASES = [
    ("use", (3,), {}),
    ("nested", (2,), {}),
    ("loop", (5,), {}),
]

EDGE = [
    ("use", (1.5,), {}),
    ("use", ("a",), {}),
    ("nested", (2**70,), {}),
    ("loop", (0,), {}),
]
