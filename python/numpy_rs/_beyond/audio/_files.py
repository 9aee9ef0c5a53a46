"""Sound files: reading, writing, streams."""

import io
import operator
import os

from ._samples import native, np, one_of, samples_of

__all__ = ["read", "write", "info", "StreamingWavWriter"]

_ENCODINGS = ("PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE")
_DTYPES = ("float32", "float64", "int16", "int32", "uint8")
#: Bytes of a sample.
_SIZES = dict(zip(_ENCODINGS, (1, 2, 3, 4, 4, 8)))


def _bytes(file):
    """The bytes of a path, an open file, or a buffer, as an array."""
    if isinstance(file, (str, os.PathLike)):
        with open(file, "rb") as opened:
            data = opened.read()
    elif hasattr(file, "read"):
        data = file.read()
        if isinstance(data, str):
            raise TypeError("the file must be open for reading bytes, not text")
    else:
        data = file
    return np.frombuffer(data, dtype="u1") if len(data) else np.empty(0, dtype="u1")


def read(file, dtype="float32", *, mono=False, always_2d=False, allow_truncated=False):
    """Read a sound file: WAV (8, 16, 24, 32 bits, floats of 32 and 64), FLAC, MP3, Ogg Vorbis.

    Parameters
    ----------
    file : path, binary file, or bytes
    dtype : {"float32", "float64", "int16", "int32", "uint8"}
        What the samples become: fractions of full scale, or whole numbers of that width.
    mono : bool
        Take the mean of the channels (floats only).
    always_2d : bool
        One channel gives an array `(1, frames)`, too.
    allow_truncated : bool
        Take what there is where the header of a WAV file promises more.

    Returns
    -------
    samples : array `(frames,)` for one channel, else `(channels, frames)`
    sample_rate : int
        In Hz.

    Raises
    ------
    ValueError
        For files that are damaged, cut off, or no sound files.
    NotImplementedError
        For kinds of samples and files that are not read.
    """
    dtype = np.dtype(dtype)
    one_of("dtype", dtype.name, _DTYPES)
    if mono and dtype.kind != "f":
        raise ValueError("mono takes the mean of the channels, which is a float: read as float32 or float64")
    samples, rate, _ = native._read(_bytes(file), dtype, allow_truncated)
    if mono and samples.ndim == 2:
        samples = native._to_mono(samples, -1)
    if always_2d and samples.ndim == 1:
        samples = samples.reshape(1, -1)
    return samples, rate


def info(file, *, allow_truncated=False):
    """What a WAV file says: a dict of `sample_rate` (Hz), `channels`, `frames`, `duration_sec`, `encoding`."""
    found = native._info(_bytes(file), allow_truncated)
    if found is None:
        raise NotImplementedError("info tells of WAV files; read takes FLAC, MP3 and Ogg Vorbis, too")
    rate, channels, frames, encoding = found
    return {"sample_rate": rate, "channels": channels, "frames": frames, "duration_sec": frames / rate,
            "encoding": encoding}


def _encoding_for(samples, encoding):
    if encoding is None:
        return {"u1": "PCM_U8", "i4": "PCM_32"}.get(samples.dtype.str[1:], "PCM_16")
    return one_of("encoding", encoding, _ENCODINGS)


def _rate(sample_rate):
    if sample_rate != int(sample_rate) or not 0 < sample_rate < 2**32:
        raise ValueError(f"a WAV file has a sample rate of whole Hz, 1 to {2**32 - 1}, not {sample_rate}")
    return int(sample_rate)


def write(file, samples, sample_rate, encoding=None, *, axis=-1):
    """Write a WAV file.

    Parameters
    ----------
    file : path or binary file
    samples : array `(frames,)` or `(channels, frames)`
        With `axis=0`, `(frames, channels)`.  Fractions of full scale are rounded to the nearest number
        of the encoding and clipped; NaN becomes 0.
    sample_rate : int
        In Hz.
    encoding : {"PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"}, optional
        "PCM_16" by default; "PCM_U8" and "PCM_32" for arrays of uint8 and int32.
    """
    samples = samples_of(samples)
    encoding = _encoding_for(samples, encoding)
    data, channels = native._encode(samples, encoding, operator.index(axis))
    frames = len(data) // (channels * _SIZES[encoding])
    header = native._header(_rate(sample_rate), channels, encoding, frames)
    end = b"\0" * (len(data) % 2)
    if hasattr(file, "write"):
        for part in (header, data, end):
            file.write(part)
        return
    with open(file, "wb") as opened:
        opened.writelines((header, data, end))


class StreamingWavWriter:
    """Writes a WAV file as its sound comes; a context manager.

    The lengths in the header are completed by `close` where the file can be sought; on a pipe they stay
    at "unknown", and readers go on to the end.

    Parameters
    ----------
    file : path or binary file
        A file that was given is left open by `close`.
    sample_rate : int
        In Hz.
    channels : int
    encoding : {"PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"}
    """

    def __init__(self, file, sample_rate, channels=1, encoding="PCM_16"):
        self.sample_rate, self.channels = _rate(sample_rate), operator.index(channels)
        self.encoding = one_of("encoding", encoding, _ENCODINGS)
        header = native._header(self.sample_rate, self.channels, self.encoding, None)
        self._owns = not hasattr(file, "write")
        self._file = open(file, "wb") if self._owns else file
        self._start = self._place()
        self._bytes = 0
        self._file.write(header)

    def _place(self):
        """Where the file begins, or None where it cannot be sought."""
        try:
            seekable = getattr(self._file, "seekable", None)
            return self._file.tell() if seekable is None or seekable() else None
        except (OSError, AttributeError, io.UnsupportedOperation):
            return None

    @property
    def frames(self):
        """The number of frames written so far."""
        return self._bytes // (self.channels * _SIZES[self.encoding])

    @property
    def closed(self):
        """Whether the file is complete."""
        return self._file is None

    def write(self, samples, *, axis=-1):
        """Append sound: `(frames,)` for one channel, else `(channels, frames)`."""
        if self._file is None:
            raise ValueError("the file is closed")
        samples = samples_of(samples)
        data, channels = native._encode(samples, self.encoding, operator.index(axis))
        if channels != self.channels:
            raise ValueError(f"the file has {self.channels} channels, and the array {channels}")
        self._file.write(data)
        self._bytes += len(data)

    def close(self):
        """Complete the header."""
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            if self._start is not None:
                file.write(b"\0" * (self._bytes % 2))
                end = file.tell()
                frames = self._bytes // (self.channels * _SIZES[self.encoding])
                file.seek(self._start)
                file.write(native._header(self.sample_rate, self.channels, self.encoding, frames))
                file.seek(end)
        finally:
            if self._owns:
                file.close()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()
