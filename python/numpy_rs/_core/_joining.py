"""Assembling arrays from nested lists of blocks, and taking them apart along an axis."""

from .. import _native as _n
from .overrides import overridable

_MAX_DEPTH = 64


def _depth_check(blocks, index=()):
    """The common depth of nested lists, as `(index of the first leaf, greatest ndim, total size)`."""
    if type(blocks) is tuple:
        raise TypeError(
            f"{_format_index(index)} is a tuple. Only lists can be used to arrange blocks, and np.block "
            "does not allow implicit conversion from tuple to ndarray.")
    if len(index) > _MAX_DEPTH:
        raise ValueError(f"maximum supported dimension for an ndarray is {_MAX_DEPTH}")
    if type(blocks) is not list:
        leaf = _n.asanyarray(blocks)
        return index, leaf.ndim, leaf.size
    if not blocks:
        return (*index, None), 0, 0
    first, ndim, size = _depth_check(blocks[0], (*index, 0))
    for i, block in enumerate(blocks[1:], 1):
        found, n, s = _depth_check(block, (*index, i))
        ndim, size = max(n, ndim), size + s
        if len(found) != len(first):
            raise ValueError(
                f"List depths are mismatched. First element was at depth {len(first)}, but there is an "
                f"element at depth {len(found)} ({_format_index(found)})")
        if found[-1] is None:
            first = found
    return first, ndim, size


def _format_index(index):
    return "arrays" + "".join(f"[{i}]" for i in index if i is not None)


def _block_setup(arrays):
    first, ndim, size = _depth_check(arrays)
    depth = len(first)
    if first and first[-1] is None:
        raise ValueError(f"List at {_format_index(first)} cannot be empty")
    return arrays, depth, max(ndim, depth), size


def _joined(blocks, depth, ndim, axis):
    if depth:
        parts = [_joined(block, depth - 1, ndim, axis + 1) for block in blocks]
        return _n.concatenate(parts, axis=ndim - depth)
    leaf = _n.asanyarray(blocks)
    return leaf.reshape((1,) * (ndim - leaf.ndim) + leaf.shape)


def _block_concatenate(arrays, list_ndim, result_ndim):
    """Join the blocks from the innermost list outwards."""
    result = _joined(arrays, list_ndim, result_ndim, 0)
    return result.copy() if list_ndim == 0 else result


def _block_slicing(arrays, list_ndim, result_ndim):
    """Allocate the result once and copy each block into its place."""
    leaves = []

    def place(blocks, depth):
        if not depth:
            leaf = _n.asanyarray(blocks)
            leaf = leaf.reshape((1,) * (result_ndim - leaf.ndim) + leaf.shape)
            leaves.append((leaf, [0] * result_ndim))
            return list(leaf.shape)
        axis = result_ndim - depth
        shape = None
        for block in blocks:
            start = len(leaves)
            part = place(block, depth - 1)
            if shape is None:
                shape = part
                continue
            if part[:axis] != shape[:axis] or part[axis + 1:] != shape[axis + 1:]:
                raise ValueError(
                    f"Mismatched array shapes in block along axis {axis}.")
            for _, offset in leaves[start:]:
                offset[axis] += shape[axis]
            shape[axis] += part[axis]
        return shape

    shape = place(arrays, list_ndim)
    dtype = _n.result_type(*[leaf.dtype for leaf, _ in leaves])
    fortran = (all(leaf.flags["F_CONTIGUOUS"] for leaf, _ in leaves)
               and not all(leaf.flags["C_CONTIGUOUS"] for leaf, _ in leaves))
    result = _n.empty(tuple(shape), dtype=dtype, order="F" if fortran else "C")
    for leaf, offset in leaves:
        result[tuple(slice(o, o + n) for o, n in zip(offset, leaf.shape))] = leaf
    return result


def _flat_leaves(arrays, depth=0):
    if type(arrays) is list and depth <= _MAX_DEPTH:
        for block in arrays:
            yield from _flat_leaves(block, depth + 1)
    else:
        yield arrays


def _block_dispatcher(arrays):
    yield from _flat_leaves(arrays)


from .overrides import array_function_dispatch as _dispatch  # noqa: E402


@_dispatch(_block_dispatcher, module="numpy")
def block(arrays):
    """Assemble an array from nested lists of blocks; the innermost lists join along the last axis."""
    arrays, list_ndim, result_ndim, size = _block_setup(arrays)
    # Many joins of small blocks cost less than one assignment for each.
    if list_ndim * size > 2 * 512 * 512:
        return _block_slicing(arrays, list_ndim, result_ndim)
    return _block_concatenate(arrays, list_ndim, result_ndim)


@overridable("x")
def unstack(x, /, *, axis=0):
    """Split an array into a tuple of the arrays along an axis."""
    if x.ndim == 0:
        raise ValueError("Input array must be at least 1-d.")
    return tuple(_n.moveaxis(x, axis, 0))
