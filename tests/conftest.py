"""What all tests share: markers and the rule that both packages are importable."""

import pytest


@pytest.fixture(scope="session")
def real():
    """The real NumPy, side by side with ours; where it is older than the reference, no comparison is fair."""
    numpy = pytest.importorskip("numpy")
    if tuple(map(int, numpy.__version__.split(".")[:2])) < (2, 5):
        pytest.skip(f"compares with NumPy 2.5, which needs Python 3.12; here is {numpy.__version__}")
    return numpy
