"""Filters over signals given as lists of floats."""


def convolve1d(signal, kernel):
    """The values at which the kernel lies wholly inside the signal."""
    n, m = len(signal), len(kernel)
    out = []
    for i in range(n - m + 1):
        total = 0.0
        for j in range(m):
            total += signal[i + j] * kernel[m - 1 - j]
        out.append(total)
    return out


def moving_average(signal, window):
    if window <= 0:
        raise ValueError("window must be positive")
    out = []
    total = 0.0
    for i in range(len(signal)):
        total += signal[i]
        if i >= window:
            total -= signal[i - window]
        if i >= window - 1:
            out.append(total / window)
    return out


def diff(signal):
    return [signal[i + 1] - signal[i] for i in range(len(signal) - 1)]


def cumsum(signal):
    total = 0.0
    out = []
    for value in signal:
        total += value
        out.append(total)
    return out


def cross_correlate(a, b):
    """The full cross-correlation of two signals."""
    n, m = len(a), len(b)
    out = [0.0] * (n + m - 1)
    for i in range(n):
        for j in range(m):
            out[i - j + m - 1] += a[i] * b[j]
    return out


def peaks(signal, height):
    """Where the signal is higher than both neighbours and than `height`."""
    found = []
    for i in range(1, len(signal) - 1):
        if signal[i - 1] < signal[i] > signal[i + 1] and signal[i] > height:
            found.append(i)
    return found


def make_signal(n, seed):
    return [((i * i * 7 + seed * i) % 1000) / 500.0 - 1.0 for i in range(n)]


def main():
    checksum = 0.0
    for seed in range(12):
        signal = make_signal(30_000, seed)
        kernel = make_signal(31, seed + 10)
        filtered = convolve1d(signal, kernel)
        smooth = moving_average(filtered, 16)
        checksum += sum(cumsum(diff(smooth))) / len(smooth)
        checksum += max(cross_correlate(signal[:900], kernel)) + len(peaks(smooth, 0.5))
    print(f"checksum {checksum:.9f}")


if __name__ == "__main__":
    main()
