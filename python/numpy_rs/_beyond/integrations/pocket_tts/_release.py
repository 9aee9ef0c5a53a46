"""The release 4.0.1: `resample_poly`, the reading of sound files, the writing of PCM.

Functions of the package look these names up when they are called, so that changing them in their
modules is enough.  Tensors and arrays share memory on the way there and back.
"""

import warnings

from ... import audio
from ...audio._samples import np
from ._handing import handed, taken
from ._hooks import names

KIND = "release"
FILES = ("data/audio.py", "data/audio_utils.py", "models/text_chunking.py")

_warned = set()


def replacements():
    return {"data.audio_utils": audio_utils, "data.audio": audio_files}


def _fall_back(what, why):
    if what not in _warned:
        _warned.add(what)
        warnings.warn(f"{what}: {why}; pocket-tts's own is used", stacklevel=3)


def _swap(owner, changed):
    """Puts attributes in, and gives the function that takes them out again."""
    before = {name: getattr(owner, name) for name in changed}
    for name, value in changed.items():
        setattr(owner, name, value)

    def undo():
        for name, value in before.items():
            setattr(owner, name, value)

    return undo


def resample_poly(x, up, down, axis=0, window=("kaiser", 5.0), padtype="constant", cval=None):
    """`scipy.signal.resample_poly`, axis 0 by default."""
    return handed(audio.resample_poly(taken(x), up, down, axis, window, padtype, cval))


@names("resample_poly")
def audio_utils(module):
    original = module.resample_poly

    def served(x, up, down, axis=0, window=("kaiser", 5.0), padtype="constant", cval=None):
        try:
            return resample_poly(x, up, down, axis, window, padtype, cval)
        except (NotImplementedError, TypeError) as error:
            _fall_back("resample_poly", error)
            return original(x, up, down, axis=axis, window=window, padtype=padtype, cval=cval)

    return _swap(module, {"resample_poly": served})


@names("audio_read", "StreamingWAVWriter.write_pcm_data")
def audio_files(module):
    read, write = module.audio_read, module.StreamingWAVWriter.write_pcm_data

    def audio_read(filepath):
        """Read a sound file as a tensor `(1, frames)`, the mean of its channels, and its rate in Hz."""
        import torch

        try:
            samples, rate = audio.read(filepath, allow_truncated=True, mono=True)
        except (ValueError, NotImplementedError) as error:
            # Files that we refuse get the package's own answer, or its own error.
            _fall_back("audio_read", error)
            return read(filepath)
        return torch.from_dlpack(samples).unsqueeze(0), rate

    def write_pcm_data(self, audio_chunk):
        """Write a tensor as 16-bit samples."""
        data = pcm_bytes(audio_chunk)
        if data is None:
            write(self, audio_chunk)
        elif self.first_chunk_buffer is None:
            self._writer.writeframesraw(data)
        else:
            # The first samples are held back until there are enough to begin with.
            self.first_chunk_buffer.append(data)
            wanted = 2 * int(self.sample_rate * module.FIRST_CHUNK_LENGTH_SECONDS)
            if sum(map(len, self.first_chunk_buffer)) >= wanted:
                self._flush()

    undo_read = _swap(module, {"audio_read": audio_read})
    undo_write = _swap(module.StreamingWAVWriter, {"write_pcm_data": write_pcm_data})

    def undo():
        undo_read()
        undo_write()

    return undo


def pcm_bytes(tensor):
    """The bytes of a tensor of float32 or float64 as 16-bit samples; None for other tensors."""
    if str(tensor.dtype) not in ("torch.float32", "torch.float64"):
        return None
    samples = np.from_dlpack(tensor.detach().cpu())
    return audio.float32_to_int16(samples, 32767, "truncate").tobytes()
