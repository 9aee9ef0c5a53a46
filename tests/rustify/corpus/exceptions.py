"""Exceptions as values, of the program's own classes, over finally, raised again."""

from contextlib import suppress


class AppError(Exception):
    pass


class ParseError(AppError):
    def __init__(self, msg, pos):
        super().__init__(msg)
        self.pos = pos


class Coded(ValueError):
    def __init__(self, code):
        self.code = code

    def __str__(self):
        return f"code {self.code}"


def safe_div(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        return None
    finally:
        a = 0


def parse_ints(texts):
    good, bad = [], []
    for t in texts:
        try:
            good.append(int(t))
        except ValueError as e:
            bad.append(str(e))
    return good, bad


def raise_from(x):
    try:
        return 10 // x
    except ZeroDivisionError as e:
        raise ValueError("bad x") from e


def custom_error(s):
    try:
        if not s:
            raise ParseError("empty", 0)
        return int(s)
    except ParseError as e:
        return e.pos - 1, str(e), e.args
    except AppError:
        return -2


def exc_args(d, k):
    try:
        return d[k]
    except KeyError as e:
        return "missing " + str(e.args[0]), repr(e)


def nested_try(xs, i):
    try:
        try:
            v = xs[i]
        except IndexError:
            v = xs[-1]
            raise
        else:
            v += 1
        finally:
            xs.append(0)
    except IndexError as e:
        return str(e)
    return v


def try_loop(xs):
    out = []
    for x in xs:
        try:
            if x == 0:
                continue
            if x < 0:
                break
            out.append(10 // x)
        finally:
            out.append(-1)
    else:
        out.append(99)
    return out


def checked(n):
    try:
        assert n > 0, f"n must be positive, got {n}"
    except AssertionError as e:
        return f"failed: {e}"
    return n


def finally_return(x):
    try:
        if x > 0:
            raise ValueError("a")
        return 1
    finally:
        return 2


def coded(x):
    try:
        raise Coded(x)
    except ValueError as e:
        return str(e), f"{e!s}"


def types_of(x):
    try:
        if x == 0:
            raise KeyError("k")
        if x == 1:
            raise ParseError("p", 3)
        return 1 / (x - 2)
    except Exception as e:
        return type(e).__name__, isinstance(e, AppError), str(e)


def reraise(xs):
    out = []
    for x in xs:
        try:
            try:
                out.append(1 // x)
            except ZeroDivisionError:
                out.append("inner")
                raise
        except ArithmeticError as e:
            out.append(str(e))
    return out


def reraise2(xs):
    try:
        try:
            return xs[10]
        except IndexError as e:
            try:
                xs[5] = 3
            except IndexError:
                pass
            raise e
    except LookupError as err:
        return str(err)


def retry(xs, n):
    tries = 0
    while True:
        tries += 1
        try:
            v = xs[tries]
            if v < 0:
                raise ValueError(f"negative {v}")
            return v, tries
        except ValueError as e:
            if tries >= n:
                return str(e), tries
        finally:
            xs.append(tries)


def uncaught(x):
    if x < 0:
        raise ParseError("neg", x)
    return x


def multi(x):
    try:
        return [1, 2, 3][x] // (x - 1)
    except (IndexError, ZeroDivisionError) as e:
        return type(e).__name__ + ": " + str(e)


def pops(xs):
    try:
        while True:
            xs.pop()
    except IndexError as e:
        return str(e)


def fin_order(n):
    log = []

    def f(k):
        try:
            log.append(("try", k))
            if k == 0:
                return "zero"
            return f(k - 1)
        finally:
            log.append(("fin", k))

    return f(n), log


def quiet_division(a, b, default=None):
    with suppress(ZeroDivisionError):
        return a / b
    return default


def quiet_total(texts):
    total = failed = 0
    for text in texts:
        with suppress(ValueError, TypeError):
            total += int(text)
            continue
        failed += 1
    return total, failed


CASES = [
    ("quiet_division", (1, 4), {}),
    ("quiet_division", (1.5, 0, -1), {}),
    ("quiet_total", (["1", "x", "3"],), {}),
    ("safe_div", (1, 2), {}),
    ("safe_div", (1, 0), {}),
    ("parse_ints", (["1", "x", "3"],), {}),
    ("raise_from", (3,), {}),
    ("custom_error", ("",), {}),
    ("custom_error", ("5",), {}),
    ("exc_args", ({"a": 1}, "b"), {}),
    ("exc_args", ({"a": "1"}, "a"), {}),
    ("nested_try", ([1, 2], 0), {}),
    ("nested_try", ([1, 2], 5), {}),
    ("try_loop", ([1, 0, 2],), {}),
    ("try_loop", ([1, -1, 2],), {}),
    ("checked", (4,), {}),
    ("checked", (-4,), {}),
    ("finally_return", (1,), {}),
    ("finally_return", (-1,), {}),
    ("coded", (3,), {}),
    ("types_of", (0,), {}),
    ("types_of", (1,), {}),
    ("types_of", (2,), {}),
    ("types_of", (3,), {}),
    ("reraise", ([1, 0, 2],), {}),
    ("reraise2", ([1],), {}),
    ("retry", ([0, -1, -2, 5], 3), {}),
    ("retry", ([0, -1, -2, 5], 2), {}),
    ("uncaught", (1,), {}),
    ("multi", (1,), {}),
    ("multi", (7,), {}),
    ("multi", (2,), {}),
    ("pops", ([1, 2],), {}),
    ("fin_order", (2,), {}),
]

EDGE = [
    ("quiet_division", ("a", 1), {}),
    ("quiet_total", ([None, "2", 1.5],), {}),
    ("quiet_total", ([[]],), {}),
    ("quiet_total", (5,), {}),
    ("uncaught", (-1,), {}),
    ("raise_from", (0,), {}),
    ("custom_error", ("zz",), {}),
    ("custom_error", (None,), {}),
    ("nested_try", ([], 0), {}),
    ("exc_args", ([1], 5), {}),
    ("exc_args", ({}, (1, 2)), {}),
    ("types_of", (2.0,), {}),
    ("retry", ([1], 1), {}),
    ("parse_ints", ([None],), {}),
    ("reraise", ([0.0],), {}),
    ("coded", (None,), {}),
    ("checked", ("a",), {}),
    ("multi", ("a",), {}),
    ("pops", ([],), {}),
    ("parse_ints", (["1" * 5000],), {}),
]
