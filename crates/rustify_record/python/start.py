"""Starts the recorder or a replay worker: start.py TASK SETTINGS [ARGUMENT...]."""

import sys

# What the program imports later must come from where it would without a recorder.
BEFORE = set(sys.modules)


def main():
    import json
    import os

    task, path = sys.argv[1:3]
    with open(path, encoding="utf-8") as stream:
        settings = json.load(stream)
    if sys.version_info < (3, 10):  # noqa: UP036 (the user may name any interpreter)
        line = json.dumps({"kind": "too_old", "version": ".".join(map(str, sys.version_info[:3]))})
        with open(os.path.join(settings["log"], "events.jsonl"), "a") as stream:
            stream.write(line + "\n")
        return
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.flags.isolated == 0 and getattr(sys.flags, "safe_path", False) is False:
        del sys.path[0]
    sys.path.insert(0, here)
    try:
        if task == "profile":
            from _rustify_record.program import watch as run
        else:
            from _rustify_record.replay import serve as run
    finally:
        sys.path.remove(here)
    run(settings, sys.argv[3:], BEFORE)


main()
