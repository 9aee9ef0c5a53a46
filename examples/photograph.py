"""A picture is made, blurred, sharpened, evened out, thresholded and measured.

Plain NumPy: uint8 and float32 arrays, convolution by shifted views, bincount, cumsum,
table look-up by fancy indexing, boolean masks, where, pad, percentiles by sorting.
"""

import time

import numpy as np

np.set_printoptions(precision=5, suppress=True, linewidth=100)


def picture(height=720, width=960):
    """Rings, a gradient and grain, as 8-bit grey."""
    y, x = np.mgrid[0:height, 0:width]
    rings = 60.0 * np.sin(np.hypot(x - width * 0.4, y - height * 0.6) / 17.0)
    gradient = 40.0 + 90.0 * x / width + 30.0 * y / height
    grain = (x * 7919 + y * 104729 + x * y * 31) % 23 - 11
    return np.clip(np.rint(gradient + rings + grain), 0, 255).astype(np.uint8)


def convolve(image, kernel):
    """Sum of shifted views, edges repeated."""
    high, wide = kernel.shape
    padded = np.pad(image.astype(np.float32), ((high // 2, high // 2), (wide // 2, wide // 2)), mode="edge")
    result = np.zeros(image.shape, dtype=np.float32)
    for (row, column), weight in np.ndenumerate(kernel):
        if weight != 0:
            result += np.float32(weight) * padded[row : row + image.shape[0], column : column + image.shape[1]]
    return result


def equalise(image):
    """Spreads the grey levels so that each is about as frequent."""
    counts = np.bincount(image.ravel(), minlength=256)
    cumulative = counts.cumsum()
    first = cumulative[np.flatnonzero(counts)[0]]
    table = np.rint((cumulative - first) * 255.0 / (image.size - first)).clip(0, 255).astype(np.uint8)
    return table[image]


def threshold(image):
    """Otsu's level: the one that separates two groups best."""
    counts = np.bincount(image.ravel(), minlength=256).astype(np.float64)
    levels = np.arange(256)
    below = counts.cumsum()
    above = below[-1] - below
    moment = (counts * levels).cumsum()
    ok = (below > 0) & (above > 0)
    apart = np.zeros(256)
    apart[ok] = below[ok] * above[ok] * (moment[ok] / below[ok] - (moment[-1] - moment[ok]) / above[ok]) ** 2
    return int(apart.argmax())


def main():
    started = time.perf_counter()
    image = picture()
    print("picture", image.shape, image.dtype, "mean", np.round(image.mean(), 6), "std", np.round(image.std(), 6))

    line = np.array([1, 4, 6, 4, 1], dtype=np.float32)
    blur = np.outer(line, line) / 256
    soft = convolve(image, blur)
    sharp = np.clip(image + 1.5 * (image - soft), 0, 255).astype(np.uint8)
    print("sharpened", sharp[100:103, 200:208], sep="\n")

    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    edges = np.hypot(convolve(soft, sobel), convolve(soft, sobel.T))
    print("edges: mean", np.round(edges.mean(dtype=np.float64), 4), "above 40:", (edges > 40).sum())

    even = equalise(sharp)
    level = threshold(even)
    bright = even > level
    print("level", level, "bright", bright.sum(), "of", bright.size)

    painted = np.where(bright[..., None], [255, 240, 200], [20, 30, 60]).astype(np.uint8)
    painted[edges > 40] = (255, 0, 0)
    print("colours", painted.reshape(-1, 3)[:: painted.size // 24], sep="\n")

    rows, columns = np.nonzero(bright)
    print("centre of light", np.round([rows.mean(), columns.mean()], 4))
    tiles = even[: 720 // 48 * 48, : 960 // 64 * 64].reshape(15, 48, 15, 64).swapaxes(1, 2)
    means = tiles.mean(axis=(2, 3))
    print("tiles", means[:3, :6], sep="\n")
    order = np.argsort(means, axis=None, kind="stable")
    print("darkest tiles", np.column_stack(np.unravel_index(order[:4], means.shape)).tolist())
    ranked = np.sort(even[::3, ::3], axis=None)
    print("quantiles", ranked[(np.array([0.05, 0.25, 0.5, 0.75, 0.95]) * ranked.size).astype(np.intp)])
    flipped = np.rot90(even[::-1, :])
    print("checksum", int((flipped.astype(np.int64) * (np.arange(flipped.shape[1]) % 251)).sum()), flipped.shape)
    print(f"seconds: {time.perf_counter() - started:.3f}")


if __name__ == "__main__":
    main()
