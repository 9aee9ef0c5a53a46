"""Drop-in: `numpy` is ours in that process and in its children, and the real one is never imported."""

import subprocess
import sys
import textwrap

import child
import pytest

LOOK = """
import sys
import numpy
import numpy as np
import numpy.lib.stride_tricks
from numpy import ndarray
ours = "numpy_rs" in numpy.__file__
maps = ""
try:
    with open("/proc/self/maps") as lines:
        maps = lines.read()
except OSError:
    pass
print(ours, np.array([1, 2]).sum(), "_multiarray_umath" in maps, "openblas" in maps, sys.argv[1:], __name__)
"""
WANTED = "True 3 False False ['x', '--flag'] __main__"


def run(*words, cwd=None):
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=60, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(LOOK)
    return path


def test_a_program_runs_under_the_module(program):
    assert run("-m", "numpy_rs", str(program), "x", "--flag") == WANTED


def test_its_folder_is_on_the_path(program):
    (program.parent / "beside.py").write_text("value = 42\n")
    program.write_text("import beside, numpy; print(beside.value)\n")
    assert run("-m", "numpy_rs", str(program)) == "42"


def test_its_exit_status_and_traceback_are_its_own(program):
    program.write_text("import numpy, sys\nsys.exit(7)\n")
    assert subprocess.run([sys.executable, "-m", "numpy_rs", str(program)], timeout=60).returncode == 7
    program.write_text("import numpy\n1 / 0\n")
    done = subprocess.run([sys.executable, "-m", "numpy_rs", str(program)], timeout=60, capture_output=True, text=True)
    assert done.returncode == 1 and "ZeroDivisionError" in done.stderr and "program.py" in done.stderr


def test_install_in_a_program_of_ones_own():
    code = "import numpy_rs; numpy_rs.install()\n" + textwrap.dedent(LOOK)
    assert child.run(code, "x", "--flag").strip() == WANTED


def test_both_names_are_one_package():
    child.run("""
    import numpy_rs
    numpy_rs.install()
    import numpy, sys
    import numpy._core.multiarray, numpy_rs._core.multiarray
    assert numpy.ndarray is numpy_rs.ndarray
    assert numpy.add is numpy_rs.add
    assert numpy._core.multiarray is numpy_rs._core.multiarray
    """)


def test_installing_after_the_real_numpy_is_refused(real):
    code = """
    import numpy, numpy_rs
    try:
        numpy_rs.install()
    except RuntimeError as error:
        print("refused", error)
    """
    assert child.run(code).startswith("refused")


@pytest.mark.parametrize("start", ["spawn", "fork", "forkserver"])
def test_children_of_multiprocessing_inherit_it(tmp_path, start):
    if sys.platform == "win32" and start != "spawn":
        pytest.skip("Windows has only spawn")
    path = tmp_path / "parent.py"
    path.write_text(textwrap.dedent(f"""
    import multiprocessing
    import numpy

    def look(_):
        import numpy as np
        return np.__file__, float(np.sum(np.ones(3)))

    if __name__ == "__main__":
        with multiprocessing.get_context({start!r}).Pool(2) as pool:
            for file, total in pool.map(look, range(2)):
                assert "numpy_rs" in file and total == 3.0, file
        print("done")
    """))
    assert run("-m", "numpy_rs", str(path)) == "done"


def test_processes_that_a_program_starts_inherit_it(program):
    program.write_text(textwrap.dedent("""
    import subprocess, sys
    import numpy
    print(subprocess.check_output([sys.executable, "-c", "import numpy; print(numpy.__file__)"], text=True))
    """))
    assert "numpy_rs" in run("-m", "numpy_rs", str(program))


def test_pickles_cross_both_modes(real):
    code = """
    import pickle, sys
    if sys.argv[1] == "dropin":
        import numpy_rs
        numpy_rs.install()
        import numpy as np
    else:
        np = __import__(sys.argv[1])
    if len(sys.argv) == 2:
        print(pickle.dumps([np.arange(3.0), np.float32(2), np.dtype("i4")]).hex())
    else:
        a, b, c = pickle.loads(bytes.fromhex(sys.argv[2]))
        print(a.tolist(), b, c, type(a).__module__)
    """
    from_dropin = child.run(code, "dropin").strip()
    assert child.run(code, "numpy", from_dropin).strip() == "[0.0, 1.0, 2.0] 2.0 int32 numpy"
    from_numpy = child.run(code, "numpy").strip()
    assert child.run(code, "dropin", from_numpy).strip() == "[0.0, 1.0, 2.0] 2.0 int32 numpy"
