"""Running a case on one module, and comparing what the two modules did.

An outcome is plain data: the kind of result, its dtype, shape and bytes, the class of
the exception, and the warnings. Bytes must agree, except where a function is listed in
ULPS; any NaN equals any NaN.
"""

import struct
import sys
import warnings

#: Functions that no standard fixes to the last bit: allowed distance in units of the last place.
ULPS = {
    name: 4
    for name in """exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan arctan2 sinh cosh tanh
    arcsinh arccosh arctanh hypot logaddexp logaddexp2 power float_power cbrt""".split()
} | {"reciprocal": 1, "einsum": 4, "dot": 4, "matmul": 4, "vecdot": 4, "matvec": 4, "vecmat": 4, "inner": 4,
     "tensordot": 4, "std": 2, "var": 2,
     "absolute": 1, "fabs": 0}  # the modulus of complex numbers; of real ones it is exact anyway
#: Complex arithmetic may or may not be fused; measured on the modulus.
COMPLEX_ULPS = 8


def flat_values(module, array):
    """The elements as plain bytes in C order and native byte order."""
    array = module.asarray(array)
    if array.dtype.byteorder == ">":
        array = array.astype(array.dtype.newbyteorder("="))
    return array.tobytes()


def describe(module, value, depth=0):
    """Plain data about a result."""
    if isinstance(value, (tuple, list)) and depth < 3:
        return (type(value).__name__, [describe(module, item, depth + 1) for item in value])
    if isinstance(value, module.ndarray):
        if value.dtype.hasobject:
            return ("object array", value.shape, repr(value.tolist()))
        return ("array", value.dtype.str, value.shape, flat_values(module, value))
    if isinstance(value, module.generic):
        return ("scalar", type(value).__name__, value.dtype.str, flat_values(module, value))
    if isinstance(value, module.dtype):
        return ("dtype", value.str, value.char)
    return ("python", type(value).__name__, repr(value))


def observe(module, call):
    """(result or exception, warnings) of one call."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            answer = describe(module, call(module))
        except RecursionError:
            answer = ("raised", "RecursionError")
        except Exception as error:
            names = [cls.__name__ for cls in type(error).__mro__]
            answer = ("raised", names[0].replace("_ArrayMemoryError", "MemoryError"), str(error))
    return answer, sorted({(w.category.__name__, str(w.message)) for w in caught})


def ordered(bits, width):
    """Maps float bits to integers in which neighbours differ by one."""
    sign = 1 << (8 * width - 1)
    return bits if bits < sign else sign - bits


FLOAT_FORMATS = {"f2": ("e", "H", 2), "f4": ("f", "I", 4), "f8": ("d", "Q", 8)}


def within(left, right, dtype, ulps):
    """Whether all elements are equal, both NaN, or within so many units of the last place."""
    kind = dtype[1:]
    if kind in ("c8", "c16"):
        return complex_within(left, right, "f" if kind == "c8" else "d", max(ulps, COMPLEX_ULPS))
    if kind not in FLOAT_FORMATS:
        return left == right
    code, unsigned, width = FLOAT_FORMATS[kind]
    n = len(left) // width
    pairs = zip(struct.unpack(f"={n}{code}", left), struct.unpack(f"={n}{code}", right),
                struct.unpack(f"={n}{unsigned}", left), struct.unpack(f"={n}{unsigned}", right))
    for a, b, a_bits, b_bits in pairs:
        if a != a and b != b:
            continue
        if a_bits != b_bits and (ulps == 0 or abs(ordered(a_bits, width) - ordered(b_bits, width)) > ulps):
            return False
    return True


def complex_within(left, right, code, ulps):
    width = 4 if code == "f" else 8
    eps, tiny = (2.0**-23, 2.0**-126) if code == "f" else (2.0**-52, 2.0**-1022)
    n = len(left) // width
    a, b = struct.unpack(f"={n}{code}", left), struct.unpack(f"={n}{code}", right)
    for at in range(0, n, 2):
        x, y = a[at : at + 2], b[at : at + 2]
        size = max(abs(v) for v in (*x, *y) if v == v and abs(v) != float("inf")) if any(
            v == v and abs(v) != float("inf") for v in (*x, *y)) else 0.0
        for p, q in zip(x, y):
            if p == q or (p != p and q != q):
                continue
            if not abs(p - q) <= ulps * (eps * size + tiny * eps):
                return False
    return True


def without_signs_of_zero(answer):
    """The answer with 0.0 for every -0.0."""
    if answer[0] in ("tuple", "list"):
        return (answer[0], [without_signs_of_zero(item) for item in answer[1]])
    if answer[0] not in ("array", "scalar"):
        return answer
    kind = (answer[1] if answer[0] == "array" else answer[2])[1:]
    parts = {"c8": "f4", "c16": "f8"}.get(kind, kind)
    if parts not in FLOAT_FORMATS:
        return answer
    code, _, width = FLOAT_FORMATS[parts]
    negative = struct.pack(f"={code}", -0.0)
    raw = answer[-1]
    items = (raw[at : at + width] for at in range(0, len(raw), width))
    return (*answer[:-1], b"".join(bytes(width) if item == negative else item for item in items))


def masked(answer, left_open):
    """The answer with zero bytes where the value is left open."""
    raw = answer[-1]
    width = len(raw) // max(1, len(left_open))
    items = (bytes(width) if hide else raw[at * width : (at + 1) * width] for at, hide in enumerate(left_open))
    return (*answer[:-1], b"".join(items))


def same(ours, theirs, ulps):
    """Whether two described results agree."""
    if ours[0] != theirs[0]:
        return False
    if ours[0] == "raised":
        return ours[1] == theirs[1]
    if ours[0] in ("tuple", "list"):
        return len(ours[1]) == len(theirs[1]) and all(same(a, b, ulps) for a, b in zip(ours[1], theirs[1]))
    if ours[0] in ("array", "scalar"):
        dtype = ours[2] if ours[0] == "scalar" else ours[1]
        return ours[:-1] == theirs[:-1] and (
            ours[-1] == theirs[-1] or len(ours[-1]) == len(theirs[-1]) and within(ours[-1], theirs[-1], dtype, ulps))
    return ours == theirs


def shown(module, answer):
    """One line for a report."""
    if answer[0] == "array":
        values = module.frombuffer(answer[3], dtype=answer[1]) if answer[3] else []
        return f"array {answer[1]} {answer[2]} {str(values)[:160]}"
    if answer[0] == "scalar":
        return f"{answer[1]} {module.frombuffer(answer[3], dtype=answer[2])}"
    if answer[0] in ("tuple", "list"):
        return f"{answer[0]}({', '.join(shown(module, item) for item in answer[1])})"[:300]
    return " ".join(str(part) for part in answer)[:240]


def compare(ours_module, real_module, case):
    """None when both modules agree, else a few lines that say how they differ."""
    theirs, their_warnings = observe(real_module, case.call)
    ours, our_warnings = observe(ours_module, case.call)
    ignore_warnings = case.ignore_warnings
    if case.any_zero:
        ours, theirs = without_signs_of_zero(ours), without_signs_of_zero(theirs)
    if case.undefined and ours[0] == theirs[0] == "array":
        left_open = case.undefined(real_module).tobytes()
        ignore_warnings |= any(left_open)
        ours, theirs = masked(ours, left_open), masked(theirs, left_open)
    if same(ours, theirs, case.ulps):
        if our_warnings == their_warnings or ignore_warnings:
            return None
        return f"warnings: numpy {their_warnings}\n      warnings: ours  {our_warnings}"
    return f"numpy: {shown(real_module, theirs)}\n      ours:  {shown(real_module, ours)}"


def real_numpy():
    """The real NumPy, or an explanation."""
    try:
        import numpy
    except ImportError:
        sys.exit("the real NumPy is not installed: it is what ours is compared with")
    if numpy.__name__ != "numpy" or "numpy_rs" in (numpy.__file__ or ""):
        sys.exit("`numpy` is not the real NumPy in this process")
    return numpy
