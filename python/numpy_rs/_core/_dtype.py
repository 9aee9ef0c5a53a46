"""Text forms of dtypes under NumPy's private names; the compiled dtype makes them."""


def __str__(dtype):
    return str(dtype)


def __repr__(dtype):
    return repr(dtype)


def _name_get(dtype):
    return dtype.name


def _construction_repr(dtype, include_align=False, short=False):
    """The text in the parentheses of a dtype's repr."""
    return repr(dtype)[len("dtype("):-1]
