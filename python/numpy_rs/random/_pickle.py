"""What pickles of generators name."""

from ._generator import Generator
from ._mt19937 import MT19937
from ._pcg64 import PCG64, PCG64DXSM
from ._philox import Philox
from ._sfc64 import SFC64
from .bit_generator import BitGenerator
from .mtrand import RandomState

BitGenerators = {cls.__name__: cls for cls in (MT19937, PCG64, PCG64DXSM, Philox, SFC64)}


def __bit_generator_ctor(bit_generator="MT19937"):
    """A bit generator of a class, or of the name of one."""
    if isinstance(bit_generator, type):
        return bit_generator()
    if bit_generator in BitGenerators:
        return BitGenerators[bit_generator]()
    raise ValueError(f"{bit_generator} is not a known BitGenerator module.")


def __generator_ctor(bit_generator_name="MT19937", bit_generator_ctor=__bit_generator_ctor):
    """A Generator of a bit generator, or of the name of one."""
    if isinstance(bit_generator_name, BitGenerator):
        return Generator(bit_generator_name)
    return Generator(bit_generator_ctor(bit_generator_name))


def __randomstate_ctor(bit_generator_name="MT19937", bit_generator_ctor=__bit_generator_ctor):
    """A RandomState of a bit generator, or of the name of one."""
    if isinstance(bit_generator_name, BitGenerator):
        return RandomState(bit_generator_name)
    return RandomState(bit_generator_ctor(bit_generator_name))


# Pickles name these functions, which need the classes: so the classes are told, instead of looking up here.
BitGenerator._unpickled_by = staticmethod(__bit_generator_ctor)
Generator._unpickled_by = staticmethod(__generator_ctor)
RandomState._unpickled_by = staticmethod(__randomstate_ctor)
