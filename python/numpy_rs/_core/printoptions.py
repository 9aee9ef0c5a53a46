"""The print options of the current context; the compiled printing code reads them."""

import sys
from contextvars import ContextVar

__all__ = ["format_options"]

default_format_options_dict = {
    "edgeitems": 3,
    "threshold": 1000,
    "floatmode": "maxprec",
    "precision": 8,
    "suppress": False,
    "linewidth": 75,
    "nanstr": "nan",
    "infstr": "inf",
    "sign": "-",
    "formatter": None,
    # The NumPy version whose form is asked for, times 100; the largest number is the present form.
    "legacy": sys.maxsize,
    "override_repr": None,
}

format_options = ContextVar("format_options", default=default_format_options_dict)
