"""Scaling columns of numbers before they go into a model."""

import math


def standard_scale(values):
    """Mean 0 and standard deviation 1."""
    n = len(values)
    mean = 0.0
    for v in values:
        mean += v
    mean /= n
    variance = 0.0
    for v in values:
        variance += (v - mean) * (v - mean)
    std = math.sqrt(variance / n)
    return [(v - mean) / std for v in values]


def min_max_scale(values):
    """From 0 to 1."""
    low = min(values)
    high = max(values)
    span = high - low
    return [(v - low) / span for v in values]


def quantile(ordered, q):
    """Between the two nearest values of a sorted list."""
    position = q * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    part = position - below
    return ordered[below] * (1.0 - part) + ordered[above] * part


def robust_scale(values):
    """Median 0 and a distance of 1 between the quartiles."""
    ordered = sorted(values)
    median = quantile(ordered, 0.5)
    spread = quantile(ordered, 0.75) - quantile(ordered, 0.25)
    return [(v - median) / spread for v in values]


def l2_normalize(values):
    """Length 1."""
    total = 0.0
    for v in values:
        total += v * v
    norm = math.sqrt(total)
    return [v / norm for v in values]


def clip(values, low, high):
    return [low if v < low else high if v > high else v for v in values]


def make_column(n, seed):
    return [((i * 7919 + seed * 104729) % 10007) / 100.0 for i in range(n)]


def main():
    checksum = 0.0
    for seed in range(20):
        column = make_column(60_000, seed)
        for scaled in (standard_scale(column), min_max_scale(column), robust_scale(column), l2_normalize(column)):
            checksum += sum(clip(scaled, -0.9, 0.9)[: 20_000 + seed])
    print(f"checksum {checksum:.9f}")


if __name__ == "__main__":
    main()
