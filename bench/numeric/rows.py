"""The frozen rows of the bench of the numerical modules: products, linalg, fft, random.

A row is only ever added or, with a decision record, removed; it is never edited, so that
results of two years can be laid side by side. Both sides run the same text; data come from
integer arithmetic, and the random rows draw from generators seeded alike.

`kind` says which bar holds (see BARS): the geometric mean of the kind, and the least of any row.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One timed statement; `name` is its identity in kept results."""

    name: str
    kind: str
    setup: str
    statement: str
    moved: int = 0


#: For each kind: the least geometric mean, and the least ratio of any row.
BARS = {"matmul": (1.5, 1.0), "linalg": (1.3, 0.9), "fft": (1.8, 1.0), "random": (1.3, 1.0)}

#: Numbers between -0.5 and 0.5 without a pattern: two moduli, and a square between them.
SCATTERED = "((np.arange({n}, dtype=np.int64) * 611953 % 1000003) ** 2 % 999983 / 999983.0 - 0.5)"


def matmul_rows():
    """Square products from 64 to 4000; what has no BLAS only up to 512."""
    sizes = {
        "float64": (64, 128, 256, 512, 1000, 2000, 4000),
        "float32": (64, 128, 256, 512, 1000, 2000, 4000),
        "complex128": (64, 128, 256, 512, 1000, 2000),
        "complex64": (64, 512),
        "int64": (64, 256, 512),
        "int32": (64, 256, 512),
        "int8": (64, 256),
        "float16": (64, 256),
    }
    rows = []
    for dtype, chosen in sizes.items():
        for n in chosen:
            # Sums of float16 stay below its largest number.
            left, right = (7, 5) if dtype == "float16" else (97, 89)
            setup = (
                f"i = np.arange({n * n}, dtype=np.int64); "
                f"a = (i * 7919 % {left}).astype(np.{dtype}).reshape({n}, {n}); "
                f"b = (i * 104729 % {right}).astype(np.{dtype}).reshape({n}, {n})"
            )
            rows.append(Row(f"matmul {n}/{dtype}", "matmul", setup, "a @ b"))
    stack = (
        f"a = {SCATTERED.format(n=1000 * 16 * 16)}.reshape(1000, 16, 16); "
        f"b = {SCATTERED.format(n=1000 * 16 * 16 + 7)}[7:].reshape(1000, 16, 16)"
    )
    rows.append(Row("matmul 1000x16/float64", "matmul", stack, "a @ b"))
    fours = stack + "; a = a[:, :4, :4].copy(); b = b[:, :4, :4].copy()"
    rows.append(Row("matmul 1000x4/float64", "matmul", fours, "a @ b"))
    return rows


def linalg_rows():
    """The decompositions on one matrix of n rows, and on a thousand of four."""
    calls = {
        "solve": "np.linalg.solve(a, b)",
        "inv": "np.linalg.inv(a)",
        "cholesky": "np.linalg.cholesky(p)",
        "qr": "np.linalg.qr(a)",
        "svd": "np.linalg.svd(a)",
        "eigh": "np.linalg.eigh(s)",
        "eig": "np.linalg.eig(a)",
    }
    stack = (
        f"a = {SCATTERED.format(n=16_000)}.reshape(1000, 4, 4); b = a[:, :, :1].copy(); "
        "s = a + a.transpose(0, 2, 1); p = a @ a.transpose(0, 2, 1) + np.eye(4)"
    )
    rows = []
    for name, statement in calls.items():
        for n in (4, 100, 500, 1000) if name == "solve" else (4, 100, 500):
            one = (
                f"a = {SCATTERED.format(n=n * n)}.reshape({n}, {n}); b = a[:, 0].copy(); "
                f"s = a + a.T; p = a @ a.T + np.eye({n})"
            )
            rows.append(Row(f"{name} {n}", "linalg", one, statement))
        rows.append(Row(f"{name} 1000x4", "linalg", stack, statement))
    return rows


def fft_rows():
    """Lengths that are powers of two, products of small primes, and primes; planes; many lanes; single precision."""
    rows = []

    def add(name, setup, statement):
        rows.append(Row(f"fft {name}", "fft", setup, statement))

    def real(n, dtype="float64"):
        return f"x = {SCATTERED.format(n=n)}.astype(np.{dtype})"

    def whole(n, dtype="complex128"):
        return f"x = ({SCATTERED.format(n=n)} + 1j * {SCATTERED.format(n=n + 5)}[5:]).astype(np.{dtype})"

    for power in (10, 12, 14, 16, 18, 20):
        n = 2**power
        add(f"fft 2^{power}", whole(n), "np.fft.fft(x)")
        add(f"ifft 2^{power}", whole(n), "np.fft.ifft(x)")
        add(f"rfft 2^{power}", real(n), "np.fft.rfft(x)")
        add(f"irfft 2^{power}", whole(n // 2 + 1), "np.fft.irfft(x)")
    for n in (1000, 100_000, 1009, 10_007, 100_003):
        add(f"fft {n}", whole(n), "np.fft.fft(x)")
        add(f"rfft {n}", real(n), "np.fft.rfft(x)")
    add("fft of real 2^16", real(2**16), "np.fft.fft(x)")
    for n in (2**10, 2**16, 2**20):
        add(f"fft {n}/complex64", whole(n, "complex64"), "np.fft.fft(x)")
        add(f"rfft {n}/float32", real(n, "float32"), "np.fft.rfft(x)")
    for n in (64, 512, 1024):
        add(f"fft2 {n}", whole(n * n) + f"; x = x.reshape({n}, {n})", "np.fft.fft2(x)")
        add(f"rfft2 {n}", real(n * n) + f"; x = x.reshape({n}, {n})", "np.fft.rfft2(x)")
    add("fftn 64x64x64", whole(64**3) + "; x = x.reshape(64, 64, 64)", "np.fft.fftn(x)")
    for lanes, n in ((10_000, 16), (1000, 256), (100, 4096)):
        add(f"fft {lanes} lanes of {n}", whole(lanes * n) + f"; x = x.reshape({lanes}, {n})", "np.fft.fft(x)")
        add(f"rfft {lanes} lanes of {n}", real(lanes * n) + f"; x = x.reshape({lanes}, {n})", "np.fft.rfft(x)")
    add("fft along axis 0 of 512x1000", whole(512_000) + "; x = x.reshape(512, 1000)", "np.fft.fft(x, axis=0)")
    return rows


def random_rows():
    """A hundred thousand numbers of each law, and orders of as many."""
    n = 100_000
    modern = {
        "random": "random({n})",
        "random/float32": "random({n}, dtype=np.float32)",
        "uniform": "uniform(-1.0, 3.0, {n})",
        "standard_normal": "standard_normal({n})",
        "standard_normal/float32": "standard_normal({n}, dtype=np.float32)",
        "normal": "normal(1.0, 2.0, {n})",
        "standard_exponential": "standard_exponential({n})",
        "standard_exponential/float32": "standard_exponential({n}, dtype=np.float32)",
        "exponential": "exponential(2.0, {n})",
        "integers 1000": "integers(0, 1000, {n})",
        "integers 2^40": "integers(0, 2**40, {n})",
        "integers all int64": "integers(-(2**63), 2**63 - 1, {n}, endpoint=True)",
        "integers 1000/int32": "integers(0, 1000, {n}, dtype=np.int32)",
        "integers 100/uint8": "integers(0, 100, {n}, dtype=np.uint8)",
        "integers/bool": "integers(0, 2, {n}, dtype=np.bool)",
        "gamma 2.5": "gamma(2.5, 2.0, {n})",
        "gamma 0.5": "gamma(0.5, 2.0, {n})",
        "standard_gamma/float32": "standard_gamma(2.5, {n}, dtype=np.float32)",
        "beta": "beta(2.0, 3.0, {n})",
        "chisquare": "chisquare(3.0, {n})",
        "f": "f(3.0, 5.0, {n})",
        "standard_t": "standard_t(4.0, {n})",
        "lognormal": "lognormal(0.0, 1.0, {n})",
        "laplace": "laplace(0.0, 1.0, {n})",
        "logistic": "logistic(0.0, 1.0, {n})",
        "gumbel": "gumbel(0.0, 1.0, {n})",
        "pareto": "pareto(2.0, {n})",
        "power": "power(2.0, {n})",
        "rayleigh": "rayleigh(2.0, {n})",
        "standard_cauchy": "standard_cauchy({n})",
        "triangular": "triangular(-1.0, 0.0, 2.0, {n})",
        "vonmises": "vonmises(0.0, 2.0, {n})",
        "wald": "wald(1.0, 2.0, {n})",
        "weibull": "weibull(1.5, {n})",
        "poisson 3": "poisson(3.0, {n})",
        "poisson 100": "poisson(100.0, {n})",
        "binomial 20": "binomial(20, 0.3, {n})",
        "binomial 1000": "binomial(1000, 0.4, {n})",
        "negative_binomial": "negative_binomial(5, 0.4, {n})",
        "geometric": "geometric(0.2, {n})",
        "geometric 0.5": "geometric(0.5, {n})",
        "hypergeometric": "hypergeometric(50, 60, 30, {n})",
        "logseries": "logseries(0.6, {n})",
        "zipf": "zipf(2.5, {n})",
        "choice": "choice(1000, {n})",
        "choice with p": "choice(4, {n}, p=[0.1, 0.2, 0.3, 0.4])",
        "choice without replacement": "choice({n}, 10_000, replace=False)",
        "permutation": "permutation({n})",
        "shuffle": "shuffle(x)",
        "permuted": "permuted(x)",
        "multinomial": "multinomial(20, [0.2, 0.3, 0.5], 20_000)",
        "dirichlet": "dirichlet([1.5, 2.5, 3.5], 20_000)",
        "multivariate_normal": "multivariate_normal([0.0, 1.0], [[2.0, 0.3], [0.3, 1.0]], 50_000)",
        "bytes": "bytes({n})",
    }
    legacy = {
        "random_sample": "random_sample({n})",
        "uniform": "uniform(-1.0, 3.0, {n})",
        "standard_normal": "standard_normal({n})",
        "normal": "normal(1.0, 2.0, {n})",
        "exponential": "exponential(2.0, {n})",
        "randint 1000": "randint(0, 1000, {n})",
        "gamma 2.5": "gamma(2.5, 2.0, {n})",
        "poisson 3": "poisson(3.0, {n})",
        "poisson 100": "poisson(100.0, {n})",
        "binomial 20": "binomial(20, 0.3, {n})",
        "binomial 1000": "binomial(1000, 0.4, {n})",
        "choice": "choice(1000, {n})",
        "permutation": "permutation({n})",
        "shuffle": "shuffle(x)",
    }
    setup = f"x = np.arange({n}); "
    rows = [
        Row(f"Generator {name}", "random", setup + "g = np.random.default_rng(12345)", "g." + call.format(n=n))
        for name, call in modern.items()
    ]
    rows += [
        Row(f"RandomState {name}", "random", setup + "g = np.random.RandomState(12345)", "g." + call.format(n=n))
        for name, call in legacy.items()
    ]
    for bits in ("MT19937", "PCG64DXSM", "Philox", "SFC64"):
        made = setup + f"g = np.random.Generator(np.random.{bits}(12345))"
        for call in ("random", "standard_normal"):
            rows.append(Row(f"{bits} {call}", "random", made, f"g.{call}({n})"))
    return rows


ROWS = matmul_rows() + linalg_rows() + fft_rows() + random_rows()
