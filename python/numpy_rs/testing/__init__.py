"""Assertions about arrays, for tests."""

from unittest import TestCase

from . import _private, overrides
from ._private import extbuild
from ._private.utils import *  # noqa: F403
from ._private.utils import __all__ as _assertions
from ._private.utils import _assert_valid_refcount, _gen_alignment_data

__all__ = [*_assertions, "TestCase", "overrides"]

from .._pytesttester import PytestTester

test = PytestTester(__name__)
del PytestTester
