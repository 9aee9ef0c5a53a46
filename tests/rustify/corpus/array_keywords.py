"""Arrays with keywords of NumPy, in one row, and by what their dtypes are called."""

import numpy as np

KERNEL = np.array([[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]) / 16.0
TABLE = np.arange(10)


def blur(img):
    h, w = img.shape
    res = np.zeros_like(img)
    for y in range(1, h - 1):
        for x in range(1, w - 1):
            s = 0.0
            for dy in range(-1, 2):
                for dx in range(-1, 2):
                    s += img[y + dy, x + dx] * KERNEL[dy + 1, dx + 1]
            res[y, x] = s
    return res


def table(i):
    return TABLE[i] + 1


def count(grid):
    n = 0
    for i in range(grid.shape[0]):
        for j in range(grid.shape[1]):
            n += grid[i, j]
    return n


def life_step(grid):
    n, m = grid.shape
    new = np.zeros((n, m), dtype=np.uint8)
    for i in range(n):
        for j in range(m):
            c = 0
            for di in (-1, 0, 1):
                for dj in (-1, 0, 1):
                    if di == 0 and dj == 0:
                        continue
                    c += grid[(i + di) % n, (j + dj) % m]
            if grid[i, j] == 1 and c in (2, 3):
                new[i, j] = 1
            elif grid[i, j] == 0 and c == 3:
                new[i, j] = 1
    return new


def complex_power(z):
    s = 0j
    for w in z:
        s += w * w.conjugate()
    return s.real


def f32sum(a):
    s = 0.0
    for i in range(len(a)):
        s += a[i]
    return s


def f32mean(a):
    s = 0
    for v in a:
        s += v
    return s / len(a)


def count_nonzero(a):
    n = 0
    for x in a.flat:
        if x:
            n += 1
    return n


def dims(a):
    return a.ndim, a.size, a.shape, a.T.shape, a.itemsize, a.nbytes


def dt(a):
    return str(a.dtype), a.dtype == np.float64, a.dtype.name, a.dtype.kind


def uniq(a):
    v, c = np.unique(a, return_counts=True)
    return dict(zip(v.tolist(), c.tolist()))


def out_add(a, b, out):
    np.add(a, b, out=out)
    np.multiply(out, 2, out=out)
    return out


def where_div(a, b):
    return np.divide(a, b, out=np.zeros_like(a), where=b != 0)


def from_lists(rows):
    a = np.array(rows, dtype=float)
    return a.sum(axis=1).tolist()


def zeros_like_use(a):
    return np.full_like(a, 3), np.zeros(a.shape, a.dtype), np.empty(3, dtype=a.dtype).shape


def names(a):
    return f"{a.dtype} {a.dtype.kind} {a.dtype.itemsize} {a.dtype!r}", str(a.dtype), a.__class__.__name__


def where_add(a, b, out):
    np.add(a, b, out=out, where=a > 0.5)
    return out.sum()


def inverse(a):
    v, i = np.unique(a, return_inverse=True)
    return v[i]


def scaled(a):
    np.multiply(a, 2.0, out=a)
    a += 1
    return a


x = np.random.default_rng(1).random(30)
m = x.reshape(6, 5)
u = (m > 0.5).astype(np.uint8)
CASES = [
    ("blur", (m,), {}),
    ("table", (3,), {}),
    ("count", (u,), {}),
    ("life_step", (u,), {}),
    ("complex_power", (x + 1j * x[::-1],), {}),
    ("f32sum", (x.astype("f4"),), {}),
    ("f32mean", (x.astype("f4"),), {}),
    ("count_nonzero", (u,), {}),
    ("dims", (m,), {}),
    ("dt", (m,), {}),
    ("uniq", (np.arange(9) % 4,), {}),
    ("out_add", (x, x, x.copy()), {}),
    ("where_div", (x, np.round(x)), {}),
    ("from_lists", ([[1, 2, 3], [4.5, 5, 6]],), {}),
    ("zeros_like_use", (m,), {}),
    ("names", (m,), {}),
    ("where_add", (x, x, x.copy()), {}),
    ("inverse", (np.arange(9) % 4,), {}),
    ("scaled", (x,), {}),
]
EDGE = [
    ("count", (np.full((5, 5), 100, np.uint8),), {}),
    ("blur", (np.arange(30).reshape(6, 5),), {}),
    ("f32sum", (np.full(5, 3e38, "f4"),), {}),
    ("life_step", (np.zeros((1, 1), np.uint8),), {}),
    ("count", (u[:0],), {}),
    ("f32sum", (x[:0].astype("f4"),), {}),
    ("scaled", (np.arange(4),), {}),
    ("out_add", (x, x[:3], x.copy()), {}),
    ("out_add", (x, x, x.copy()[:5]), {}),
    ("out_add", (x, x, np.zeros(30, int)), {}),
    ("out_add", (x, x, None), {}),
    ("out_add", (np.arange(5), np.arange(5), np.zeros(5)), {}),
    ("out_add", (x, np.full(30, np.inf), x.copy()), {}),
    ("where_div", (x, np.zeros(30)), {}),
    ("count_nonzero", (u.T,), {}),
    ("count_nonzero", (u[:, ::2],), {}),
]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
