"""Arrays that are parts of others are kept with what they are parts of: strides, memory that arguments share, and
whether they may be written are as in the program. A pickle of NumPy's own is a writeable copy in one piece.
"""

# What NumPy gives out as a buffer and takes back.
KINDS = "?biufc"


def reduced(value, left):
    """How `pickle` makes the array again, or None where its own way keeps all there is to it.

    `left` is how many bytes may still be written.
    """
    array = type(value)
    owner = value
    while type(owner.base) is array:
        owner = owner.base
    if owner is value:
        if value.flags.writeable:
            return None
        make, given, state = value.__reduce__()
        return make, given, (state, False), None, None, filled
    if not (value.dtype.kind in KINDS and owner.dtype.kind in KINDS and owner.flags.c_contiguous):
        return None
    offset = value.__array_interface__["data"][0] - owner.__array_interface__["data"][0]
    if owner.nbytes > left or not 0 <= offset <= owner.nbytes:
        return None
    made = array, (value.shape, value.dtype, owner, offset, value.strides)
    if value.flags.writeable or not owner.flags.writeable:
        return made
    return *made, (None, False), None, None, filled


def filled(made, state):
    """Gives an array made by `pickle` its items, if they do not come with it, and says whether it may be written."""
    items, writeable = state
    if items is not None:
        made.__setstate__(items)
    made.setflags(writeable)
