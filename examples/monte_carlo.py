"""Simulations by random numbers: everything that is printed agrees bit for bit, so doubles are printed as hex.

A queue at a counter, a walk between two barriers, an estimate of pi, a bootstrap, and a fingerprint of a hundred
thousand numbers of each law, from `Generator` and from `RandomState`.
"""

import hashlib
import time

import numpy as np

N = 100_000
LAWS = {
    "random": (), "standard_normal": (), "standard_exponential": (), "normal": (1.0, 2.0), "uniform": (-1.0, 2.0),
    "gamma": (2.5, 2.0), "beta": (0.5, 0.7), "chisquare": (3.0,), "standard_t": (4.0,), "lognormal": (0.0, 0.5),
    "laplace": (0.0, 1.0), "weibull": (1.5,), "poisson": (3.5,), "binomial": (40, 0.3), "geometric": (0.2,),
    "hypergeometric": (50, 60, 30), "zipf": (2.5,), "vonmises": (0.0, 2.0), "wald": (1.0, 2.0), "triangular": (0, 1, 3),
}


def queue(rng, customers=200_000):
    """Waiting times at one counter, by Lindley's recurrence in closed form."""
    between, service = rng.exponential(1.0, customers), rng.exponential(0.8, customers)
    steps = np.cumsum(service[:-1] - between[1:])
    waits = steps - np.minimum.accumulate(np.minimum(steps, 0.0))
    return waits.mean(), waits.max(), (waits == 0).mean()


def walk(rng, walkers=4_000, steps=500, barrier=15.0):
    """How many walkers leave a corridor, and when on the average."""
    paths = np.cumsum(rng.standard_normal((walkers, steps)), axis=1)
    outside = np.abs(paths) > barrier
    left = outside.any(axis=1)
    return left.mean(), outside.argmax(axis=1)[left].mean(), paths[:, -1].var()


def pi(rng, darts=1_000_000):
    x, y = rng.random(darts), rng.random(darts)
    return 4 * (x * x + y * y < 1).mean()


def bootstrap(rng, rounds=400):
    """The spread of a median, from samples of a sample."""
    sample = np.sort(rng.gamma(2.0, 1.5, 999))
    medians = np.array([np.median(rng.choice(sample, len(sample))) for _ in range(rounds)])
    return np.median(sample), medians.std(), np.sort(medians)[rounds // 40]


def main():
    start = time.perf_counter()
    rng = np.random.default_rng(20261121)
    for simulation in (queue, walk, pi, bootstrap):
        answer = np.atleast_1d(simulation(rng))
        print(f"{simulation.__name__:10}", " ".join(float(v).hex() for v in answer))
    order = rng.permutation(N)
    cards = np.arange(52)
    rng.shuffle(cards)
    print("orders    ", order[:6], cards[:10], rng.integers(0, 10**12, 3), rng.choice(5, 3, replace=False))
    for name, parameters in LAWS.items():
        prints = []
        for source in (np.random.default_rng(7), np.random.RandomState(7)):
            if hasattr(source, name):
                drawn = getattr(source, name)(*parameters, size=N)
            else:
                drawn = source.random_sample(N)
            prints.append(hashlib.sha256(drawn.tobytes()).hexdigest()[:16])
        print(f"{name:20} {prints[0]}  {prints[1]}")
    print(f"seconds: {time.perf_counter() - start:.3f}")


if __name__ == "__main__":
    main()
