"""Modules that the recorder has imported before the program came to it."""

import os
import sys


def give_back_names(before, folder):
    """A module of the program may have the name of one that the recorder uses: the program gets its own."""
    for name in set(sys.modules) - before:
        top = name.partition(".")[0]
        own = os.path.join(folder, top)
        if top != "_rustify_record" and (os.path.isdir(own) or os.path.isfile(own + ".py")):
            del sys.modules[name]
