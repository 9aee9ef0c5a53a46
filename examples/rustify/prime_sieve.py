"""Prime numbers by the sieve of Eratosthenes."""


def sieve(limit):
    """All primes up to `limit`."""
    if limit < 2:
        return []
    flags = [True] * (limit + 1)
    flags[0] = flags[1] = False
    i = 2
    while i * i <= limit:
        if flags[i]:
            for multiple in range(i * i, limit + 1, i):
                flags[multiple] = False
        i += 1
    return [n for n in range(limit + 1) if flags[n]]


def count_twins(primes):
    count = 0
    for i in range(1, len(primes)):
        if primes[i] - primes[i - 1] == 2:
            count += 1
    return count


def factorize(n, primes):
    """The prime factors of n, smallest first."""
    factors = []
    for p in primes:
        if p * p > n:
            break
        while n % p == 0:
            factors.append(p)
            n //= p
    if n > 1:
        factors.append(n)
    return factors


def totient(n, primes):
    """How many numbers below n share no factor with it."""
    result = n
    last = 0
    for p in factorize(n, primes):
        if p != last:
            result -= result // p
        last = p
    return result


def main():
    primes = sieve(2_000_000)
    total = count_twins(primes)
    for n in range(900_000, 940_000):
        total += len(factorize(n, primes))
    for n in range(50_000, 90_000):
        total += totient(n, primes)
    print(f"checksum {len(primes)} {primes[-1]} {total}")


if __name__ == "__main__":
    main()
