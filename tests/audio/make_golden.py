"""Writes golden.npz: what SciPy and soundfile (libsndfile) answer to the cases in `audio_cases.py`.

    python -m venv scratch && scratch/bin/pip install numpy scipy soundfile
    scratch/bin/python tests/audio/make_golden.py

The tests need neither of them.  Inputs are not kept: both sides draw them from the seeds in `audio_cases.py`.
Of long results 48 places are kept, with the length and the sum of the magnitudes.
"""

import hashlib
import io
import json
import pathlib

import audio_cases as cases
import numpy as np
import scipy
import scipy.signal
import soundfile

HERE = pathlib.Path(__file__).resolve().parent


def resampled(kept):
    for case in cases.resampling():
        x = cases.drawn(np, case)
        wanted = scipy.signal.resample_poly(x, case["up"], case["down"], axis=case["axis"], **case["more"])
        kept[f"poly{case['seed']}/shape"] = np.array([*wanted.shape, ord(wanted.dtype.char)])
        flat = wanted.astype("d").ravel()
        kept[f"poly{case['seed']}/values"] = flat[cases.places(len(flat))]
        kept[f"poly{case['seed']}/sum"] = np.array(np.abs(flat).sum())
    for seed, n, m in cases.FOURIER:
        x = np.random.default_rng(seed).standard_normal(n)
        wanted = scipy.signal.resample(x, m)
        kept[f"fft{seed}/values"] = wanted[cases.places(m)]


def files(kept):
    for name, case in cases.FILES.items():
        sound = cases.tone(np, case)
        written = io.BytesIO()
        soundfile.write(written, sound.T, case["rate"], format=case["format"], subtype=case["subtype"])
        kept[f"file/{name}"] = np.frombuffer(written.getvalue(), dtype="u1")
        for dtype in ("float32", "float64", "int16", "int32"):
            written.seek(0)
            samples, rate = soundfile.read(written, dtype=dtype, always_2d=True)
            assert rate == case["rate"]
            flat = np.ascontiguousarray(samples.T).ravel()
            if case["format"] not in ("WAV", "WAVEX", "FLAC"):
                # What is lossy is compared with a tolerance, in one type.
                if dtype == "float32":
                    kept[f"decoded/{name}/{dtype}"] = samples.T[:, : cases.LOSSY_KEPT].copy()
                    kept[f"decoded/{name}/frames"] = np.array(len(samples))
                continue
            digest = hashlib.sha256(flat.tobytes()).digest()
            kept[f"decoded/{name}/{dtype}"] = np.frombuffer(digest, dtype="u1")
            kept[f"decoded/{name}/frames"] = np.array(len(samples))


def numbers(kept):
    """All 16-bit numbers, as soundfile reads them and as it writes them again."""
    every = np.arange(-32768, 32768, dtype="i2")
    file = io.BytesIO()
    soundfile.write(file, every, 8000, format="WAV", subtype="PCM_16")
    file.seek(0)
    floats, _ = soundfile.read(file, dtype="float32")
    kept["int16/as_float32"] = np.frombuffer(hashlib.sha256(floats.tobytes()).digest(), dtype="u1")
    file = io.BytesIO()
    soundfile.write(file, floats, 8000, format="WAV", subtype="PCM_16")
    file.seek(0)
    assert (soundfile.read(file, dtype="int16")[0] == every).all()
    # Between the numbers libsndfile rounds down.
    between = cases.between(np)
    file = io.BytesIO()
    soundfile.write(file, between, 8000, format="WAV", subtype="PCM_16")
    file.seek(0)
    kept["int16/floor"] = soundfile.read(file, dtype="int16")[0]


def main():
    kept = {}
    resampled(kept)
    files(kept)
    numbers(kept)
    versions = {"numpy": np.__version__, "scipy": scipy.__version__, "soundfile": soundfile.__version__,
                "libsndfile": soundfile.__libsndfile_version__}
    kept["versions"] = np.frombuffer(json.dumps(versions).encode(), dtype="u1")
    # One long run of bytes with a table: a few hundred small members would be mostly headers.
    table, runs, at = [], [], 0
    for name, value in kept.items():
        data = np.ascontiguousarray(value)
        table.append([name, data.dtype.str, list(data.shape), at, data.nbytes])
        runs.append(data.tobytes())
        at += data.nbytes
    text = json.dumps(table).encode()
    np.savez_compressed(HERE / "golden.npz", table=np.frombuffer(text, dtype="u1"),
                        data=np.frombuffer(b"".join(runs), dtype="u1"))
    print(f"{len(kept)} values, {(HERE / 'golden.npz').stat().st_size} bytes, {versions}")


if __name__ == "__main__":
    main()
