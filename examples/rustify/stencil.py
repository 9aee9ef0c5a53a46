"""Heat that spreads over a plate: each point becomes the mean of its neighbours."""

import numpy as np


def make_plate(rows, columns):
    plate = np.zeros((rows, columns))
    plate[0, :] = 100.0
    plate[:, 0] = 50.0
    return plate


def jacobi_step(plate):
    """One step into a new array."""
    rows, columns = plate.shape
    out = plate.copy()
    for i in range(1, rows - 1):
        for j in range(1, columns - 1):
            out[i, j] = 0.25 * (plate[i - 1, j] + plate[i + 1, j] + plate[i, j - 1] + plate[i, j + 1])
    return out


def gauss_seidel_step(plate):
    """One step in place; the largest change."""
    rows, columns = plate.shape
    largest = 0.0
    for i in range(1, rows - 1):
        for j in range(1, columns - 1):
            new = 0.25 * (plate[i - 1, j] + plate[i + 1, j] + plate[i, j - 1] + plate[i, j + 1])
            change = abs(new - plate[i, j])
            if change > largest:
                largest = change
            plate[i, j] = new
    return largest


def laplacian(plate):
    rows, columns = plate.shape
    out = np.zeros((rows, columns))
    for i in range(1, rows - 1):
        for j in range(1, columns - 1):
            around = plate[i - 1, j] + plate[i + 1, j] + plate[i, j - 1] + plate[i, j + 1]
            out[i, j] = around - 4.0 * plate[i, j]
    return out


def main():
    plate = make_plate(120, 90)
    for _ in range(40):
        plate = jacobi_step(plate)
    change = 0.0
    for _ in range(20):
        change = gauss_seidel_step(plate)
    rest = laplacian(plate)
    print(f"checksum {plate.sum():.9f} {change:.9f} {rest.min():.9f}")


if __name__ == "__main__":
    main()
