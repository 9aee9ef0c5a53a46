"""The frozen rows of the bench: what is timed, on which data.

A row is only ever added or, with a decision record, removed; it is never edited, so
that results of two years can be laid side by side. Setup and statement are plain NumPy
source: both sides run the same text. Data come from integer arithmetic, so that no
random generator has to agree.

``moved`` is the least memory traffic of the statement in bytes (read each operand once,
write the result once). A row counts as limited by memory bandwidth when NumPy itself
reaches 70% of the copy rate measured in the same run; the report marks it.
"""

from dataclasses import dataclass

DTYPES = ("float64", "float32", "int64")
FLOATS = ("float64", "float32")
SIZES = (1_000, 10_000_000)
SHAPES = {1_000: (25, 40), 10_000_000: (2_500, 4_000)}


@dataclass(frozen=True)
class Row:
    """One timed statement; ``name`` is its identity in kept results."""

    name: str
    setup: str
    statement: str
    moved: int = 0


SMALL = "a = np.array([1.5, 2.5, 3.5]); b = np.array([4.0, 5.0, 6.0]); m = np.array([True, False, True])"


def overhead_rows():
    """Three elements: what a call costs besides the work."""
    statements = {
        "a+b": "a + b",
        "np.add": "np.add(a, b)",
        "sum": "np.sum(a)",
        "mean": "np.mean(a)",
        "clip": "np.clip(a, 2.0, 3.0)",
        "where": "np.where(m, a, b)",
        "concatenate": "np.concatenate((a, b))",
        "array([1,2,3])": "np.array([1, 2, 3])",
        "zeros(4)": "np.zeros(4)",
        "slicing": "a[1:3]",
        "scalar add": "s + t",
    }
    setup = SMALL + "; s = np.float64(1.5); t = np.float64(2.5)"
    return [Row(f"3/{name}", setup, statement) for name, statement in statements.items()]


def _vectors(n, dtype):
    """Four operands in (0, 100), a mask that is true for half, and scattered indices."""
    return (
        f"i = np.arange({n}, dtype=np.int64); "
        f"a = (i * 7919 % 97 + 1).astype(np.{dtype}); b = (i * 104729 % 89 + 1).astype(np.{dtype}); "
        f"c = (i * 611953 % 83 + 1).astype(np.{dtype}); d = (i * 15485863 % 79 + 1).astype(np.{dtype})"
    )


def vector_rows(n, dtype):
    """One-dimensional statements on n elements, and sums over a matrix of as many."""
    size = 4 if dtype == "float32" else 8
    data = _vectors(n, dtype)
    mask = data + "; m = (i * 2654435761 % 1000003) % 2 == 0"
    where_to = data + f"; k = i * 2654435761 % {n}"
    matrix = data + f"; x = a.reshape({SHAPES[n]})"
    cases = [
        ("copy", data, "a.copy()", 2 * size),
        ("add", data, "a + b", 3 * size),
        ("a*b+c*d", data, "a * b + c * d", 5 * size),
        ("sum axis 0", matrix, "x.sum(axis=0)", size),
        ("sum axis 1", matrix, "x.sum(axis=1)", size),
        ("less", data, "a < b", 2 * size + 1),
        ("equal", data, "a == b", 2 * size + 1),
        ("boolean mask", mask, "a[m]", size + 1 + size // 2),
        ("take", where_to, "np.take(a, k)", 2 * size + 8),
        ("where", mask, "np.where(m, a, b)", 3 * size + 1),
        ("cumsum", data, "np.cumsum(a)", 2 * size),
    ]
    if dtype in FLOATS:
        cases += [
            ("exp", data + "; a = a / 10", "np.exp(a)", 2 * size),
            ("log", data, "np.log(a)", 2 * size),
            ("sin", data, "np.sin(a)", 2 * size),
            ("sqrt", data, "np.sqrt(a)", 2 * size),
        ]
    return [Row(f"{n:.0e}/{dtype}/{name}".replace("e+0", "e"), setup, statement, moved * n)
            for name, setup, statement, moved in cases]


def matmul_rows():
    """Square products; integers, which have no BLAS, up to 512."""
    rows = []
    for n in (64, 512, 2000):
        for dtype in DTYPES:
            if dtype == "int64" and n == 2000:
                continue
            setup = (f"i = np.arange({n * n}, dtype=np.int64); "
                     f"a = (i * 7919 % 97).astype(np.{dtype}).reshape({n}, {n}); "
                     f"b = (i * 104729 % 89).astype(np.{dtype}).reshape({n}, {n})")
            rows.append(Row(f"matmul {n}/{dtype}", setup, "a @ b"))
    return rows


ROWS = (
    overhead_rows()
    + [row for n in SIZES for dtype in DTYPES for row in vector_rows(n, dtype)]
    + matmul_rows()
)

#: Bars: no row's interval may lie wholly under LOSER, and the mean of all must reach GOAL.
LOSER = 0.8
GOAL = 1.5
IMPORT_MS = 50.0
