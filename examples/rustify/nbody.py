"""Five bodies under gravity: energy and steps in time."""

import math


def make_bodies():
    """Positions, speeds and masses of the sun and four planets, in lists."""
    positions = [
        [0.0, 0.0, 0.0],
        [4.84, -1.16, -0.10],
        [8.34, 4.12, -0.40],
        [12.89, -15.11, -0.22],
        [15.38, -25.92, 0.18],
    ]
    speeds = [
        [0.0, 0.0, 0.0],
        [0.61, 2.81, -0.02],
        [-1.01, 1.82, 0.01],
        [1.08, 0.87, -0.01],
        [0.98, 0.59, -0.03],
    ]
    masses = [39.47, 0.0377, 0.0113, 0.0017, 0.0020]
    return positions, speeds, masses


def advance(positions, speeds, masses, dt, steps):
    n = len(masses)
    for _ in range(steps):
        for i in range(n):
            pi, vi, mi = positions[i], speeds[i], masses[i]
            for j in range(i + 1, n):
                pj, vj, mj = positions[j], speeds[j], masses[j]
                dx = pi[0] - pj[0]
                dy = pi[1] - pj[1]
                dz = pi[2] - pj[2]
                d2 = dx * dx + dy * dy + dz * dz
                mag = dt / (d2 * math.sqrt(d2))
                vi[0] -= dx * mj * mag
                vi[1] -= dy * mj * mag
                vi[2] -= dz * mj * mag
                vj[0] += dx * mi * mag
                vj[1] += dy * mi * mag
                vj[2] += dz * mi * mag
        for i in range(n):
            p, v = positions[i], speeds[i]
            p[0] += dt * v[0]
            p[1] += dt * v[1]
            p[2] += dt * v[2]


def energy(positions, speeds, masses):
    total = 0.0
    for i in range(len(masses)):
        v = speeds[i]
        total += 0.5 * masses[i] * (v[0] ** 2 + v[1] ** 2 + v[2] ** 2)
        for j in range(i + 1, len(masses)):
            distance = 0.0
            for k in range(3):
                distance += (positions[i][k] - positions[j][k]) ** 2
            total -= masses[i] * masses[j] / math.sqrt(distance)
    return total


def offset_momentum(speeds, masses):
    """Let the sun move so that the whole stands still."""
    for k in range(3):
        momentum = 0.0
        for v, m in zip(speeds, masses):
            momentum += v[k] * m
        speeds[0][k] -= momentum / masses[0]


def main():
    positions, speeds, masses = make_bodies()
    offset_momentum(speeds, masses)
    before = energy(positions, speeds, masses)
    for _ in range(150):
        advance(positions, speeds, masses, 0.001, 1000)
    print(f"checksum {before:.9f} {energy(positions, speeds, masses):.9f}")


if __name__ == "__main__":
    main()
