"""Two simulations: bodies that attract each other, and heat that spreads in a plate.

Plain NumPy: broadcasting, slices, reductions, einsum, in-place arithmetic, printing.
"""

import time

import numpy as np

np.set_printoptions(precision=6, suppress=True, linewidth=100)


def bodies(n):
    """Masses, positions and velocities on a spiral, the same on every machine."""
    turn = np.arange(n) * 2.399963
    radius = np.sqrt(np.arange(1, n + 1) / n)
    position = np.stack([radius * np.cos(turn), radius * np.sin(turn), 0.1 * np.cos(3 * turn)], axis=1)
    velocity = np.zeros_like(position)
    velocity[:, 0], velocity[:, 1] = -position[:, 1], position[:, 0]
    mass = 1.0 + (np.arange(n) % 5) / 5.0
    return mass / mass.sum(), position, velocity


def accelerations(mass, position, softening=0.05):
    apart = position[np.newaxis, :, :] - position[:, np.newaxis, :]
    distance2 = (apart**2).sum(axis=2) + softening**2
    pull = mass / (distance2 * np.sqrt(distance2))
    np.fill_diagonal(pull, 0.0)
    return np.einsum("ij,ijk->ik", pull, apart)


def energy(mass, position, velocity, softening=0.05):
    kinetic = 0.5 * np.sum(mass * (velocity**2).sum(axis=1))
    apart = position[None] - position[:, None]
    distance = np.sqrt((apart**2).sum(axis=-1) + softening**2)
    rows, columns = np.triu_indices(len(mass), k=1)
    return kinetic - np.sum(mass[rows] * mass[columns] / distance[rows, columns])


def simulate_bodies(n=220, steps=60, dt=0.01):
    mass, position, velocity = bodies(n)
    print("energy at start", np.round(energy(mass, position, velocity), 8))
    pull = accelerations(mass, position)
    for _ in range(steps):
        velocity += 0.5 * dt * pull
        position += dt * velocity
        pull = accelerations(mass, position)
        velocity += 0.5 * dt * pull
    print("energy at end  ", np.round(energy(mass, position, velocity), 8))
    centre = np.average(position, axis=0, weights=mass)
    print("centre of mass ", np.round(centre, 8) + 0.0)
    print("extent         ", np.ptp(position, axis=0))
    print("first bodies\n", position[:4], sep="")


def simulate_heat(n=600, steps=240):
    plate = np.zeros((n, n))
    plate[n // 3 : n // 2, n // 4 : n // 2] = 100.0
    plate[0, :] = np.linspace(0.0, 50.0, n)
    plate[-1, ::7] = -20.0
    for _ in range(steps):
        inner = plate[1:-1, 1:-1]
        change = plate[:-2, 1:-1] + plate[2:, 1:-1] + plate[1:-1, :-2] + plate[1:-1, 2:] - 4.0 * inner
        inner += 0.2 * change
    print("mean", np.round(plate.mean(), 8), "hottest", np.round(plate.max(), 8), "at",
          np.unravel_index(plate.argmax(), plate.shape))
    hot = plate > 50.0
    print("cells above 50:", np.count_nonzero(hot), "rows that have one:", hot.any(axis=1).sum())
    print("profile\n", plate[:: n // 8, n // 3], sep="")


def main():
    started = time.perf_counter()
    simulate_bodies()
    simulate_heat()
    print(f"seconds: {time.perf_counter() - started:.3f}")


if __name__ == "__main__":
    main()
