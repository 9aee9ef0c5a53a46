"""Prints which dtypes cast to which, and what sums of pairs give."""

from .._core import numeric as np
from .._core.numerictypes import typecodes


def print_cancast_table(ntypes, casting="safe"):
    print("X", *ntypes)
    for row in ntypes:
        print(row, *("#" if np.can_cast(row, col, casting) else "." for col in ntypes))


def print_coercion_table(ntypes):
    print("+", *ntypes)
    for row in ntypes:
        cells = []
        for col in ntypes:
            try:
                cells.append(np.promote_types(row, col).char)
            except TypeError:
                cells.append(".")
        print(row, *cells)


if __name__ == "__main__":
    print_cancast_table(typecodes["All"])
    print()
    print_coercion_table(typecodes["All"])
