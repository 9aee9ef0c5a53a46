"""The Mandelbrot set, as counts of steps until a point escapes."""


def escape(cr, ci, limit):
    """How many steps a point stays inside, with real and imaginary parts apart."""
    zr = zi = 0.0
    for i in range(limit):
        zr2 = zr * zr
        zi2 = zi * zi
        if zr2 + zi2 > 4.0:
            return i
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
    return limit


def escape_complex(c, limit):
    """The same with complex numbers."""
    z = 0j
    for i in range(limit):
        if abs(z) > 2.0:
            return i
        z = z * z + c
    return limit


def mandelbrot(width, height, limit):
    rows = []
    for y in range(height):
        ci = 2.0 * y / height - 1.0
        row = []
        for x in range(width):
            row.append(escape(3.0 * x / width - 2.0, ci, limit))
        rows.append(row)
    return rows


def draw(rows, limit):
    """The picture as text."""
    shades = " .:-=+*#%@"
    lines = []
    for row in rows:
        lines.append("".join(shades[n * 9 // limit] for n in row))
    return "\n".join(lines)


def main():
    rows = mandelbrot(480, 320, 100)
    total = sum(sum(row) for row in rows)
    for k in range(6000):
        total += escape_complex(complex(-2.0 + k * 0.001, k * 0.0003), 60)
    print(f"checksum {total} {draw(rows, 100).count('@')}")


if __name__ == "__main__":
    main()
