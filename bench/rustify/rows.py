"""The frozen rows of the bench of rustify: which kernel of which example, on which arguments.

A row is only ever added or, with a decision record, removed; it is never edited, so that
results of two years can be laid side by side. `arguments` is Python source that sees the
example as `m` and NumPy as `np`, and gives a tuple. Its data are never those of the example's
own `__main__`, on which rustify has profiled and measured.

`kind` says which bar holds: `scalar` and `array` rows together must reach Numba's better figure
in the geometric mean; `arithmetic` rows are lists that do arithmetic, at least 30 times CPython;
`single` is one pass over lists, at least 8 times; `other` rows have no bar of their own.
No row that runs in Rust may be slower than 1.05 times CPython.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One timed call; `name` is its identity in kept results."""

    name: str
    example: str
    function: str
    kind: str
    arguments: str


IMAGE = "[[(x * 7 + y * 13 + x * y) % 256 for x in range(96)] for y in range(64)]"
GRID = "np.sin(np.arange(64 * 72, dtype=np.float64)).reshape(64, 72)"
POINTS = "np.cos(np.arange(90 * 5, dtype=np.float64)).reshape(90, 5)"
VALUES = "np.sin(np.arange(20_000, dtype=np.float64) * 1.7)"
OPTIONS = "90.0 + np.arange({n}) % 37.0, 80.0 + np.arange({n}) % 41.0, 0.1 + np.arange({n}) % 3.0, 0.03, 0.25"
TEXT = "('a fresh text, of 12 words or so; it is not one that was seen. ' * 60)"
LIST = "[((i * 313 + 71) % 977) / 97.0 for i in range({n})]"

ROWS = [
    Row("collatz", "collatz", "longest_below", "scalar", "(1_500,)"),
    Row("mandelbrot", "mandelbrot", "mandelbrot", "scalar", "(40, 36, 150)"),
    Row("mandelbrot/complex", "mandelbrot", "escape_complex", "scalar", "(-0.1 + 0.65j, 3_000)"),
    Row("spectral_norm", "spectral_norm", "spectral_norm", "scalar", "(40, 4)"),
    Row("nbody", "nbody", "advance", "scalar", "(*m.make_bodies(), 0.003, 150)"),
    Row("fannkuch", "fannkuch", "fannkuch", "scalar", "(7,)"),
    Row("prime_sieve", "prime_sieve", "sieve", "scalar", "(70_001,)"),
    Row("stencil", "stencil", "jacobi_step", "array", f"({GRID},)"),
    Row("stencil/in place", "stencil", "gauss_seidel_step", "array", f"({GRID},)"),
    Row("pairwise_distance", "pairwise_distance", "pairwise_distance", "array", f"({POINTS},)"),
    Row("kmeans_step", "kmeans_step", "kmeans_step", "array", f"({POINTS}.repeat(6, axis=0), {POINTS}[:7].copy())"),
    Row("histogram", "histogram", "histogram", "array", f"({VALUES}, 33, -0.8, 0.9)"),
    Row("rolling_sum", "rolling_sum", "rolling_sum", "array", f"({VALUES}, 21)"),
    Row("rolling_sum/max", "rolling_sum", "rolling_max", "array", f"({VALUES}[:4_000], 15)"),
    Row("black_scholes", "black_scholes", "black_scholes", "array", f"({OPTIONS.format(n=50_000)})"),
    Row("black_scholes/one by one", "black_scholes", "call_prices", "array", f"({OPTIONS.format(n=3_000)})"),
    Row(
        "matrix_ops/matmul",
        "matrix_ops",
        "matmul",
        "arithmetic",
        "(m.make_matrix(45, 38, 77), m.make_matrix(38, 41, 9))",
    ),
    Row(
        "levenshtein",
        "levenshtein",
        "levenshtein",
        "arithmetic",
        "('kitten sitting on a mitten ' * 6, 'smitten by knitting kittens ' * 6)",
    ),
    Row("data_pipeline/running_mean", "data_pipeline", "running_mean", "arithmetic", f"({LIST.format(n=6_000)}, 13)"),
    Row(
        "signal_processing/convolve1d",
        "signal_processing",
        "convolve1d",
        "other",
        f"({LIST.format(n=4_000)}, {LIST.format(n=19)})",
    ),
    Row(
        "signal_processing/cross_correlate",
        "signal_processing",
        "cross_correlate",
        "other",
        f"({LIST.format(n=400)}, {LIST.format(n=120)})",
    ),
    Row(
        "signal_processing/moving_average",
        "signal_processing",
        "moving_average",
        "other",
        f"({LIST.format(n=20_000)}, 9)",
    ),
    Row("signal_processing/diff", "signal_processing", "diff", "other", f"({LIST.format(n=20_000)},)"),
    Row("signal_processing/cumsum", "signal_processing", "cumsum", "other", f"({LIST.format(n=20_000)},)"),
    Row("euclidean", "euclidean", "euclidean", "single", f"({LIST.format(n=30_000)}, {LIST.format(n=30_000)}[::-1])"),
    Row(
        "matrix_ops/dot_product",
        "matrix_ops",
        "dot_product",
        "other",
        f"({LIST.format(n=30_000)}, {LIST.format(n=30_000)}[::-1])",
    ),
    Row("image_preprocess/normalize_pixels", "image_preprocess", "normalize_pixels", "other", f"({IMAGE}, 0.5, 0.25)"),
    Row("image_preprocess/apply_gamma", "image_preprocess", "apply_gamma", "other", f"({IMAGE}, 1.7)"),
    Row("image_preprocess/box_blur", "image_preprocess", "box_blur", "other", f"({IMAGE},)"),
    Row("scalers/standard_scale", "scalers", "standard_scale", "other", f"({LIST.format(n=20_000)},)"),
    Row("scalers/min_max_scale", "scalers", "min_max_scale", "other", f"({LIST.format(n=20_000)},)"),
    Row("scalers/robust_scale", "scalers", "robust_scale", "other", f"({LIST.format(n=20_000)},)"),
    Row("scalers/l2_normalize", "scalers", "l2_normalize", "other", f"({LIST.format(n=20_000)},)"),
    Row("slow_tokenizer/tokenize", "slow_tokenizer", "tokenize", "other", f"({TEXT},)"),
    Row("slow_tokenizer/build_vocab", "slow_tokenizer", "build_vocab", "other", f"(m.tokenize({TEXT}), 2)"),
    Row("bpe_tokenizer/count_pairs", "bpe_tokenizer", "count_pairs", "other", f"(list({TEXT}.encode()),)"),
    Row("bpe_tokenizer/train", "bpe_tokenizer", "train", "other", f"({TEXT}.encode()[:1_500], 12)"),
    Row(
        "bpe_tokenizer/bpe_encode",
        "bpe_tokenizer",
        "bpe_encode",
        "other",
        f"({TEXT}.encode(), m.train({TEXT}.encode()[:900], 12))",
    ),
    Row(
        "data_pipeline/parse_csv_row",
        "data_pipeline",
        "parse_csv_row",
        "other",
        '(\'one,"two, ""and"" more",,3.25,\' * 9,)',
    ),
    Row("data_pipeline/zscore_normalize", "data_pipeline", "zscore_normalize", "other", f"({LIST.format(n=20_000)},)"),
]
