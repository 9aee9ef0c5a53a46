"""Pancake flips over all permutations of n numbers."""


def flips(permutation):
    """How many times the first p[0] + 1 numbers are turned round until 0 is in front."""
    p = permutation[:]
    count = 0
    first = p[0]
    while first:
        p[: first + 1] = p[first::-1]
        count += 1
        first = p[0]
    return count


def next_permutation(p, counts, n):
    """Step to the next permutation in place; False after the last one."""
    for i in range(1, n):
        first = p[0]
        for j in range(i):
            p[j] = p[j + 1]
        p[i] = first
        counts[i] -= 1
        if counts[i] >= 0:
            return True
        counts[i] = i
    return False


def fannkuch(n):
    """The checksum and the largest number of flips."""
    p = list(range(n))
    counts = list(range(n))
    checksum = 0
    largest = 0
    sign = 1
    while True:
        count = flips(p)
        if count > largest:
            largest = count
        checksum += sign * count
        sign = -sign
        if not next_permutation(p, counts, n):
            return checksum, largest


def main():
    checksum, largest = fannkuch(9)
    print(f"checksum {checksum} {largest}")


if __name__ == "__main__":
    main()
