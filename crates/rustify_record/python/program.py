"""Runs the user's program as the real `__main__`, watched."""

import _lsprof  # noqa: F401  (loaded before the program's own modules can hide it)
import atexit
import importlib.machinery
import os
import sys
import types

from . import borrowed, functions, recorder


def watch(settings, arguments, before):
    """Runs the program that the settings name with these arguments."""
    watcher_log = os.path.join(settings["log"], "events.jsonl")

    def refuse(message):
        import json

        with open(watcher_log, "a", encoding="utf-8") as stream:
            stream.write(json.dumps({"kind": "syntax", "message": message}) + "\n")

    path = settings["program"]
    try:
        with open(settings["file"], "rb") as stream:
            source = stream.read()
        known = functions.Functions(settings["file"], source)
        known.learn_owners(compile(source, settings["file"], "exec", dont_inherit=True))
    except SyntaxError as error:
        return refuse(f"line {error.lineno}: {error.msg}")
    except (RecursionError, MemoryError):
        return refuse("it is nested too deeply")
    except ValueError as error:
        return refuse(str(error))

    watcher = recorder.Recorder(settings, known)
    version = ".".join(map(str, sys.version_info[:3]))
    watcher.write({"kind": "started", "python": version, "functions": known.names})
    atexit.register(watcher.stop)
    end_with_notice(watcher)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=watcher.in_child)

    sys.argv[:] = [path, *arguments]
    sys.orig_argv[:] = [sys.executable, path, *arguments]
    folder = os.path.dirname(os.path.realpath(path))
    if not getattr(sys.flags, "safe_path", False) and not sys.flags.isolated:
        sys.path.insert(0, folder)
    root = settings["file"]
    for _ in range(settings["module"].count(".") + 1):
        root = os.path.dirname(root)
    if not settings["as_main"] and root not in map(os.path.realpath, sys.path):
        sys.path.append(root)
    borrowed.give_back_names(before, folder)
    main = new_main(path)
    try:
        with open(path, "rb") as stream:
            code = compile(stream.read(), path, "exec", dont_inherit=True)
        recorder.hook(watcher)
        exec(code, main.__dict__)
    except SystemExit:
        raise
    except BaseException as error:
        failed(watcher, error)


def new_main(path):
    """The module `__main__` as the interpreter would make it."""
    main = types.ModuleType("__main__")
    main.__file__ = path
    main.__builtins__ = sys.modules["builtins"]
    main.__loader__ = importlib.machinery.SourceFileLoader("__main__", path)
    main.__package__ = None
    main.__spec__ = None
    if sys.version_info < (3, 14):
        main.__annotations__ = {}
    if sys.version_info < (3, 15):
        main.__cached__ = None
    # The interpreter's own stays alive: frames of the recorder use it.
    watch.interpreter_main = sys.modules["__main__"]
    sys.modules["__main__"] = main
    return main


def failed(watcher, error):
    """Ends as the interpreter does after an exception that nobody caught; the traceback is the program's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals.get("__name__", "").startswith("_rustify_record"):
        trace = trace.tb_next
    error.__traceback__ = trace
    kind = type(error)
    try:
        text = str(error)
    except Exception:
        text = "<no text>"
    watcher.active and watcher.write({"kind": "raised", "message": f"{kind.__name__}: {text}"[:2000]})
    sys.excepthook(kind, error, trace)
    raise SystemExit(130 if kind is KeyboardInterrupt else 1)


def end_with_notice(watcher):
    """`os._exit` skips everything: the figures are written first."""
    real = os._exit

    def _exit(status):
        """Exit to the system with specified status, without normal exit processing."""
        try:
            watcher.stop()
        finally:
            real(status)

    _exit.__module__ = real.__module__
    os._exit = _exit
