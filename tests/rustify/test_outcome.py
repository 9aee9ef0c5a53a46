"""The comparer itself: it finds each kind of difference, and the corpus agrees with itself."""

import pathlib
import shutil
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import outcome  # noqa: E402
from picture import Gallery  # noqa: E402

ORIGINAL = """
log = []


def keep(values):
    values[0] = 1
    return values


def half(n):
    return n // 2


def fail(n):
    raise ValueError(n)


def speak(n):
    print(n)
    log.append(n)
    return n


CASES = [("keep", ([0, 2],), {}), ("half", (4,), {}), ("half", (5,), {}), ("speak", (1,), {})]
EDGE = [("half", (True,), {}), ("fail", (1,), {}), ("keep", ([],), {})]
"""

CHANGES = [
    ("return values", "return values[:]", "value"),
    ("return values", "return tuple(values)", "value"),
    ("values[0] = 1", "values[0] = 1.0", "value"),
    ("values[0] = 1", "values[0] = True", "value"),
    ("n // 2", "n / 2", "value"),
    ("n // 2", "int(n) // 2 + (n is True) * 1.0", "value"),
    ("ValueError(n)", "ValueError(n, n)", "raises"),
    ("ValueError(n)", "KeyError(n)", "raises"),
    ("raise ValueError(n)", "\\n    raise ValueError(n)", "where"),
    ("print(n)", "pass", "printed"),
    ("log.append(n)", "pass", "log"),
    ("n // 2", "__import__('os').abort()", "crash"),
    ("n // 2", "__import__('warnings').warn('x') or n // 2", "warnings"),
]


def options(**changes):
    import argparse

    parser = argparse.ArgumentParser()
    outcome.add_options(parser)
    made = parser.parse_args(["--generated", "0", "--no-counts"])
    vars(made).update(changes)
    return made


def pair(folder, changed):
    for side, text in (("a", ORIGINAL), ("b", changed)):
        (folder / side).mkdir()
        (folder / side / "subject.py").write_text(text, encoding="utf-8")
    return folder / "a" / "subject.py", folder / "b"


@pytest.mark.parametrize(("old", "new", "kind"), CHANGES)
def test_each_kind_of_difference_is_found(tmp_path, old, new, kind):
    assert old in ORIGINAL
    module, dropin = pair(tmp_path, ORIGINAL.replace(old, new.replace("\\n", "\n")))
    found = outcome.compare(module, dropin, options())
    assert found["mismatches"]
    assert any(kind in miss["difference"] for miss in found["mismatches"])


def test_the_same_text_has_no_difference(tmp_path):
    module, dropin = pair(tmp_path, ORIGINAL)
    found = outcome.compare(module, dropin, options(generated=20))
    assert found["mismatches"] == [] and found["error"] is None
    assert found["cases"] > 20


@pytest.mark.skipif(sys.version_info < (3, 12), reason="sys.monitoring is new in Python 3.12")
def test_frames_are_counted(tmp_path):
    """A function is translated when no frame of it starts, whatever replaced it."""
    module, dropin = pair(tmp_path, ORIGINAL + "\nimport operator\n\nhalf = operator.methodcaller('__floordiv__', 2)\n")
    found = outcome.count(module, dropin, options())
    assert found["functions"]["half"] == {"calls": 2, "native": 2, "translated": True}
    assert found["functions"]["keep"] == {"calls": 1, "native": 0, "translated": False}


def test_pictures_tell_apart_what_equality_does_not():
    def picture(value):
        return Gallery().draw(value)

    inner = [1]
    for a, b in [
        (1, True),
        (1, 1.0),
        (0.0, -0.0),
        ([], ()),
        ([inner, inner], [[1], [1]]),
        ({1: 2, 3: 4}, {3: 4, 1: 2}),
    ]:
        assert picture(a) != picture(b)
    assert picture(float("nan")) == picture(-float("nan"))
    assert picture({1, 2}) == picture({2, 1})


@pytest.mark.parametrize("path", sorted((HERE / "corpus").glob("*.py")), ids=lambda p: p.stem)
def test_the_corpus_agrees_with_itself(path, tmp_path):
    """Every call of the corpus has one outcome, so a difference is the drop-in's doing; CASES never raise."""
    if path.stem.startswith("array"):
        pytest.importorskip("numpy")
    shutil.copy(path, tmp_path)
    lines, problem = outcome.run(path.parent, path.stem, "compare", options())
    assert problem is None
    for call in outcome.by_call(lines).values():
        assert "missing" not in call["seen"]
        if call["group"] == "case":
            assert "raises" not in call["seen"], call
    again, _ = outcome.run(tmp_path, path.stem, "compare", options())
    assert outcome.by_call(again) == outcome.by_call(lines)


def test_the_driver_runs():
    subprocess.run([sys.executable, str(HERE / "drive.py"), str(HERE / "corpus" / "integers.py")], check=True)
