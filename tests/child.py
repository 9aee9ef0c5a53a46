"""Running a piece of Python in a process of its own, with a limit on its time."""

import os
import subprocess
import sys
import textwrap


def run(code, *arguments, timeout=60, env=None, check=True, flags=()):
    """Standard output of the code; an unsuccessful end raises with what it wrote."""
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", *flags, "-c", textwrap.dedent(code), *map(str, arguments)],
        capture_output=True, text=True, timeout=timeout, env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL)
    if check and done.returncode:
        raise AssertionError(f"the child ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout if check else done
