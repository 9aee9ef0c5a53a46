"""Distances between points given as lists of floats."""

import math


def euclidean(a, b):
    """The straight-line distance between two points of equal dimension."""
    if len(a) != len(b):
        raise ValueError("points of different dimension")
    total = 0.0
    for i in range(len(a)):
        diff = a[i] - b[i]
        total += diff * diff
    return math.sqrt(total)


def manhattan(a, b):
    """The sum of the coordinates' distances."""
    if len(a) != len(b):
        raise ValueError("points of different dimension")
    return sum(abs(x - y) for x, y in zip(a, b))


def nearest(point, others):
    """The index of the point that is nearest to `point`, and its distance."""
    best, best_distance = -1, math.inf
    for i, other in enumerate(others):
        d = euclidean(point, other)
        if d < best_distance:
            best, best_distance = i, d
    return best, best_distance


def make_points(count, dimension, seed):
    """Points from a simple generator, the same on every machine."""
    state = seed
    points = []
    for _ in range(count):
        point = []
        for _ in range(dimension):
            state = (state * 1103515245 + 12345) % 2147483648
            point.append(state / 2147483648)
        points.append(point)
    return points


def main():
    points = make_points(400, 64, seed=1)
    checksum = 0.0
    for point in points[:200]:
        index, distance = nearest(point, points[200:])
        checksum += index + distance + manhattan(point, points[index])
    long_a, long_b = make_points(2, 50_000, seed=7)
    for _ in range(30):
        checksum += euclidean(long_a, long_b)
    print(f"checksum {checksum:.9f}")


if __name__ == "__main__":
    main()
