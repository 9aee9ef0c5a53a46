"""f2py makes extension modules from Fortran; numpy_rs does not contain it.

The names are there so that programs which only look for them run; calling one says what to do.
"""

__all__ = ["get_include", "run_main"]


def run_main(comline_list):
    """Not part of numpy_rs: raises NotImplementedError."""
    raise NotImplementedError("numpy_rs does not contain f2py; build the extension with NumPy's f2py")


def get_include():
    """Not part of numpy_rs: raises NotImplementedError."""
    raise NotImplementedError("numpy_rs does not contain the sources of f2py; take those of NumPy")
