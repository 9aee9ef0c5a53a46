"""Matrices as lists of rows."""


def dot_product(a, b):
    total = 0.0
    for x, y in zip(a, b):
        total += x * y
    return total


def matmul(a, b):
    n, m, p = len(a), len(b), len(b[0])
    result = [[0.0] * p for _ in range(n)]
    for i in range(n):
        for j in range(p):
            total = 0.0
            for k in range(m):
                total += a[i][k] * b[k][j]
            result[i][j] = total
    return result


def transpose(a):
    return [[row[j] for row in a] for j in range(len(a[0]))]


def trace(a):
    return sum(a[i][i] for i in range(len(a)))


def identity(n):
    return [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]


def power(a, exponent):
    """`a` multiplied by itself, by repeated squaring."""
    result = identity(len(a))
    while exponent > 0:
        if exponent % 2 == 1:
            result = matmul(result, a)
        a = matmul(a, a)
        exponent //= 2
    return result


def make_matrix(rows, columns, seed):
    return [[((i * 31 + j * 17 + seed) % 101) / 1010.0 for j in range(columns)] for i in range(rows)]


def main():
    checksum = 0.0
    for seed in range(6):
        a = make_matrix(120, 100, seed)
        b = make_matrix(100, 90, seed + 5)
        c = matmul(a, b)
        checksum += trace(matmul(transpose(c), c))
        checksum += dot_product(c[0], c[-1])
    checksum += trace(power(make_matrix(60, 60, 3), 13))
    print(f"checksum {checksum:.9f}")


if __name__ == "__main__":
    main()
