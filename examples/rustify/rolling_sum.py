"""Sums, means and extremes of a window that moves over an array."""

import numpy as np


def rolling_sum(values, window):
    n = values.shape[0]
    out = np.zeros(n - window + 1)
    total = 0.0
    for i in range(n):
        total += values[i]
        if i >= window:
            total -= values[i - window]
        if i >= window - 1:
            out[i - window + 1] = total
    return out


def rolling_max(values, window):
    n = values.shape[0]
    out = np.zeros(n - window + 1)
    for i in range(n - window + 1):
        top = values[i]
        for j in range(i + 1, i + window):
            if values[j] > top:
                top = values[j]
        out[i] = top
    return out


def exponential_average(values, alpha):
    out = np.empty_like(values)
    current = values[0]
    for i in range(len(values)):
        current = alpha * values[i] + (1.0 - alpha) * current
        out[i] = current
    return out


def drawdown(values):
    """The largest fall from a high."""
    high = values[0]
    worst = 0.0
    for v in values:
        if v > high:
            high = v
        if high - v > worst:
            worst = high - v
    return worst


def main():
    values = np.arange(400_000, dtype=np.float64) * 0.7548776662466927 % 1.0 - 0.5
    sums = rolling_sum(values, 50)
    tops = rolling_max(values[:100_000], 20)
    smooth = exponential_average(values, 0.05)
    print(f"checksum {sums.sum():.6f} {tops.sum():.6f} {smooth.sum():.6f} {drawdown(sums):.9f}")


if __name__ == "__main__":
    main()
