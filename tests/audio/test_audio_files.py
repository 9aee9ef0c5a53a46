"""Sound files: soundfile's corpus, what comes back, and what is refused."""

import hashlib
import io
import struct
import wave

import audio_cases as cases
import golden
import numpy_rs as np
import pytest
from numpy_rs import audio

GOLDEN = golden.load()
EXACT = [name for name, case in cases.FILES.items() if case["format"] not in ("OGG", "MP3")]


def digest(a):
    return list(hashlib.sha256(np.ascontiguousarray(a).tobytes()).digest())


@pytest.mark.parametrize("name", EXACT)
def test_soundfiles_corpus_is_read_as_soundfile_reads_it(name):
    case, data = cases.FILES[name], GOLDEN[f"file/{name}"].tobytes()
    for dtype in ("float32", "float64", "int16", "int32"):
        if case["subtype"] in ("FLOAT", "DOUBLE") and dtype.startswith("int"):
            continue  # libsndfile scales by another rule, and does not clip
        samples, rate = audio.read(data, dtype, always_2d=True)
        assert rate == case["rate"] and samples.dtype == dtype
        assert samples.shape == (case["channels"], case["frames"])
        assert digest(samples) == GOLDEN[f"decoded/{name}/{dtype}"].tolist(), dtype
    if case["format"] != "FLAC":
        told = audio.info(data)
        assert (told["channels"], told["frames"], told["encoding"]) == (
            case["channels"], case["frames"], case["subtype"])


@pytest.mark.parametrize("name", ["OGG", "MP3"])
def test_lossy_files_are_decoded_as_libsndfile_decodes_them(name):
    samples, rate = audio.read(GOLDEN[f"file/{name}"].tobytes())
    assert rate == cases.FILES[name]["rate"]
    assert len(samples) == GOLDEN[f"decoded/{name}/frames"].item()
    wanted = GOLDEN[f"decoded/{name}/float32"][0]
    assert np.abs(samples[: len(wanted)] - wanted).max() < 1e-4


@pytest.mark.parametrize("encoding", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
@pytest.mark.parametrize("shape", [(101,), (1, 7), (2, 64), (5, 3), (0,), (2, 0)])
def test_what_is_written_comes_back(tmp_path, encoding, shape):
    x = np.random.default_rng(7).uniform(-1, 0.999, shape)
    path = tmp_path / "a.wav"
    audio.write(path, x, 24000, encoding)
    got, rate = audio.read(path, "float64", always_2d=True)
    assert rate == 24000 and got.shape == (1, *shape)[-2:]
    step = {"PCM_U8": 2**-7, "PCM_16": 2**-15, "PCM_24": 2**-23, "PCM_32": 2**-31, "FLOAT": 2**-24, "DOUBLE": 0}
    assert got.size == 0 or np.abs(got.reshape(shape) - x).max() <= step[encoding] / 2 * (1 + 1e-9)
    again = tmp_path / "b.wav"
    audio.write(again, got, 24000, encoding)
    assert again.read_bytes() == path.read_bytes()


def test_whole_numbers_are_written_as_they_are(tmp_path):
    every = np.arange(-32768, 32768, dtype="i4").astype("i2")
    path = tmp_path / "a.wav"
    audio.write(path, every, 8000)
    assert (audio.read(path, "int16")[0] == every).all()
    audio.write(path, audio.int16_to_float32(every), 8000)
    assert (audio.read(path, "int16")[0] == every).all()
    with wave.open(str(path)) as other:
        assert other.getparams()[:4] == (1, 2, 8000, 65536)
        assert other.readframes(-1) == every.tobytes()
    wide = np.array([-(2**31), -1, 0, 2**31 - 1], dtype="i4")
    audio.write(path, wide, 8000)
    assert (audio.read(path, "int32")[0] == wide).all()
    narrow = np.arange(256, dtype="u1")
    audio.write(path, narrow, 8000)
    assert (audio.read(path, "uint8")[0] == narrow).all()


def test_frames_first_and_views_are_written_alike(tmp_path):
    x = np.random.default_rng(8).uniform(-1, 1, (2, 50)).astype("f4")
    files = [io.BytesIO() for _ in range(3)]
    audio.write(files[0], x, 8000, "FLOAT")
    audio.write(files[1], np.ascontiguousarray(x.T), 8000, "FLOAT", axis=0)
    audio.write(files[2], np.repeat(x, 2, axis=1)[:, ::2], 8000, "FLOAT")
    assert files[0].getvalue() == files[1].getvalue() == files[2].getvalue()
    mono, _ = audio.read(files[0].getvalue(), mono=True)
    assert np.allclose(mono, x.mean(axis=0))


def test_streams_are_completed_or_read_to_their_end(tmp_path):
    x = np.random.default_rng(9).uniform(-1, 1, 1001).astype("f4")
    with audio.StreamingWavWriter(tmp_path / "a.wav", 24000, encoding="PCM_24") as writer:
        for part in (x[:10], x[10:10], x[10:999], x[999:]):
            writer.write(part)
        assert writer.frames == 1001 and not writer.closed
    assert writer.closed
    whole = io.BytesIO()
    audio.write(whole, x, 24000, "PCM_24")
    assert (tmp_path / "a.wav").read_bytes() == whole.getvalue()

    class Pipe:
        data = b""

        def write(self, part):
            self.data += part

        def seekable(self):
            return False

    pipe = Pipe()
    with audio.StreamingWavWriter(pipe, 24000, 2) as writer:
        writer.write(np.stack([x, -x]))
    got, _ = audio.read(pipe.data, "int16")
    assert got.shape == (2, 1001) and (got[0] == audio.float32_to_int16(x, 32768)).all()
    with pytest.raises(ValueError, match="the file is closed"):
        writer.write(x)
    with pytest.raises(ValueError, match="2 channels, and the array 1"):
        audio.StreamingWavWriter(Pipe(), 24000, 2).write(x)


def file_of(frames=100, channels=1, **changed):
    """A 16-bit file whose header says what `changed` says."""
    fields = {"tag": 1, "channels": channels, "rate": 24000, "bits": 16, "frame": 2 * channels,
              "size": 2 * channels * frames, "riff": b"RIFF", "wave": b"WAVE", "fmt": b"fmt ", "data": b"data",
              **changed}
    body = bytes(2 * channels * frames)
    form = struct.pack("<HHIIHH", fields["tag"], fields["channels"], fields["rate"],
                       fields["rate"] * fields["frame"] % 2**32, fields["frame"], fields["bits"])
    return (fields["riff"] + struct.pack("<I", 36 + len(body)) + fields["wave"] + fields["fmt"]
            + struct.pack("<I", 16) + form + fields["data"] + struct.pack("<I", fields["size"]) + body)


@pytest.mark.parametrize("data, error, text", [
    (b"", NotImplementedError, "no WAV, FLAC, MP3 or Ogg"),
    (b"RIFF", NotImplementedError, "no WAV, FLAC, MP3 or Ogg"),
    (b"hello, this is not a sound file at all" * 9, NotImplementedError, "no WAV, FLAC, MP3 or Ogg"),
    (file_of()[:30], ValueError, "fmt"),
    (file_of()[:40], ValueError, "data"),
    (file_of()[:100], ValueError, "promises 200 bytes of samples, and there are 56"),
    (file_of(size=2**31), ValueError, "promises 2147483648 bytes"),
    (file_of(size=199), ValueError, "whole frames of 2 bytes"),
    (file_of(channels=0), ValueError, "0 channels"),
    (file_of(rate=0), ValueError, "0 Hz"),
    (file_of(frame=3), ValueError, "frames of 3 bytes"),
    (file_of(bits=12), NotImplementedError, "samples of 12 bits"),
    (file_of(tag=85), NotImplementedError, "format 0x0055"),
    (file_of(riff=b"RIFX"), NotImplementedError, "big-endian"),
    (file_of(data=b"junk"), ValueError, "chunk is missing"),
    (file_of(fmt=b"fmtx"), ValueError, "without a `fmt ` chunk"),
])
def test_files_that_are_not_what_they_say_are_refused(data, error, text):
    with pytest.raises(error, match=text):
        audio.read(data)


def test_what_there_is_can_be_asked_for():
    assert len(audio.read(file_of()[:101], allow_truncated=True)[0]) == 28
    assert len(audio.read(file_of(size=2**32 - 1))[0]) == 100
    assert len(audio.read(file_of(size=0))[0]) == 100
    assert len(audio.read(file_of(frames=0))[0]) == 0


def test_no_byte_of_a_header_makes_trouble():
    whole = GOLDEN["file/WAVEX-PCM_24-2"].tobytes()
    for at in range(100):
        for value in (0, 1, 0x7F, 0xFF):
            data = bytearray(whole)
            data[at] = value
            for allow in (False, True):
                try:
                    samples, _ = audio.read(bytes(data), allow_truncated=allow)
                except (ValueError, NotImplementedError):
                    continue
                assert samples.size <= len(whole)


@pytest.mark.parametrize("name", ["FLAC-PCM_16", "OGG", "MP3"])
def test_damaged_compressed_files_end_in_an_answer_or_an_error(name):
    whole = GOLDEN[f"file/{name}"].tobytes()
    source = np.random.default_rng(5)
    for trial in range(60):
        data = bytearray(whole[: int(source.integers(len(whole)))] if trial % 2 else whole)
        for _ in range(5):
            if data:
                data[int(source.integers(len(data)))] = int(source.integers(256))
        try:
            samples, rate = audio.read(bytes(data))
        except (ValueError, NotImplementedError, MemoryError):
            continue
        assert rate > 0 and samples.size < 10**7


def test_arguments_of_no_meaning_are_refused(tmp_path):
    x = np.zeros(10)
    for call, error, text in [
        (lambda: audio.write(io.BytesIO(), np.zeros((2, 2, 2)), 8000), ValueError, "3 axes"),
        (lambda: audio.write(io.BytesIO(), x, 0), ValueError, "whole Hz"),
        (lambda: audio.write(io.BytesIO(), x, 8000.5), ValueError, "whole Hz"),
        (lambda: audio.write(io.BytesIO(), x, 8000, "MP3"), ValueError, "encoding must be one of"),
        (lambda: audio.write(io.BytesIO(), x * 1j, 8000), TypeError, "real numbers"),
        (lambda: audio.write(io.BytesIO(), np.zeros((0, 5)), 8000), ValueError, "1 to 65535 channels"),
        (lambda: audio.write(io.BytesIO(), np.zeros((70000, 1), dtype="i2"), 8000), ValueError, "1 to 65535 channels"),
        (lambda: audio.read(file_of(), "complex64"), ValueError, "dtype must be one of"),
        (lambda: audio.read(file_of(), "int16", mono=True), ValueError, "mono takes the mean"),
        (lambda: audio.read(io.StringIO("x")), TypeError, "bytes, not text"),
        (lambda: audio.read(tmp_path / "missing.wav"), FileNotFoundError, "missing.wav"),
        (lambda: audio.StreamingWavWriter(io.BytesIO(), 8000, 0), ValueError, "one channel or more"),
    ]:
        with pytest.raises(error, match=text):
            call()
