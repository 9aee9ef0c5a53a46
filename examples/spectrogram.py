"""A spectrogram: what a recording sounds like from moment to moment.

The recording is made here: two minutes of a rising whistle, a bell that fades, a hum that wavers, and noise. Plain
NumPy: sliding windows, rfft over thousands of them, powers in decibels, ridges by argmax, fft2 and convolution by
transforms.
"""

import time

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

RATE = 8_000
WINDOW, HOP = 1024, 256


def noise(n, seed):
    """Pseudo-random numbers in [-1, 1) from integer arithmetic alone."""
    state = (np.arange(n, dtype=np.uint64) + np.uint64(seed)) * np.uint64(6364136223846793005)
    state ^= state >> np.uint64(33)
    state *= np.uint64(1442695040888963407)
    state ^= state >> np.uint64(29)
    return (state >> np.uint64(11)).astype(np.float64) / 2.0**52 - 1.0


def recording(seconds=120):
    t = np.arange(seconds * RATE) / RATE
    whistle = np.sin(2 * np.pi * (300 * t + 11 * t**2))
    bell = np.exp(-((t % 10) / 2)) * np.sin(2 * np.pi * 1234.5 * t)
    hum = 0.5 * np.sin(2 * np.pi * 120 * t + 3 * np.sin(2 * np.pi * 0.5 * t))
    return t, whistle + bell + hum + 0.2 * noise(len(t), 7)


def spectrogram(sound):
    """Power in decibels: a row for each moment, a column for each frequency."""
    frames = sliding_window_view(sound, WINDOW)[::HOP]
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    spectra = np.fft.rfft(frames * hann, axis=1)
    power = spectra.real**2 + spectra.imag**2
    return 10 * np.log10(power / hann.sum() ** 2 + 1e-12)


def main():
    start = time.perf_counter()
    t, sound = recording()
    levels = spectrogram(sound)
    pitch = np.fft.rfftfreq(WINDOW, 1 / RATE)
    moments = (np.arange(len(levels)) * HOP + WINDOW / 2) / RATE
    print(f"{len(sound)} samples, {levels.shape[0]} moments of {levels.shape[1]} frequencies")
    for at in range(0, len(levels), 400):
        loud = np.argsort(levels[at], kind="stable")[::-1][:4]
        names = " ".join(f"{pitch[i]:7.1f}" for i in np.sort(loud))
        print(f"{moments[at]:7.2f} s: {names} Hz, loudest {levels[at].max():.2f} dB")
    # The whistle: a line through the ridge above 2 kHz.
    high = pitch > 2_000
    late = moments > 85
    ridge = pitch[high][levels[late][:, high].argmax(axis=1)]
    slope, first = np.polyfit(moments[late], ridge, 1)
    print(f"the whistle rises by {slope:.2f} Hz a second from {first:.1f} Hz")
    # The whole recording at once: its strongest tones, and back again.
    whole = np.fft.rfft(sound)
    top = np.sort(np.argsort(np.abs(whole[: 200 * 120]), kind="stable")[::-1][:5]) / 120
    print("hum:", np.round(top, 3))
    print("back again within", f"{np.abs(np.fft.irfft(whole, len(sound)) - sound).max() < 1e-12}")
    # A smoother spectrogram, by a product of transforms over both axes.
    spot = np.zeros_like(levels)
    spot[:5, :3] = 1 / 15
    smooth = np.fft.irfft2(np.fft.rfft2(levels) * np.fft.rfft2(spot), s=levels.shape)
    print(f"smoothed: {smooth.mean():.4f} dB, from {smooth.min():.3f} to {smooth.max():.3f}")
    print(f"seconds: {time.perf_counter() - start:.3f}")


if __name__ == "__main__":
    main()
