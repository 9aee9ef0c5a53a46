"""Distances between all pairs of points, the rows of an array."""

import math

import numpy as np


def pairwise_distance(points):
    n, d = points.shape
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            total = 0.0
            for k in range(d):
                diff = points[i, k] - points[j, k]
                total += diff * diff
            out[i, j] = math.sqrt(total)
    return out


def cosine_similarity(a, b):
    dot = 0.0
    na = 0.0
    nb = 0.0
    for i in range(a.shape[0]):
        dot += a[i] * b[i]
        na += a[i] * a[i]
        nb += b[i] * b[i]
    return dot / (math.sqrt(na) * math.sqrt(nb))


def nearest_neighbours(distances):
    """For each point the index of the nearest other one."""
    n = distances.shape[0]
    out = np.zeros(n, dtype=np.int64)
    for i in range(n):
        best = -1
        for j in range(n):
            if j != i and (best < 0 or distances[i, j] < distances[i, best]):
                best = j
        out[i] = best
    return out


def count_within(distances, radius):
    count = 0
    for i in range(distances.shape[0]):
        for j in range(i + 1, distances.shape[1]):
            if distances[i, j] <= radius:
                count += 1
    return count


def main():
    points = (np.arange(360 * 12, dtype=np.float64) * 0.37 % 5.3).reshape(360, 12)
    distances = pairwise_distance(points)
    near = nearest_neighbours(distances)
    alike = 0.0
    for i in range(359):
        alike += cosine_similarity(points[i], points[i + 1])
    print(f"checksum {distances.sum():.6f} {near.sum()} {count_within(distances, 7.5)} {alike:.9f}")


if __name__ == "__main__":
    main()
