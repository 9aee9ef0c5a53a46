"""Which processor the callers of a pair are bound to, and the binding itself.

Of a virtual machine's processors one may be slower by half for minutes, for what else runs on its core: sides that
stayed each on its own would be told apart by that (record 0025).
"""

import contextlib
import os

BINDS = hasattr(os, "sched_getaffinity")


def of_turn(turn):
    """The processor for a pair: one for two pairs, so that each side is first once, then the next one."""
    if not BINDS:
        return None
    known = sorted(os.sched_getaffinity(0))
    return known[turn // 2 % len(known)]


@contextlib.contextmanager
def bound(processor):
    """This thread on one processor, for a while; threads that were started before keep all of them."""
    if processor is None:
        yield
        return
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {processor})
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)
