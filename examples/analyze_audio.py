#!/usr/bin/env python3
"""Sound is measured, drawn, resampled, normalised, faded and saved.

    python examples/analyze_audio.py [voice.wav] [--out FOLDER]

Without a file a sentence of vowels is made up first. `numpy_rs.audio` reads, measures and changes the sound;
matplotlib, where it is installed, draws the waveform and the spectrogram.
"""

import argparse
import pathlib
import time

import numpy_rs as np
from numpy_rs import audio

TARGET_HZ = 24000
#: Vowels by their resonances in Hz.
VOWELS = {"a": (730, 1090, 2440), "i": (270, 2290, 3010), "o": (570, 840, 2410), "e": (530, 1840, 2480)}


def made_up_voice(rate=44100):
    """Four vowels with pauses between them, as float32."""
    parts = []
    for at, resonances in enumerate(VOWELS.values()):
        seconds = np.arange(int(0.45 * rate)) / rate
        pitch = 118.0 + 12.0 * np.sin(2 * np.pi * 4.5 * seconds) - 6.0 * at
        turns = 2 * np.pi * np.cumsum(pitch) / rate
        voice = np.zeros(len(seconds))
        for harmonic in range(1, 40):
            hz = 118.0 * harmonic
            loudness = sum(1.0 / (1.0 + ((hz - peak) / 90.0) ** 2) for peak in resonances)
            voice += loudness / harmonic**0.3 * np.sin(harmonic * turns)
        parts.append(audio.apply_fade(voice, rate, 40, 120, curve="cosine"))
        parts.append(np.zeros(int(0.15 * rate)))
    return audio.normalize(np.concatenate(parts).astype(np.float32), target_db=-9.0)


def spectrogram(sound, rate, window_s=0.025, step_s=0.005):
    """Levels in dB `(frequencies, times)`, frequencies in Hz, times in seconds."""
    window, step = int(window_s * rate), int(step_s * rate)
    frames = np.lib.stride_tricks.sliding_window_view(sound, window)[::step]
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(window).astype(np.float32), axis=1))
    levels = 20 * np.log10(np.maximum(spectrum.T, 1e-6))
    return levels, np.fft.rfftfreq(window, 1 / rate), np.arange(len(frames)) * step_s


def draw(sound, rate, path):
    """A picture of the waveform and the spectrogram."""
    try:
        import matplotlib

        matplotlib.use("Agg")
        import matplotlib.pyplot as plt
    except ImportError:
        print("picture        not drawn: matplotlib is not installed")
        return
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(10, 6), sharex=True, layout="constrained")
    seconds = np.arange(len(sound)) / rate
    upper.plot(seconds.tolist(), sound.tolist(), linewidth=0.4)
    upper.set(ylabel="amplitude", ylim=(-1, 1), title=path.stem)
    levels, hz, times = spectrogram(sound, rate)
    top = float(levels.max())
    lower.imshow(levels.tolist(), origin="lower", aspect="auto", cmap="magma", vmin=top - 80, vmax=top,
                 extent=(0, float(times[-1]), 0, float(hz[-1]) / 1000))
    lower.set(xlabel="seconds", ylabel="kHz")
    figure.savefig(path, dpi=110)
    plt.close(figure)
    print(f"picture        {path}")


def tell(title, sound, rate):
    figures = audio.metrics(sound, rate)
    print(f"\n{title}")
    print(f"  duration     {figures['duration_sec']:.3f} s at {rate} Hz, {sound.dtype}, shape {sound.shape}")
    print(f"  peak         {figures['peak_db']:.2f} dBFS")
    print(f"  rms          {figures['rms_db']:.2f} dBFS")
    print(f"  peak to rms  {figures['dynamic_range_db']:.2f} dB")
    print(f"  loudness     {figures['loudness_lufs']:.2f} LUFS, range {figures['loudness_range_lu']:.2f} LU")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=pathlib.Path, help="a WAV, FLAC, MP3 or Ogg Vorbis file")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("analyzed"), help="where files go")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    file = options.file
    if file is None:
        file = options.out / "voice.wav"
        audio.write(file, made_up_voice(), 44100)
        print(f"made up        {file}")
    started = time.perf_counter()
    sound, rate = audio.read(file, mono=True)
    tell(f"{file.name} as it is", sound, rate)
    draw(sound, rate, options.out / f"{file.stem}.png")
    changed = audio.resample(sound, rate, TARGET_HZ)
    changed = audio.normalize(changed, "lufs", -18.0, TARGET_HZ) if len(changed) >= 0.4 * TARGET_HZ else changed
    changed = audio.apply_fade(changed, TARGET_HZ, 10, 50, curve="cosine")
    tell(f"resampled to {TARGET_HZ} Hz, at -18 LUFS, faded", changed, TARGET_HZ)
    saved = options.out / f"{file.stem}_{TARGET_HZ}.wav"
    audio.write(saved, changed, TARGET_HZ)
    again, _ = audio.read(saved)
    print(f"\nsaved          {saved}, {audio.info(saved)['encoding']}, "
          f"{float(np.abs(again - changed).max()) * 32768:.2f} steps of 16 bits away at most")
    print(f"seconds: {time.perf_counter() - started:.3f}")


if __name__ == "__main__":
    main()
