"""C code compiled against NumPy's own headers reads and writes our objects in a drop-in process."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig

import child
import pytest

HERE = pathlib.Path(__file__).resolve().parent
COMPILER = shutil.which(os.environ.get("CC", "cc"))

pytestmark = pytest.mark.skipif(COMPILER is None, reason="no C compiler on PATH")


@pytest.fixture(scope="module")
def built(real, tmp_path_factory):
    """Folder of the extension, compiled against the headers in the real NumPy's wheel."""
    folder = tmp_path_factory.mktemp("c_extension")
    target = folder / f"c_extension{sysconfig.get_config_var('EXT_SUFFIX')}"
    flags = ["-undefined", "dynamic_lookup"] if sys.platform == "darwin" else []
    subprocess.run([COMPILER, "-shared", "-fPIC", "-O1", "-Wall", *flags, f"-I{sysconfig.get_paths()['include']}",
                    f"-I{real.get_include()}", str(HERE / "c_extension.c"), "-o", str(target)], check=True)
    return folder


def outcome(built, module, expression):
    """What an expression gives in a process where `np` is the real NumPy or ours in its place."""
    code = """
    import json, sys
    folder, module, expression = sys.argv[1:]
    sys.path.insert(0, folder)
    if module == "numpy_rs":
        import numpy_rs
        numpy_rs.install()
    import numpy as np
    import c_extension as c
    assert ("numpy_rs" in np.__file__) == (module == "numpy_rs"), np.__file__
    a = np.arange(12.0).reshape(3, 4)
    def plain(d):
        return {k: v for k, v in d.items() if k not in ("data", "base")}
    print(json.dumps(eval(expression)))
    """
    return json.loads(child.run(code, built, module, expression))


EXPRESSIONS = """
plain(c.describe(a))
plain(c.describe(a.T))
plain(c.describe(a[::2, 1:]))
plain(c.describe(a[::-1]))
plain(c.describe(np.zeros((), 'f4')))
plain(c.describe(np.zeros((2, 0, 3), 'i2')))
plain(c.describe(np.zeros(3, '>i4')))
plain(c.describe(np.zeros(3, 'S5')))
plain(c.describe(np.zeros(3, 'U5')))
plain(c.describe(np.zeros(3, [('x', 'f8'), ('y', 'i4')])))
plain(c.describe(np.zeros(3, object)))
plain(c.describe(np.zeros(3, 'g')))
plain(c.describe(np.broadcast_to(a, (2, 3, 4))))
[plain(c.describe(np.zeros(2, code))) for code in '?bBhHiIlLqQefdgFDGSUVO']
c.describe(a[1:, 1:])['data'] - c.describe(a)['data']
c.describe(a)['base'] is not a and c.describe(a[1:])['base'] is (a.base if a.base is not None else a)
(c.add_value(a, 10.0), a.tolist())
(c.add_value(a[:, ::2], 1.0), a.tolist())
(c.add_value(a.T, -1.0), a.tolist())
(c.add_value(a[1], 0.5), a.tolist())
c.scalar_value(np.float64(2.5))
c.scalar_value(np.float32(1.5))
c.scalar_value(np.int64(-7))
c.scalar_value(np.uint8(200))
c.scalar_value(np.bool_(True))
c.scalar_value(np.complex128(1 + 2j))
c.scalar_value(np.str_('x'))
c.scalar_value(3.0)
c.type_checks(a)
c.type_checks(a.dtype)
c.type_checks(np.float64(1))
c.type_checks(1.0)
c.type_checks(np.zeros(()))
""".strip().splitlines()


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_the_macros_see_what_they_see_on_numpy(built, expression):
    assert outcome(built, "numpy_rs", expression) == outcome(built, "numpy", expression)


def test_subclasses_are_arrays_but_not_exactly(built):
    expression = "plain(c.describe(a.view(type('Mine', (np.ndarray,), {}))))['exact']"
    assert outcome(built, "numpy_rs", expression) == 0
