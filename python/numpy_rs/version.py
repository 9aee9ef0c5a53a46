"""Version numbers: of the NumPy API that is provided, and of numpy_rs itself."""

version = "2.5.5"
short_version = version
full_version = version
git_revision = ""
release = True

numpy_rs_version = "0.1.0"

__all__ = ["full_version", "git_revision", "release", "short_version", "version"]
