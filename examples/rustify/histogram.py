"""Counting how many values of an array fall into each of a row of bins."""

import numpy as np


def histogram(values, bins, low, high):
    counts = np.zeros(bins, dtype=np.int64)
    width = (high - low) / bins
    for i in range(values.shape[0]):
        v = values[i]
        if v == high:
            counts[bins - 1] += 1
        elif low <= v < high:
            counts[int((v - low) / width)] += 1
    return counts


def cumulative(counts):
    out = np.zeros(len(counts), dtype=np.int64)
    total = 0
    for i in range(len(counts)):
        total += int(counts[i])
        out[i] = total
    return out


def histogram2d(x, y, bins):
    """Counts of pairs from the unit square."""
    counts = np.zeros((bins, bins), dtype=np.int64)
    for i in range(x.shape[0]):
        a = int(x[i] * bins)
        b = int(y[i] * bins)
        if 0 <= a < bins and 0 <= b < bins:
            counts[a, b] += 1
    return counts


def mode(counts):
    """The first of the fullest bins."""
    best = 0
    for i in range(1, len(counts)):
        if counts[i] > counts[best]:
            best = i
    return best


def main():
    values = np.arange(500_000, dtype=np.float64) * 0.618033988749895 % 1.0
    squared = values * values
    counts = histogram(squared, 50, 0.0, 1.0)
    table = histogram2d(values, squared, 20)
    print(f"checksum {mode(counts)} {cumulative(counts).sum()} {table.max()} {table.trace()}")


if __name__ == "__main__":
    main()
