"""try, except, else, finally, raise, and exceptions of the module's own."""


class ParseError(Exception):
    """A text that does not read."""

    def __init__(self, position, text):
        super().__init__(f"at {position}: {text!r}")
        self.position = position


class LimitError(ValueError):
    pass


def safe_divide(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        return None


def parse_ints(words):
    good, bad = [], 0
    for word in words:
        try:
            good.append(int(word))
        except ValueError:
            bad += 1
    return good, bad


def divide_all(values, divisors):
    out = []
    for v, d in zip(values, divisors):
        try:
            q = v // d
        except ZeroDivisionError:
            out.append(0)
        else:
            out.append(q)
        finally:
            out.append(-1)
    return out


def checked_root(x):
    if x < 0:
        raise ValueError("negative: " + str(x))
    return x**0.5


def root_or_zero(x):
    try:
        return checked_root(x)
    except ValueError:
        return 0.0


def get_or_default(mapping, key, default):
    try:
        return mapping[key]
    except KeyError:
        return default


def nth(values, n):
    try:
        return values[n]
    except IndexError:
        return None


def limited_sum(values, limit):
    total = 0
    for v in values:
        total += v
        if total > limit:
            raise LimitError(f"{total} > {limit}")
    return total


def limited_or_flag(values, limit):
    try:
        return limited_sum(values, limit)
    except LimitError:
        return -1


def parse_expression(text):
    """Adds and subtracts digits such as `1+2-3`."""
    total = 0
    sign = 1
    for i, ch in enumerate(text):
        if ch.isdigit():
            total += sign * int(ch)
        elif ch == "+":
            sign = 1
        elif ch == "-":
            sign = -1
        else:
            raise ParseError(i, ch)
    return total


def try_expression(text):
    try:
        return parse_expression(text)
    except ParseError as error:
        return -error.position


def finally_order(n):
    log = []
    for i in range(n):
        try:
            if i % 3 == 0:
                continue
            if i == 7:
                break
            log.append(i)
        finally:
            log.append(-i)
    return log


def nested_handlers(values, i, d):
    try:
        try:
            return values[i] // d
        except IndexError:
            return values[0] // d
    except ZeroDivisionError:
        return -1


def several_kinds(value):
    try:
        return int(value) + 1
    except (ValueError, TypeError):
        return 0


def reraise(a, b):
    try:
        return a % b
    except ZeroDivisionError as e:
        raise ArithmeticError("no remainder") from e


def checked(values):
    assert len(values) > 0, "empty"
    assert all(v >= 0 for v in values)
    return sum(values) / len(values)


def undone_write(values, i):
    values[0] = 100
    values[i] = 200
    return values


CASES = [
    ("safe_divide", (1.0, 2.0), {}),
    ("safe_divide", (1.0, 0.0), {}),
    ("parse_ints", (["1", "x", "22", "-3", ""],), {}),
    ("parse_ints", (["5"],), {}),
    ("divide_all", ([7, 8, -9], [2, 0, 4]), {}),
    ("checked_root", (2.0,), {}),
    ("checked_root", (16.0,), {}),
    ("root_or_zero", (4.0,), {}),
    ("root_or_zero", (-4.0,), {}),
    ("get_or_default", ({"a": 1}, "a", 0), {}),
    ("get_or_default", ({"a": 1}, "b", 0), {}),
    ("nth", ([1, 2, 3], 1), {}),
    ("nth", ([1, 2, 3], 7), {}),
    ("nth", ([1, 2, 3], -1), {}),
    ("limited_sum", ([1, 2, 3], 10), {}),
    ("limited_or_flag", ([1, 2, 3], 10), {}),
    ("limited_or_flag", ([10, 20], 15), {}),
    ("parse_expression", ("1+2-4",), {}),
    ("try_expression", ("1+2",), {}),
    ("try_expression", ("1+*2",), {}),
    ("finally_order", (10,), {}),
    ("finally_order", (3,), {}),
    ("nested_handlers", ([8, 9], 1, 3), {}),
    ("nested_handlers", ([8, 9], 5, 3), {}),
    ("nested_handlers", ([8, 9], 5, 0), {}),
    ("several_kinds", ("41",), {}),
    ("several_kinds", ("x",), {}),
    ("reraise", (7, 3), {}),
    ("checked", ([1, 2, 3],), {}),
    ("undone_write", ([1, 2, 3], 2), {}),
    ("undone_write", ([1, 2, 3], -1), {}),
]

EDGE = [
    ("safe_divide", (1, 0), {}),
    ("safe_divide", ("a", 1), {}),
    ("safe_divide", (10**400, 1), {}),
    ("safe_divide", (1j, 0), {}),
    ("parse_ints", ([1.5, None],), {}),
    ("parse_ints", (["1", None],), {}),
    ("parse_ints", (["99999999999999999999", " 7 ", "٣"],), {}),
    ("divide_all", ([1.5], [0]), {}),
    ("divide_all", ([1], ["a"]), {}),
    ("divide_all", ([], []), {}),
    ("divide_all", ([-(2**63)], [-1]), {}),
    ("checked_root", (-1.0,), {}),
    ("checked_root", (-5,), {}),
    ("checked_root", ("a",), {}),
    ("checked_root", (float("nan"),), {}),
    ("root_or_zero", (None,), {}),
    ("root_or_zero", (2**80,), {}),
    ("get_or_default", ({}, [], 0), {}),
    ("get_or_default", ([1], 0, 9), {}),
    ("get_or_default", ([1], 5, 9), {}),
    ("get_or_default", ({1: "a"}, True, 0), {}),
    ("nth", ("abc", 1), {}),
    ("nth", ({1: 2}, 1), {}),
    ("nth", ({}, 1), {}),
    ("nth", ([1], 2**70), {}),
    ("nth", ([1], "a"), {}),
    ("limited_sum", ([10, 20], 15), {}),
    ("limited_sum", ([], 0), {}),
    ("limited_sum", (["a"], 0), {}),
    ("limited_or_flag", ([1.5, 2], 3), {}),
    ("limited_or_flag", ([None], 3), {}),
    ("parse_expression", ("1*2",), {}),
    ("parse_expression", ("",), {}),
    ("parse_expression", ("²",), {}),
    ("parse_expression", ("٣+1",), {}),
    ("try_expression", ("²+1",), {}),
    ("try_expression", (["1", "+", "x"],), {}),
    ("finally_order", (0,), {}),
    ("finally_order", (1.5,), {}),
    ("nested_handlers", ([], 0, 1), {}),
    ("nested_handlers", ([1], 0, "a"), {}),
    ("several_kinds", (None,), {}),
    ("several_kinds", (2.9,), {}),
    ("several_kinds", (float("inf"),), {}),
    ("several_kinds", ([],), {}),
    ("reraise", (1, 0), {}),
    ("reraise", (1.0, 0.0), {}),
    ("reraise", ("%d", 5), {}),
    ("checked", ([],), {}),
    ("checked", ([-1],), {}),
    ("checked", ([1.5, 2**70],), {}),
    ("undone_write", ([1, 2], 5), {}),
    ("undone_write", ([], 0), {}),
    ("undone_write", ((1, 2), 0), {}),
    ("undone_write", ({0: 1}, "k"), {}),
]
