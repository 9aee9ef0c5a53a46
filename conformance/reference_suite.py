"""The reference wheel's test files, and the digest that guards them."""

import hashlib
import pathlib
import shutil
import subprocess
import tempfile
import zipfile


class Suite:
    """The test files of the reference wheel, extracted under a cache directory."""

    def __init__(self, cache, version, python, wheel=None):
        self.version = version
        self.cache = pathlib.Path(cache).resolve()
        self.root = self.cache / f"suite-{version}"
        if not (self.root / "complete").exists():
            self._extract(wheel or self._download(python))
        (self.root / "pytest.ini").write_text(PYTEST_INI)

    def _download(self, python):
        wheels = self.cache / "wheels"
        pattern = f"numpy-{self.version}-*.whl"
        if not list(wheels.glob(pattern)):
            subprocess.run(
                [python, "-m", "pip", "download", "--quiet", "--no-deps",
                 "--only-binary=:all:", "--dest", str(wheels),
                 f"numpy=={self.version}"], check=True)
        return next(wheels.glob(pattern))

    def _extract(self, wheel):
        self.cache.mkdir(parents=True, exist_ok=True)
        fresh = pathlib.Path(tempfile.mkdtemp(dir=self.cache, prefix="extract-"))
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                folders = name.split("/")[:-1]
                if "tests" in folders or folders[:2] == ["numpy", "testing"]:
                    if not name.startswith("numpy/f2py/"):
                        archive.extract(name, fresh)
        (fresh / "complete").touch()
        shutil.rmtree(self.root, ignore_errors=True)
        fresh.rename(self.root)

    def files(self):
        return sorted(str(path.relative_to(self.root))
                      for path in self.root.glob("numpy/**/tests/test_*.py"))

    def digest(self):
        """Changes whenever any test file or data file does."""
        total = hashlib.sha256()
        for path in sorted(self.root.glob("numpy/**/*")):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(str(path.relative_to(self.root)).encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()


#: As in NumPy's own CI, a warning that a test does not expect is an error.
PYTEST_INI = """\
[pytest]
xfail_strict = false
filterwarnings =
    error
    ignore:the matrix subclass is not:PendingDeprecationWarning
    ignore:Importing from numpy.matlib is:PendingDeprecationWarning
    ignore::pytest.PytestWarning
"""
