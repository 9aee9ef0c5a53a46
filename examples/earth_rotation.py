"""The wandering of the Earth's pole and the length of its days since 1962, by least squares.

The data are the tables of the International Earth Rotation Service, as the package astropy-iers-data ships them:
one line for each day. The pole drifts, and circles with the year and with the Chandler period of about 433 days;
the day is longer or shorter with the seasons and the tides. Plain NumPy: loadtxt, lstsq, solve, qr, svd, eigh.
"""

import importlib.util
import pathlib
import time

import numpy as np

YEAR = 365.2422


def table():
    """Day (modified Julian), pole x and y in milliseconds of arc, excess length of day in milliseconds."""
    found = importlib.util.find_spec("astropy_iers_data")
    if found is None:
        raise SystemExit("pip install astropy-iers-data: the tables that this program fits")
    path = pathlib.Path(found.origin).parent / "data" / "eopc04.1962-now"
    day, x, y, excess = np.loadtxt(path, usecols=(4, 5, 6, 12), unpack=True)
    return day, 1000 * x, 1000 * y, 1000 * excess


def waves(t, *periods):
    """Columns for a trend and for a sine and a cosine of each period; `t` in days from the middle."""
    columns = [np.ones_like(t), t / 10_000]
    for period in periods:
        columns += [np.cos(2 * np.pi * t / period), np.sin(2 * np.pi * t / period)]
    return np.column_stack(columns)


def best_period(t, y, low, high):
    """The period between two bounds, in tenths of days, whose wave leaves the least."""
    periods = np.arange(low, high, 0.5)
    left = [np.linalg.lstsq(waves(t, YEAR, p), y, rcond=None)[1][0] for p in periods]
    return periods[np.argmin(left)]


def describe(name, t, y, periods):
    a = waves(t, *periods)
    fit, left, rank, s = np.linalg.lstsq(a, y, rcond=None)
    # The same by the normal equations and by QR, with the uncertainty of each number.
    normal = np.linalg.solve(a.T @ a, a.T @ y)
    q, r = np.linalg.qr(a)
    by_qr = np.linalg.solve(r, q.T @ y)
    error = np.sqrt(left[0] / (len(t) - rank) * np.diag(np.linalg.inv(a.T @ a)))
    assert np.allclose(fit, normal, rtol=1e-9, atol=1e-9) and np.allclose(fit, by_qr, rtol=1e-9, atol=1e-9)
    print(f"{name}: mean {fit[0]:.4f} +- {error[0]:.4f}, trend {fit[1]:.4f} in 10,000 days, "
          f"condition {s[0] / s[-1]:.4f}")
    for k, period in enumerate(periods):
        size = np.hypot(fit[2 + 2 * k], fit[3 + 2 * k])
        print(f"  period {period:8.2f} days: amplitude {size:8.4f} +- {error[2 + 2 * k]:.4f}")
    print(f"  left: {np.sqrt(left[0] / len(t)):.4f} of {y.std():.4f}")
    return y - a @ fit


def main():
    start = time.perf_counter()
    day, x, y, excess = table()
    t = day - day.mean()
    print(f"{len(t)} days, from {int(day[0])} to {int(day[-1])}")
    month = slice(None, None, 30)
    chandler = best_period(t[month], x[month], 425.0, 442.0)
    print(f"Chandler period {chandler:.1f} days")
    rest = np.column_stack([describe("pole x", t, x, (YEAR, chandler)), describe("pole y", t, y, (YEAR, chandler))])
    describe("length of day", t, excess, (YEAR, YEAR / 2, 27.5546, 13.6608))
    # What is left of the pole's way: its principal axes.
    values, axes = np.linalg.eigh(np.cov(rest.T))
    s = np.linalg.svd(rest - rest.mean(axis=0), compute_uv=False)
    print("axes of the rest:", np.round(np.sqrt(values), 4), np.round(np.sort(s) / np.sqrt(len(t) - 1), 4),
          f"turned by {np.degrees(np.arctan2(abs(axes[1, 1]), abs(axes[0, 1]))):.3f} degrees")
    print(f"seconds: {time.perf_counter() - start:.3f}")


if __name__ == "__main__":
    main()
