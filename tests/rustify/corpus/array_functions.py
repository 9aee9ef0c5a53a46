"""Programs that use arrays as people write them: images, statistics, signals, neural nets, simulation."""

import numpy as np


def cubes(x):
    return x**3 + np.exp(x)


def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()


def softmax_rows(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def normalize_image(image, mean, std):
    return (image.astype(np.float32) / 255.0 - mean) / std


def gamma_correct(image, gamma):
    return np.clip((image / 255.0) ** gamma * 255.0, 0, 255).astype(np.uint8)


def grayscale(image):
    return 0.299 * image[..., 0] + 0.587 * image[..., 1] + 0.114 * image[..., 2]


def standard_scale(table):
    mean = table.mean(axis=0)
    std = table.std(axis=0)
    return (table - mean) / std


def min_max_scale(table):
    low = table.min(axis=0)
    high = table.max(axis=0)
    return (table - low) / (high - low)


def l2_normalize(table):
    norms = np.linalg.norm(table, axis=1, keepdims=True)
    return table / norms


def robust_scale(x):
    median = np.median(x)
    spread = np.percentile(x, 75) - np.percentile(x, 25)
    return (x - median) / spread


def moving_average(x, w):
    c = np.cumsum(x)
    c[w:] = c[w:] - c[:-w]
    return c[w - 1 :] / w


def convolve_valid(x, kernel):
    n = len(x) - len(kernel) + 1
    out = np.zeros(n)
    for i in range(n):
        out[i] = np.sum(x[i : i + len(kernel)] * kernel[::-1])
    return out


def pairwise_distances(a, b):
    d = a[:, None, :] - b[None, :, :]
    return np.sqrt((d**2).sum(axis=-1))


def nearest(points, centres):
    labels = np.empty(len(points), dtype=np.int64)
    for i in range(len(points)):
        d = ((centres - points[i]) ** 2).sum(axis=1)
        labels[i] = np.argmin(d)
    return labels


def centroids(points, labels, k):
    out = np.zeros((k, points.shape[1]))
    for c in range(k):
        mine = points[labels == c]
        if len(mine) > 0:
            out[c] = mine.mean(axis=0)
    return out


def dense_layer(x, w, b):
    return np.maximum(x @ w + b, 0.0)


def mse_gradient(x, y, w):
    error = x @ w - y
    return 2.0 * x.T @ error / len(y), np.mean(error**2)


def gradient_descent(x, y, rate, steps):
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        w -= rate * (x.T @ (x @ w - y)) / len(y)
    return w


def heat_step(u, alpha):
    return u[1:-1, 1:-1] + alpha * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4.0 * u[1:-1, 1:-1])


def mandelbrot(width, height, limit):
    out = np.zeros((height, width), dtype=np.int32)
    for j in range(height):
        for i in range(width):
            cr, ci = 3.0 * i / width - 2.0, 2.0 * j / height - 1.0
            zr = zi = 0.0
            n = 0
            while n < limit and zr * zr + zi * zi <= 4.0:
                zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
                n += 1
            out[j, i] = n
    return out


def autocorrelation(x, lag):
    d = x - x.mean()
    return float(np.dot(d[:-lag], d[lag:]) / np.dot(d, d))


def rms(x):
    return float(np.sqrt(np.mean(np.square(x))))


def zero_crossings(x):
    return int(np.sum(x[:-1] * x[1:] < 0))


def hann(n):
    k = np.arange(n)
    return 0.5 - 0.5 * np.cos(2.0 * np.pi * k / (n - 1))


def trapezoid(y, dx):
    return float(dx * (y[0] / 2 + y[1:-1].sum() + y[-1] / 2))


def polynomial_value(coefficients, x):
    result = np.zeros_like(x)
    for c in coefficients:
        result = result * x + c
    return result


def log_likelihood(x, mu, sigma):
    z = (x - mu) / sigma
    return -0.5 * np.sum(z * z) - len(x) * np.log(sigma) - 0.5 * len(x) * np.log(2 * np.pi)


def monte_carlo_pi(x, y):
    inside = x * x + y * y <= 1.0
    return 4.0 * inside.sum() / len(x)


def leaky_relu(x, slope):
    return np.where(x > 0, x, slope * x)


def cosine_similarity(a, b):
    return np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b))


def one_hot(labels, k):
    out = np.zeros((len(labels), k))
    out[np.arange(len(labels)), labels] = 1.0
    return out


def confusion(true, predicted, k):
    table = np.zeros((k, k), dtype=np.int64)
    for t, p in zip(true, predicted):
        table[t, p] += 1
    return table


def cumulative_max(x):
    out = x.copy()
    for i in range(1, len(out)):
        if out[i] < out[i - 1]:
            out[i] = out[i - 1]
    return out


def bilinear(image, y, x):
    y0, x0 = int(np.floor(y)), int(np.floor(x))
    dy, dx = y - y0, x - x0
    return (
        image[y0, x0] * (1 - dy) * (1 - dx)
        + image[y0 + 1, x0] * dy * (1 - dx)
        + image[y0, x0 + 1] * (1 - dy) * dx
        + image[y0 + 1, x0 + 1] * dy * dx
    )


def euler_orbit(position, velocity, dt, steps):
    p = position.copy()
    v = velocity.copy()
    for _ in range(steps):
        r = np.sqrt((p * p).sum())
        v -= dt * p / r**3
        p += dt * v
    return p, v


def threshold_count(image, level):
    return np.count_nonzero(image > level), (image > level).mean()


def sort_by(values, keys):
    return values[np.argsort(keys)]


def entropy(p):
    q = p[p > 0]
    return -np.sum(q * np.log2(q))


_X = np.array([1.0, -2.0, 4.0, 0.5, 8.0, -1.0])
_T = np.array([[1.5, -2.0, 0.25], [0.0, 4.0, 2.5], [2.0, 2.0, -1.0], [3.5, 1.0, 0.75]])
_IMG = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
_GREY = np.arange(20, dtype=np.uint8).reshape(4, 5) * 12
_W = np.array([[0.5, -1.0], [0.25, 2.0], [1.0, 0.0]])


def pairs_counted(a, b, n=None):
    if n is None:
        n = int(max(a.max(), b.max())) + 1
    counts = np.zeros((n, n), dtype=np.int64)
    for t, p in zip(a, b):
        counts[t, p] += 1
    return counts


def marked_columns(labels, n=None):
    if n is None:
        n = labels.max() + 1
    rows = np.zeros((labels.size, n))
    for i, k in enumerate(labels):
        rows[i, k] = 1
    return rows


CASES = [
    ("pairs_counted", (np.arange(9) % 3, np.arange(9) % 2), {}),
    ("pairs_counted", (np.arange(9) % 3, np.arange(9) % 2, 4), {}),
    ("marked_columns", (np.arange(7) % 4,), {}),
    ("marked_columns", (np.arange(7) % 4, 5), {}),
    ("cubes", (_X,), {}),
    ("softmax", (_X,), {}),
    ("softmax_rows", (_T,), {}),
    ("normalize_image", (_IMG, 0.5, 0.25), {}),
    ("gamma_correct", (_GREY, 2.2), {}),
    ("grayscale", (_IMG,), {}),
    ("standard_scale", (_T,), {}),
    ("min_max_scale", (_T,), {}),
    ("l2_normalize", (_T,), {}),
    ("robust_scale", (_X,), {}),
    ("moving_average", (_X, 2), {}),
    ("convolve_valid", (_X, np.array([1.0, 0.5, 0.25])), {}),
    ("pairwise_distances", (_T, _T[:2]), {}),
    ("nearest", (_T, _T[1:3]), {}),
    ("centroids", (_T, np.array([0, 1, 0, 1]), 2), {}),
    ("dense_layer", (_T, _W, np.array([0.5, -0.5])), {}),
    ("mse_gradient", (_T, np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.5, 0.25, -1.0])), {}),
    ("gradient_descent", (_T, np.array([1.0, 2.0, 3.0, 4.0]), 0.01, 5), {}),
    ("heat_step", (np.arange(30.0).reshape(5, 6) ** 2, 0.1), {}),
    ("mandelbrot", (12, 8, 40), {}),
    ("autocorrelation", (_X, 2), {}),
    ("rms", (_X,), {}),
    ("zero_crossings", (_X,), {}),
    ("hann", (9,), {}),
    ("trapezoid", (_X, 0.5), {}),
    ("polynomial_value", ([1.0, -2.0, 0.5], _X), {}),
    ("log_likelihood", (_X, 0.5, 2.0), {}),
    ("monte_carlo_pi", (np.array([0.1, 0.9, 0.5]), np.array([0.2, 0.8, 0.5])), {}),
    ("leaky_relu", (_X, 0.01), {}),
    ("cosine_similarity", (_X, _X[::-1].copy()), {}),
    ("one_hot", (np.array([2, 0, 1]), 3), {}),
    ("confusion", (np.array([0, 1, 1, 2]), np.array([0, 1, 2, 2]), 3), {}),
    ("cumulative_max", (_X,), {}),
    ("bilinear", (_T, 1.25, 0.5), {}),
    ("euler_orbit", (np.array([1.0, 0.0]), np.array([0.0, 1.0]), 0.01, 20), {}),
    ("threshold_count", (_GREY, 100), {}),
    ("sort_by", (_X, np.array([3, 1, 2, 0, 5, 4])), {}),
    ("entropy", (np.array([0.5, 0.25, 0.25, 0.0]),), {}),
]

EDGE = [
    ("pairs_counted", (np.arange(9) % 3, np.arange(9) % 2, 2), {}),
    ("pairs_counted", (np.arange(3), np.arange(3), 4.0), {}),
    ("pairs_counted", (np.arange(3) - 3, np.arange(3)), {}),
    ("marked_columns", (np.arange(0), 3), {}),
    ("marked_columns", (np.arange(3), -1), {}),
    ("marked_columns", (np.arange(3), "x"), {}),
    ("cubes", (np.linspace(0.1, 9.7, 1003)[::-1],), {}),
    ("cubes", (np.linspace(0.1, 9.7, 1200).reshape(30, 40).ravel()[::-3],), {}),
    ("softmax_rows", (_T[::-1, ::-1],), {}),
    ("softmax", (np.array([]),), {}),
    ("softmax", (np.array([np.inf, 1.0]),), {}),
    ("softmax", (np.array([-2000.0, 0.0]),), {}),
    ("softmax", (_T,), {}),
    ("softmax", (np.array([1, 2]),), {}),
    ("softmax_rows", (np.zeros((0, 3)),), {}),
    ("softmax_rows", (np.zeros((2, 0)),), {}),
    ("softmax_rows", (_T.astype(np.float32),), {}),
    ("normalize_image", (_IMG, np.array([0.5, 0.25, 0.125]), np.array([1.0, 2.0, 3.0])), {}),
    ("normalize_image", (_IMG, 0.5, 0.0), {}),
    ("normalize_image", (_GREY, 0.5, 0.5), {}),
    ("gamma_correct", (_GREY, 0.0), {}),
    ("gamma_correct", (_GREY, -1.0), {}),
    ("gamma_correct", (_GREY, 2.0), {}),
    ("gamma_correct", (_GREY, 0.5), {}),
    ("grayscale", (_GREY,), {}),
    ("standard_scale", (np.ones((2, 2)),), {}),
    ("standard_scale", (np.zeros((0, 2)),), {}),
    ("standard_scale", (_X,), {}),
    ("min_max_scale", (np.ones((2, 2)),), {}),
    ("min_max_scale", (np.arange(6).reshape(3, 2),), {}),
    ("l2_normalize", (np.zeros((2, 2)),), {}),
    ("l2_normalize", (np.array([[1e200, 1e200]]),), {}),
    ("robust_scale", (np.array([]),), {}),
    ("robust_scale", (np.array([np.nan, 1.0]),), {}),
    ("robust_scale", (np.array([1, 5, 9]),), {}),
    ("moving_average", (_X, 0), {}),
    ("moving_average", (_X, 9), {}),
    ("moving_average", (np.array([1, 2, 3]), 2), {}),
    ("convolve_valid", (np.array([1.0]), _X), {}),
    ("pairwise_distances", (_T, _X), {}),
    ("pairwise_distances", (np.zeros((0, 2)), np.zeros((3, 2))), {}),
    ("nearest", (np.zeros((0, 2)), np.zeros((1, 2))), {}),
    ("nearest", (_T, np.zeros((0, 3))), {}),
    ("centroids", (_T, np.array([0, 0, 0, 0]), 2), {}),
    ("centroids", (_T, np.array([0, 1]), 2), {}),
    ("dense_layer", (_T, _W.T, 0.0), {}),
    ("dense_layer", (_T[0], _W, 0.5), {}),
    ("mse_gradient", (_T, np.array([1.0]), np.array([1.0, 1.0, 1.0])), {}),
    ("gradient_descent", (_T, np.array([1.0, 2.0, 3.0, 4.0]), 1e200, 5), {}),
    ("gradient_descent", (_T, np.array([1, 2, 3, 4]), 0.01, 2), {}),
    ("heat_step", (np.zeros((2, 2)), 0.1), {}),
    ("heat_step", (_T, np.inf), {}),
    ("mandelbrot", (0, 1, 10), {}),
    ("mandelbrot", (2, 2, 0), {}),
    ("autocorrelation", (_X, 0), {}),
    ("autocorrelation", (np.ones(4), 1), {}),
    ("rms", (np.array([]),), {}),
    ("rms", (np.array([3, 4]),), {}),
    ("zero_crossings", (np.array([1.0]),), {}),
    ("hann", (1,), {}),
    ("hann", (0,), {}),
    ("trapezoid", (np.array([]), 1.0), {}),
    ("trapezoid", (np.array([1, 2, 3]), 1), {}),
    ("polynomial_value", ([], _X), {}),
    ("polynomial_value", ([1, 2], np.array([1, 2])), {}),
    ("polynomial_value", ([1.5, 2.0], np.array([1, 2])), {}),
    ("log_likelihood", (_X, 0.5, 0.0), {}),
    ("log_likelihood", (_X, 0.5, -1.0), {}),
    ("monte_carlo_pi", (np.array([]), np.array([])), {}),
    ("leaky_relu", (np.array([1, -1]), 0.5), {}),
    ("leaky_relu", (np.array([np.nan, -0.0]), 0.5), {}),
    ("cosine_similarity", (np.zeros(2), np.zeros(2)), {}),
    ("one_hot", (np.array([5]), 3), {}),
    ("one_hot", (np.array([-1]), 3), {}),
    ("confusion", (np.array([0]), np.array([7]), 3), {}),
    ("cumulative_max", (np.array([1.0, np.nan, 0.0]),), {}),
    ("bilinear", (_T, 3.0, 0.0), {}),
    ("bilinear", (_T, np.nan, 0.0), {}),
    ("bilinear", (_T, np.float64(1.25), np.float64(0.5)), {}),
    ("euler_orbit", (np.zeros(2), np.zeros(2), 0.1, 1), {}),
    ("euler_orbit", (np.array([1, 0]), np.array([0, 1]), 0.1, 1), {}),
    ("threshold_count", (np.zeros((0, 2), dtype=np.uint8), 1), {}),
    ("threshold_count", (_GREY, 300), {}),
    ("sort_by", (_X, np.array([1, 2])), {}),
    ("entropy", (np.array([0.0]),), {}),
]
