"""A child of run.py: holds one side of the bench and times calls when asked, one JSON line each.

Sides: `python` and `rustify` import the example from the folder they are given; `numba` compiles
every function of the example with `njit`; `arrays` is `numba` with lists turned into arrays.
"""

import copy
import importlib
import json
import pathlib
import sys
import time
import types
import warnings

HERE = pathlib.Path(__file__).resolve().parent
sys.path[1:1] = [str(HERE.parent), str(HERE.parents[1] / "tests" / "rustify")]

import numpy as np  # noqa: E402
import processors  # noqa: E402
from picture import Gallery  # noqa: E402


def compiled(module):
    """Every function of the module through Numba; they call each other by the module's names."""
    import numba

    for name, value in list(vars(module).items()):
        if isinstance(value, types.FunctionType) and value.__module__ == module.__name__:
            setattr(module, name, numba.njit(value))


def as_arrays(value):
    """Lists of numbers, and lists of such lists, as arrays."""
    if isinstance(value, list):
        try:
            made = np.array(value)
        except ValueError:
            return value
        return made if made.dtype.kind in "iufcb" else value
    return value


class Side:
    def __init__(self, side):
        self.side = side
        self.modules = {}
        self.calls = {}

    def module(self, example, folder):
        """The example as this side runs it, and as plain Python to make arguments with."""
        if example not in self.modules:
            sys.path.insert(0, folder)
            module = plain = importlib.import_module(example)
            if self.side in ("numba", "arrays"):
                del sys.modules[example]
                plain = importlib.import_module(example)
                compiled(module)
            sys.path.remove(folder)
            self.modules[example] = module, plain
        return self.modules[example]

    def prepare(self, row, folder):
        """Make the arguments, call once, and answer with the picture of the result."""
        module, plain = self.module(row["example"], folder)
        self.arguments = eval(row["arguments"], {"np": np, "m": plain})
        if self.side == "arrays":
            self.arguments = tuple(as_arrays(a) for a in self.arguments)
        self.function = getattr(module, row["function"])
        started = time.perf_counter()
        args = copy.deepcopy(self.arguments)
        value = self.function(*args)
        first = time.perf_counter() - started
        picture = json.dumps(Gallery().draw([value, args])) if self.side in ("python", "rustify") else None
        self.number = 1
        while (spent := self.time()) * self.number < 0.01 and self.number < 1 << 20:
            self.number = max(self.number * 2, int(0.012 / max(spent, 1e-9)))
        return {"picture": picture, "first": first, "number": self.number}

    def time(self):
        """Seconds a call, over `number` calls on one copy of the arguments: of the fastest of five parts."""
        args = copy.deepcopy(self.arguments)
        function, left, best = self.function, self.number, float("inf")
        part = max(left // 5, 1)
        while left > 0:
            count = min(part, left)
            started = time.perf_counter()
            for _ in range(count):
                function(*args)
            # What disturbs only makes slower.
            best = min(best, (time.perf_counter() - started) / count)
            left -= count
        return best


def main():
    warnings.simplefilter("ignore")
    side = Side(sys.argv[1])
    answers = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "row" in request:
                answer = side.prepare(request["row"], request["folder"])
            else:
                with processors.bound(request["processor"]):
                    answer = {"seconds": side.time()}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:200]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
