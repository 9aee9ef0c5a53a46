"""Points are grouped, a curve is fitted, a colony lives: small data analysis.

Plain NumPy: broadcasting against a new axis, argmin, bincount with weights, structured
printing, matmul, elimination on slices, roll, unique, lexsort, boolean logic.
"""

import time

import numpy as np

np.set_printoptions(precision=5, suppress=True, linewidth=100)


def noise(n, seed):
    """Pseudo-random numbers in [-1, 1) from integer arithmetic alone."""
    state = (np.arange(n, dtype=np.uint64) + np.uint64(seed)) * np.uint64(6364136223846793005)
    state ^= state >> np.uint64(33)
    state *= np.uint64(1442695040888963407)
    state ^= state >> np.uint64(29)
    return (state >> np.uint64(11)).astype(np.float64) / 2.0**52 - 1.0


def points(n=30_000):
    centres = np.array([[0.0, 0.0], [4.0, 1.0], [-3.0, 3.0], [1.0, -4.0], [-4.0, -2.0]])
    which = np.arange(n) % len(centres)
    spread = np.column_stack([noise(n, 1) + noise(n, 2), noise(n, 3) + noise(n, 4)])
    return centres[which] + spread


def group(data, k=5, rounds=12):
    """Lloyd's algorithm from evenly spaced starting points."""
    centres = data[:: len(data) // k][:k].copy()
    centres += np.arange(k)[:, None] * 0.5
    for _ in range(rounds):
        distance2 = ((data[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
        nearest = distance2.argmin(axis=1)
        counts = np.bincount(nearest, minlength=k)
        sums = np.stack([np.bincount(nearest, weights=column, minlength=k) for column in data.T], axis=1)
        centres = np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], centres)
    order = np.lexsort((centres[:, 1], centres[:, 0]))
    return centres[order], counts[order]


def solve(matrix, right):
    """Elimination with row exchange; no linalg."""
    work = np.column_stack([matrix, right]).astype(float)
    n = len(matrix)
    for at in range(n):
        best = at + np.abs(work[at:, at]).argmax()
        work[[at, best]] = work[[best, at]]
        work[at] /= work[at, at]
        others = np.arange(n) != at
        work[others] -= np.outer(work[others, at], work[at])
    return work[:, n:].squeeze()


def fit(n=200_000):
    x = np.linspace(-1.0, 1.0, n)
    y = 0.5 - 2.0 * x + 3.0 * x**3 + 0.1 * noise(n, 9)
    basis = x[:, np.newaxis] ** np.arange(6)
    coefficients = solve(basis.T @ basis, basis.T @ y)
    left = y - basis @ coefficients
    return coefficients, np.sqrt(np.mean(left**2))


def colony(n=256, generations=60):
    alive = noise(n * n, 5).reshape(n, n) > 0.3
    history = []
    for _ in range(generations):
        neighbours = sum(np.roll(alive.astype(np.int8), (dy, dx), axis=(0, 1))
                         for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0))
        alive = (neighbours == 3) | (alive & (neighbours == 2))
        history.append(alive.sum())
    return alive, np.array(history)


def main():
    started = time.perf_counter()
    data = points()
    centres, counts = group(data)
    print("centres\n", centres, "\ncounts ", counts, sep="")
    print("spread ", data.std(axis=0), "median", np.sort(data, axis=0)[len(data) // 2])

    coefficients, rest = fit()
    print("coefficients", coefficients, "rest", np.round(rest, 6))

    alive, history = colony()
    print("alive", history[::10], "last", history[-1])
    print("busiest rows", np.argsort(-alive.sum(axis=1), kind="stable")[:6])
    blocks, times = np.unique(alive.reshape(64, 4, 64, 4).sum(axis=(1, 3)), return_counts=True)
    print("cells a block\n", np.array([blocks, times]), sep="")
    marks = np.where(alive[:6, :24], "#", ".")
    print("\n".join("".join(row) for row in marks))
    record = np.array([("first", 1, 0.5), ("second", 2, 1.25)], dtype=[("name", "U8"), ("n", "i4"), ("x", "f8")])
    print(record, record["x"].mean())
    print(f"seconds: {time.perf_counter() - started:.3f}")


if __name__ == "__main__":
    main()
