"""Exercise a module of the corpus: its ordinary calls, a few times over.

python drive.py corpus/integers.py
"""

import copy
import functools
import importlib
import pathlib
import sys


def main():
    path = pathlib.Path(sys.argv[1])
    sys.path.append(str(path.resolve().parent))
    module = importlib.import_module(path.stem)
    for _ in range(3):
        for name, args, kwargs in module.CASES:
            args, kwargs = copy.deepcopy((args() if callable(args) else args, kwargs))
            functools.reduce(getattr, name.split("."), module)(*args, **kwargs)


if __name__ == "__main__":
    main()
