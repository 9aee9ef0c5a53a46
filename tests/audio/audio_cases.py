"""The cases that both the golden values and the tests are made of; drawn from seeds by either package."""

#: Ratios that sound is resampled by: the usual rates, small and large numbers, primes.
RATIOS = [(1, 2), (2, 1), (3, 2), (2, 3), (80, 147), (147, 80), (160, 147), (147, 160), (1, 6), (6, 1), (1, 3), (3, 1),
          (4, 9), (7, 5), (5, 7), (10, 11), (13, 17), (1, 40), (40, 1), (100, 99), (320, 441), (24, 44), (441, 480),
          (12, 12), (97, 101), (480, 11), (3, 250)]
LENGTHS = [1, 2, 3, 7, 16, 33, 64, 100, 255, 500, 1021, 2048]
PADDINGS = ["edge", "wrap", "symmetric", "reflect", "antisymmetric", "antireflect", "smooth", "line", "mean", "median",
            "minimum", "maximum"]
KEPT = 48
LOSSY_KEPT = 2400


def resampling():
    """300 cases of resample_poly."""
    for seed in range(300):
        up, down = RATIOS[seed % len(RATIOS)]
        n = LENGTHS[(seed // 2) % len(LENGTHS)]
        case = {"seed": seed, "up": up, "down": down, "dtype": "dfdhd"[seed % 5], "more": {}}
        shape, axis = [((n,), 0), ((2, n), 1), ((n, 3), 0), ((2, n, 2), 1)][seed % 4]
        if seed % 10 == 9 and n > 2:
            case["more"] = {"padtype": PADDINGS[seed // 10 % len(PADDINGS)]}
        elif seed % 10 == 8:
            case["more"] = {"cval": 0.25}
        elif seed % 10 == 7:
            case["more"] = {"window": ("kaiser", 8.5)}
        yield {**case, "shape": shape, "axis": axis}


def drawn(np, case):
    """The input of a case."""
    source = np.random.default_rng(case["seed"])
    if case["dtype"] == "h":
        return source.integers(-32768, 32768, case["shape"], dtype="i2")
    return source.standard_normal(case["shape"]).astype(case["dtype"])


def places(n):
    """The places of a result that are kept."""
    if n <= KEPT:
        return list(range(n))
    third = KEPT // 3
    middle = [third + (n - 2 * third) * i // third for i in range(third)]
    return [*range(third), *middle, *range(n - third, n)]


#: (seed, samples, samples wanted) of Fourier resampling.
FOURIER = [(1000 + i, n, m) for i, (n, m) in enumerate(
    [(10, 20), (20, 10), (11, 22), (22, 11), (11, 7), (7, 11), (16, 15), (15, 16), (100, 33), (33, 100), (1, 5),
     (5, 1), (2, 6), (6, 2), (128, 128), (441, 240)])]


def _files():
    found = {}
    for format in ("WAV", "WAVEX"):
        for subtype in ("PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"):
            for channels, frames in ((1, 101), (2, 64), (3, 1)):
                found[f"{format}-{subtype}-{channels}"] = {
                    "format": format, "subtype": subtype, "channels": channels, "frames": frames, "rate": 24000}
    for subtype in ("PCM_16", "PCM_24"):
        found[f"FLAC-{subtype}"] = {"format": "FLAC", "subtype": subtype, "channels": 2, "frames": 2400, "rate": 44100}
    found["OGG"] = {"format": "OGG", "subtype": "VORBIS", "channels": 1, "frames": 4800, "rate": 24000}
    found["MP3"] = {"format": "MP3", "subtype": "MPEG_LAYER_III", "channels": 1, "frames": 4800, "rate": 24000}
    return found


FILES = _files()


def tone(np, case):
    """Sound `(channels, frames)` that is written to the files: tones that grow beyond full scale."""
    time = np.arange(case["frames"]) / case["rate"]
    hz = 220.0 * (1 + np.arange(case["channels"]))[:, None]
    loud = 0.9 if case["format"] in ("OGG", "MP3") else 1.05
    return loud * np.sin(2 * np.pi * hz * time) * np.linspace(0.3, 1.0, case["frames"])


def between(np):
    """Fractions between the 16-bit numbers, and beyond them."""
    return np.concatenate([np.arange(-70000, 70000) * np.float32(0.47 / 32768), [1.5, -1.5]]).astype("f4")
