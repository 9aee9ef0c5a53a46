"""A module that gives one of its functions other code: its text does not say what that function does."""


def step(x):
    return x + 1


def walk(n):
    x = 0
    for _ in range(n):
        x = step(x)
    return x


def leap(x):
    return x * 2 + 1


step.__code__ = step.__code__.replace(co_consts=tuple(10 if c == 1 else c for c in step.__code__.co_consts))

CASES = [("walk", (3,), {}), ("step", (4,), {}), ("leap", (4,), {})]
EDGE = [("walk", (-1,), {}), ("step", (1.5,), {})]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
