"""Edge calls made from ordinary ones: each argument in turn becomes something odd."""

import copy
import random

HUGE = 2**63
ODD = [
    None, True, False, 0, -1, 1, 2, HUGE - 1, HUGE, -HUGE, -HUGE - 1, 2**64, 2**200,
    0.0, -0.0, 0.5, -1.5, 1e308, 5e-324, float("inf"), float("-inf"), float("nan"), 1j,
    "", "a", "é😀", b"", b"ab", (), [], {}, set(), range(3), [1], [0.5], ["a"], [None], [[1]],
]  # fmt: skip


class Integer(int):
    pass


class Real(float):
    pass


class Text(str):
    pass


class Octets(bytes):
    pass


class Items(list):
    pass


class Pair(tuple):
    pass


class Table(dict):
    pass


class Bag(set):
    pass


SUBCLASS = {int: Integer, float: Real, str: Text, bytes: Octets, list: Items, tuple: Pair, dict: Table, set: Bag}


def variants(value):
    """Odd values that stand where `value` stood."""
    cls = type(value)
    if cls in SUBCLASS:
        yield SUBCLASS[cls](value)
    if cls is int:
        yield from (-value, float(value), value + 2**64)
    elif cls is float:
        yield from (-value, int(value) if value == value and abs(value) < 1e15 else 0)
    elif cls in (str, bytes):
        yield value * 2
        yield value[::-1]
    elif cls is list:
        yield tuple(value)
        yield value + value
        yield value[::-1]
        yield value[:1]
        for where in sorted({0, len(value) // 2, len(value) - 1}) if value else ():
            for odd in (None, True, 2**63, 2**70, -1, 0, 0.5, float("nan"), "a", (), [], Integer(3), Real(0.5)):
                changed = list(value)
                changed[where] = odd
                yield changed
            for inner in variants(value[where]) if type(value[where]) in (list, tuple, dict) else ():
                changed = list(value)
                changed[where] = inner
                yield changed
        if len(value) > 1 and type(value[0]) is list:
            yield [value[0]] * len(value)
    elif cls is tuple:
        yield list(value)
        yield value + value[:1]
        yield value[:-1]
        for where in range(min(len(value), 3)):
            for odd in (None, 2**63, 0.5, "a", []):
                yield value[:where] + (odd,) + value[where + 1 :]
    elif cls is dict:
        yield dict(reversed(list(value.items())))
        for key in list(value)[:2]:
            for odd in (None, 2**63, 0.5, "a"):
                yield {**value, key: odd}
        yield {**value, None: 1}
    elif hasattr(cls, "__array__") and hasattr(cls, "strides"):
        yield value.tolist()
        yield value[::-1] if value.ndim else value
        yield value.T
        yield value[:0] if value.ndim else value
        for dtype in ("float32", "int64", "uint8", "bool", ">f8", "object", "complex128"):
            if value.dtype.kind != "c":
                yield value.astype(dtype)
        if cls.__name__ == "ndarray":
            frozen = value.copy()
            frozen.flags.writeable = False
            yield frozen


def generated(cases, limit=40, seed=1):
    """Up to `limit` edge calls for each function named in `cases`, the same in each process."""
    calls = {}
    for name, args, kwargs in cases:
        args = args() if callable(args) else args
        found = calls.setdefault(name, [])
        for i, value in enumerate(args):
            for other in [*variants(value), *ODD]:
                found.append((name, args[:i] + (other,) + args[i + 1 :], kwargs))
        if args:
            found.append((name, args[:-1], kwargs))
            found.append((name, args + (args[0],), kwargs))
        for i in range(1, len(args)):
            if type(args[i]) is type(args[i - 1]):
                found.append((name, args[:i] + (args[i - 1],) + args[i + 1 :], kwargs))
    out = []
    for name, found in calls.items():
        source = random.Random(f"{seed} {name}")
        for call in source.sample(found, min(limit, len(found))):
            try:
                copy.deepcopy(call)
            except Exception:
                continue
            out.append(call)
    return out
