"""Preparing greyscale images, rows of whole numbers from 0 to 255, for a model."""


def normalize_pixels(image, mean, std):
    """Pixels scaled to 0..1, then centred and divided by the spread."""
    return [[(pixel / 255.0 - mean) / std for pixel in row] for row in image]


def apply_gamma(image, gamma):
    """Brighter or darker by a power law, through a table of 256 values."""
    table = [round((i / 255.0) ** gamma * 255.0) for i in range(256)]
    return [[table[pixel] for pixel in row] for row in image]


def channel_mean(image):
    total = 0
    count = 0
    for row in image:
        for pixel in row:
            total += pixel
            count += 1
    return total / count


def box_blur(image):
    """Each inner pixel becomes the mean of its nine neighbours."""
    height, width = len(image), len(image[0])
    out = [row[:] for row in image]
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            total = 0
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    total += image[y + dy][x + dx]
            out[y][x] = total // 9
    return out


def equalize(image):
    """Spread the brightness evenly over 0..255."""
    counts = [0] * 256
    for row in image:
        for pixel in row:
            counts[pixel] += 1
    total = sum(counts)
    running = 0
    table = []
    for c in counts:
        running += c
        table.append(running * 255 // total)
    return [[table[pixel] for pixel in row] for row in image]


def make_image(width, height, seed):
    return [[(x * y + seed * x + 3 * y) % 256 for x in range(width)] for y in range(height)]


def main():
    checksum = 0.0
    for seed in range(20):
        image = make_image(240, 160, seed)
        blurred = box_blur(apply_gamma(image, 2.2))
        flat = equalize(blurred)
        normal = normalize_pixels(flat, 0.45, 0.225)
        checksum += channel_mean(flat) + sum(normal[seed * 7])
    print(f"checksum {checksum:.9f}")


if __name__ == "__main__":
    main()
