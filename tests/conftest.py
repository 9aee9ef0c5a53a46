"""What all tests share: markers and the rule that both packages are importable."""

import pytest


@pytest.fixture(scope="session")
def real():
    """The real NumPy, side by side with ours."""
    return pytest.importorskip("numpy")
