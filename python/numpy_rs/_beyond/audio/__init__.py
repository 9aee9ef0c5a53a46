"""Sound for text-to-speech work: sample formats, levels, fades, resampling, loudness, sound files.

Sound is an array of real numbers with time along `axis`, the last one unless a function is told
otherwise; any other axis is one of channels.  Samples are fractions of full scale, from -1 to 1.
Arrays of int16, int32 and uint8 are divided by the full scale of their type first.  float32 stays
float32 and 16-bit numbers become float32; what is wider is calculated in float64.  Lists, arrays of
any layout and whatever has `__dlpack__` (tensors) are taken; results go to `torch.from_dlpack`
without a copy.

Units: rates in Hz, times in seconds (milliseconds where a name ends in `_ms`), levels in dBFS or
LUFS, gains as factors or in dB.
"""

from . import _files, _levels, _resampling
from ._files import *
from ._levels import *
from ._resampling import *

__all__ = [*_levels.__all__, *_resampling.__all__, *_files.__all__]
