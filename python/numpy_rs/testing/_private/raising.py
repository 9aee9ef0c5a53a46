"""Assertions about exceptions, and the exceptions of the test machinery."""

import unittest
from unittest.case import SkipTest


class KnownFailureException(Exception):
    """Marks a test that is known to fail."""


KnownFailureTest = KnownFailureException


class IgnoreException(Exception):
    """Lets a test be ignored."""


class _Case(unittest.TestCase):
    def runTest(self):
        """Never run: the case only lends its assertions."""


_case = _Case()


def assert_raises(exception_class, *args, **kwargs):
    """Fails unless the call (or the `with` block) raises the exception."""
    __tracebackhide__ = True
    return _case.assertRaises(exception_class, *args, **kwargs)


def assert_raises_regex(exception_class, expected_regexp, *args, **kwargs):
    """As `assert_raises`; the message must match too."""
    __tracebackhide__ = True
    return _case.assertRaisesRegex(exception_class, expected_regexp, *args, **kwargs)
