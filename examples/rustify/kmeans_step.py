"""One step of k-means: give each point to the nearest centre, then move the centres."""

import numpy as np


def assign(points, centres):
    """The number of the nearest centre for each point."""
    n, d = points.shape
    k = centres.shape[0]
    labels = np.zeros(n, dtype=np.int64)
    for i in range(n):
        best = 0
        best_distance = float("inf")
        for c in range(k):
            distance = 0.0
            for j in range(d):
                diff = points[i, j] - centres[c, j]
                distance += diff * diff
            if distance < best_distance:
                best_distance = distance
                best = c
        labels[i] = best
    return labels


def move(points, labels, k):
    """The mean of the points of each label; a label without points stays at the origin."""
    d = points.shape[1]
    centres = np.zeros((k, d))
    counts = np.zeros(k)
    for i in range(points.shape[0]):
        label = labels[i]
        counts[label] += 1.0
        for j in range(d):
            centres[label, j] += points[i, j]
    for c in range(k):
        if counts[c] > 0.0:
            for j in range(d):
                centres[c, j] /= counts[c]
    return centres


def inertia(points, centres, labels):
    """The sum of squared distances to the own centre."""
    total = 0.0
    for i in range(points.shape[0]):
        for j in range(points.shape[1]):
            diff = points[i, j] - centres[labels[i], j]
            total += diff * diff
    return total


def kmeans_step(points, centres):
    labels = assign(points, centres)
    return move(points, labels, centres.shape[0]), labels


def main():
    points = (np.arange(2500 * 4, dtype=np.float64) * 1.37 % 10.1).reshape(2500, 4)
    centres = points[:6].copy()
    labels = np.zeros(2500, dtype=np.int64)
    for _ in range(20):
        centres, labels = kmeans_step(points, centres)
    print(f"checksum {inertia(points, centres, labels):.6f} {labels.sum()}")


if __name__ == "__main__":
    main()
