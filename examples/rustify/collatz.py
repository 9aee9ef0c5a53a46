"""Half or three times plus one: how long until 1."""


def collatz_length(n):
    if n < 1:
        raise ValueError("starts at 1")
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n //= 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps


def longest_below(limit):
    """The start below `limit` with the most steps, and how many."""
    best, best_steps = 1, 0
    for start in range(1, limit):
        steps = collatz_length(start)
        if steps > best_steps:
            best, best_steps = start, steps
    return best, best_steps


def collatz_peak(n):
    """The largest number on the way."""
    peak = n
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        if n > peak:
            peak = n
    return peak


def lengths_with_memory(limit):
    """The steps of every start below `limit`, each found from earlier ones."""
    known = {1: 0}
    for start in range(2, limit):
        path = []
        n = start
        while n not in known:
            path.append(n)
            n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps = known[n]
        for m in reversed(path):
            steps += 1
            known[m] = steps
    return [known[n] for n in range(1, limit)]


def main():
    best, steps = longest_below(100_000)
    peak = max(collatz_peak(n) for n in range(1, 10_000))
    total = sum(lengths_with_memory(60_000))
    print(f"checksum {best} {steps} {peak} {total}")


if __name__ == "__main__":
    main()
