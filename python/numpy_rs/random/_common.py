"""The interface by which C code draws from streams."""

from collections import namedtuple

interface = namedtuple("interface", "state_address state next_uint64 next_uint32 next_double bit_generator")


def by_ctypes(addresses):
    """The interface with functions of ctypes."""
    import ctypes
    state, next_uint64, next_uint32, next_double, whole = addresses

    def function(kind, address):
        return ctypes.CFUNCTYPE(kind, ctypes.c_void_p)(address)

    return interface(state, ctypes.c_void_p(state), function(ctypes.c_uint64, next_uint64),
                     function(ctypes.c_uint32, next_uint32), function(ctypes.c_double, next_double),
                     ctypes.c_void_p(whole))


def by_cffi(addresses):
    """The interface with functions of cffi, which must be installed."""
    try:
        import cffi
    except ImportError as error:
        raise ImportError("cffi cannot be imported.") from error
    state, next_uint64, next_uint32, next_double, whole = addresses
    ffi = cffi.FFI()
    return interface(state, ffi.cast("void *", state), ffi.cast("uint64_t (*)(void *)", next_uint64),
                     ffi.cast("uint32_t (*)(void *)", next_uint32), ffi.cast("double (*)(void *)", next_double),
                     ffi.cast("void *", whole))
