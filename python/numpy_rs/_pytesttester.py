"""The `test` attribute of packages: runs the tests of an installed package with pytest."""

__all__ = ["PytestTester"]


class PytestTester:
    """Called, it runs pytest on the tests of one package and says whether all passed."""

    def __init__(self, module_name):
        self.module_name = module_name
        self.__module__ = module_name

    def __call__(self, label="fast", verbose=1, extra_argv=None, doctests=False, coverage=False,
                 durations=-1, tests=None):
        import pytest

        arguments = ["-q"] if verbose <= 1 else ["-" + "v" * (verbose - 1)]
        if coverage:
            arguments.append("--cov=" + self.module_name)
        if label == "fast":
            arguments += ["-m", "not slow"]
        elif label != "full":
            arguments += ["-m", label]
        if durations >= 0:
            arguments.append(f"--durations={durations}")
        arguments += list(extra_argv or ())
        arguments += ["--pyargs", *(tests or [self.module_name])]
        return pytest.main(arguments) == 0
