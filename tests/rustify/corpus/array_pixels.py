"""Arrays of small whole numbers: as indices, beside `None`, in tables of the module, and values stored by NumPy."""

import numpy as np


def h1(img):
    h = [0] * 256
    for v in img.ravel():
        h[v] += 1
    return h


def h2(img):
    h = [0] * 256
    for v in img:
        h[v] = h[v] + 1
    return h


def eqn(row):
    prev = None
    n = 0
    for v in row:
        if v == prev:
            n += 1
        prev = v
    return n


def k1(a):
    d = []
    for i in range(len(a)):
        s = 0.0
        s += a[i] * a[i]
        d.append((s, i))
    d.sort()
    return d


def k2(xs):
    votes = {}
    for x in xs:
        votes[x] = votes.get(x, 0) + 1
    return max(votes, key=votes.get)


LUT = np.array([int(255 * (i / 255) ** 0.5) for i in range(256)], dtype=np.uint8)
SX = np.array([[-1, 0, 1], [-2, 0, 2]])


def lut(img):
    out = np.zeros(img.shape, dtype=np.uint8)
    for i in range(img.shape[0]):
        for j in range(img.shape[1]):
            out[i, j] = LUT[img[i, j]]
    return out


def lut2(img):
    return LUT[img]


def sob(img):
    g = 0
    for i in range(2):
        for j in range(3):
            g += int(img[i, j]) * SX[i, j]
    return abs(g), -g


def integ(img):
    s = np.zeros((img.shape[0] + 1, img.shape[1] + 1), dtype=np.int64)
    for y in range(img.shape[0]):
        run = 0
        for x in range(img.shape[1]):
            run += img[y, x]
            s[y + 1, x + 1] = s[y, x + 1] + run
    return s


def dft(x):
    n = len(x)
    out = np.zeros(n, dtype=complex)
    for k in range(n):
        s = 0
        for t in range(n):
            s += x[t] * np.exp(-2j * np.pi * k * t / n)
        out[k] = s
    return out


def box(mask):
    ys, xs = np.where(mask)
    if len(ys) == 0:
        return None
    return int(ys.min()), xs.max(), np.count_nonzero(mask), mask.nonzero()[0].sum()


def joins(a, b):
    c = np.concatenate([a, b])
    d = np.concatenate((a, b))[::2]
    return c.sum(), d, np.stack([a, b]).shape, np.vstack((a, b)).T, np.hstack([a, a, b]), np.column_stack((a, b))[0]


def near(a, xs):
    d = []
    for i in range(len(a)):
        d.append((abs(a[i] - xs[0]), i))
    return sorted(d)[:2]


def misc(a):
    inside = np.isin(a, [1.0, a[0]])
    return (
        np.flatnonzero(a > 0.5),
        np.argwhere(a > 0.5),
        np.percentile(a, 50),
        inside,
        np.digitize(a, np.array([0.2, 0.5])),
    )


u = (np.arange(12, dtype="u1") * 20).reshape(3, 4)
xx = np.random.default_rng(3).random(8)
CASES = [
    ("h1", (np.arange(30, dtype="u1").reshape(5, 6),), {}),
    ("h2", (np.arange(30, dtype="u1"),), {}),
    ("eqn", (np.arange(30, dtype="u1") // 3,), {}),
    ("k1", (np.arange(5.0),), {}),
    ("k2", ([1, 2, 2, 3],), {}),
    ("lut", (u,), {}),
    ("lut2", (u,), {}),
    ("sob", (u,), {}),
    ("integ", (u.astype("i4"),), {}),
    ("dft", (xx,), {}),
    ("box", (u > 60,), {}),
    ("joins", (xx, xx[::-1]), {}),
    ("near", (xx, [0.5]), {}),
    ("misc", (xx,), {}),
]
EDGE = [
    ("lut", (u.astype(int) * 9,), {}),
    ("lut2", (u.astype(int) - 300,), {}),
    ("integ", (u * 50,), {}),
    ("box", (u > 600,), {}),
    ("joins", (xx, np.arange(8)), {}),
    ("joins", (xx, np.arange(3)), {}),
    ("near", ([1.0, float("nan"), 0.1], [0.5]), {}),
    ("near", (np.array([1.0, float("nan"), 0.1]), [0.5]), {}),
    ("near", ([2**60, 2**60 + 1, 0.1], [0]), {}),
    ("h1", (np.array([-1, 300]),), {}),
    ("h1", (np.array([-1, 255]),), {}),
    ("eqn", ([1, None, None, 1.0, 1],), {}),
    ("integ", (u.astype(complex),), {}),
    ("dft", (xx.astype("f4"),), {}),
    ("misc", (np.arange(4),), {}),
]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
