"""A worker that calls the functions of one version on request, and tells exactly what each call did.

Requests and answers are JSON, one a line: requests on standard input, answers on what was standard output.
What the program prints itself goes nowhere.
"""

import contextlib
import gc
import json
import os
import signal
import time
import warnings

from . import borrowed, cases, edge_values, loading, siblings, snapshot

MEMORY_ROUNDS = 64 << 20  # bytes of fresh arguments held ready at a time
STEADY_ROUNDS = 12  # calls that tell whether a result hangs on where a NaN lies in memory


class TimeUp(BaseException):
    """The case takes too long."""


class Worker:
    def __init__(self, settings, answers, before):
        self.settings, self.answers = settings, answers
        with open(settings["source"], "rb") as stream:
            self.source = stream.read()
        for root in settings["roots"]:
            borrowed.give_back_names(before, root)
        self.module, self.note = loading.load(settings["path"], settings["module"], settings["roots"])
        self.extension = loading.extension() if settings["dropin"] else {}
        self.stats = self.extension.get("stats")
        limit_memory(settings["memory"])
        self.found, self.made = {}, {}
        self.begun_with = held(self.module)

    def answer(self, **fields):
        self.answers.write(json.dumps(fields) + "\n")
        self.answers.flush()

    def do_disturbed(self):
        """Whether calls have changed what the names of the module stand for."""
        now = held(self.module)
        same = all([name in now and now[name] == entry for name, entry in self.begun_with.items()])
        return {"disturbed": not same}

    def do_function(self, number):
        """Which cases there are."""
        entry = self.settings["functions"][number]
        function, why = loading.find(vars(self.module), entry["qualname"])
        if function is None:
            return {"missing": why}
        self.found[number] = function
        recorded = loading.Recorded(entry["inputs"], self.module, self.settings["as_main"])
        constants = cases.constants(self.source, entry["line"])
        self.made[number] = made = cases.Cases(function, entry["signatures"], recorded, self.module, constants)
        bases = [case.recorded for case in made.list]
        return {"cases": [case.label for case in made.list], "bases": bases, "recorded": len(recorded.data)}

    def do_run(self, number, case, limit, spares=True):
        """One call, with the translations for other types than the recorded ones or without."""
        function, entry = self.found[number], self.settings["functions"][number]
        if "without_spares" in self.extension:
            self.extension["without_spares"]([] if spares else [entry["qualname"]])
        try:
            positional, named = self.made[number].list[case].make()
        except Exception as error:
            return {"unmakeable": f"{type(error).__name__}: {error}"}
        taken = snapshot.Snapshot(self.settings["module"])
        arguments = (*positional, *named.values())
        before = taken.text(*arguments)
        taken.called = True
        shown = ", ".join([snapshot.shown(value, 120) for value in arguments])
        counts, spared = self.count(entry["qualname"]), self.spared(entry["qualname"])
        # The function has the dict of names to itself.
        own = dict(named)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            ended, value, seconds = call(function, positional, own, limit)
        told = [f"{w.category.__name__}: {w.message}" for w in caught]
        if ended in ("time", "memory"):
            return {"ended": ended}
        counts = [now - then for now, then in zip(self.count(entry["qualname"]), counts)]
        seen = set()
        text = taken.text_after(seen, *arguments)
        answer = {
            "ended": ended,
            "seconds": seconds,
            "shown": shown[:600],
            "stats": counts,
            "spared": self.spared(entry["qualname"]) > spared,
            "arguments": snapshot.short(snapshot.without_names(text)),
            "mutated": text != before,
            "warnings": snapshot.short(json.dumps(told)),
        }
        if ended == "returned":
            inside = set()
            result = taken.text_after(inside, value)
            both = text + (result if inside.isdisjoint(seen) else taken.text_after(seen, value))
            answer["value_shown"] = snapshot.shown(value)
            answer["type"] = taken.kind(type(value))
        else:
            result, answer["value_shown"] = self.raised(taken, value)
            answer["type"] = taken.kind(type(value))
            both = text
            value.__traceback__ = None
        answer["result"] = snapshot.short(snapshot.without_names(result))
        answer["identity"] = snapshot.short(both)
        return answer

    def do_steady(self, number, case, limit):
        """Whether the call ends the same whichever NaN it is given: each has a hash of its own, by its address."""
        function, kept, seen = self.found[number], [], set()
        for _ in range(STEADY_ROUNDS):
            positional, named = self.made[number].list[case].make()
            spares = [float("nan") for _ in range(len(kept) % 3 + 1)]
            positional, named = other_nans(list(positional)), other_nans(dict(named))
            kept.append((positional, named, spares))
            taken = snapshot.Snapshot(self.settings["module"])
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                ended, value, _ = call(function, positional, named, limit)
            kept.append(value)
            if ended == "returned":
                seen.add(ended + snapshot.without_names(taken.text(value, *positional)))
            else:
                seen.add(f"{ended} {type(value).__name__} {safe_text(value)}")
        return {"steady": len(seen) == 1}

    def raised(self, taken, error):
        """What counts of an exception: its exact type, text and arguments, causes, and lines of the file."""
        parts, chain, seen = [], error, set()
        while chain is not None and id(chain) not in seen and len(seen) < 20:
            seen.add(id(chain))
            kind = taken.kind(type(chain))
            deep = isinstance(chain, RecursionError)
            # At which of its frames the limit is met is nobody's business.
            text = "" if deep else snapshot.quoted(safe_text(chain))
            content = "" if deep else snapshot.without_names(taken.text(*chain.args, vars(chain)))
            lines = [] if deep else self.lines(chain.__traceback__)
            parts.append(f"{kind} {text} {content} {lines} {chain.__suppress_context__}")
            chain = chain.__cause__ or chain.__context__
        return " from ".join(parts), f"{type(error).__name__}: {safe_text(error)}"[:300]

    def lines(self, trace):
        """Names and lines of the frames that run code of the file."""
        name, found = os.path.basename(self.settings["path"]), []
        while trace is not None:
            code = trace.tb_frame.f_code
            if os.path.basename(code.co_filename) == name:
                found.append((code.co_name, trace.tb_lineno))
            trace = trace.tb_next
        return found

    def spared(self, qualname):
        """How many calls a translation for other types than the recorded ones has completed."""
        told = self.extension.get("spared")
        return told()[qualname] if told else 0

    def count(self, qualname):
        if self.stats is None:
            return [0, 0, 0]
        return list(self.stats().get(qualname, (0, 0, 0)))

    def do_time(self, number, plan, fresh, turn):
        """Seconds of one pass over cases: each is called so often, on new arguments if calls change them."""
        with on_one_processor(turn):
            return {"seconds": self.timed_pass(number, plan, fresh)}

    def timed_pass(self, number, plan, fresh):
        function, made = self.found[number], self.made[number]
        total = 0.0
        gc.collect()
        for case, loops in plan:
            entry = made.list[case]
            size = len(made.recorded.data[entry.recorded]) + 1000
            batch = max(loops // 5, 1)
            if fresh:
                batch = min(batch, max(MEMORY_ROUNDS // size, 1))
            samples = []
            done = 0
            while done < loops:
                count = min(batch, loops - done)
                ready = [entry.make() for _ in range(count if fresh else 1)]
                if not fresh:
                    ready *= count
                samples.append(timed(function, ready))
                done += count
            # What disturbs only makes slower.
            total += min(samples)
        return total


class Held:
    """An object, and how many items it had."""

    def __init__(self, value):
        self.value = value
        self.length = len(value) if type(value) in (list, dict, set, bytearray) else 0

    def __eq__(self, other):
        return self.value is other.value and self.length == other.length


def held(module):
    """What the names of a module stand for."""
    return {name: Held(value) for name, value in vars(module).items()}


@contextlib.contextmanager
def on_one_processor(turn):
    """This thread on one of the processors, the same for both versions, another one for the next turn.

    Of a virtual machine's processors one may be slower by half for minutes, and each version would stay on its own.
    Before the first turn it goes where it likes, and so do threads that are started then.
    """
    if turn == 0 or not hasattr(os, "sched_setaffinity"):
        yield
        return
    known = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(known)[turn % len(known)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, known)


def timed(function, ready):
    """Seconds a call, for calls with these arguments one after the other."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if any(named for _, named in ready[:1]):
                start = time.perf_counter_ns()
                for positional, named in ready:
                    function(*positional, **named)
                end = time.perf_counter_ns()
            else:
                all_positional = [positional for positional, _ in ready]
                start = time.perf_counter_ns()
                for positional in all_positional:
                    function(*positional)
                end = time.perf_counter_ns()
    finally:
        if enabled:
            gc.enable()
    return (end - start) / 1e9 / len(ready)


def call(function, positional, named, limit):
    """How the call ended, its result or exception, and the seconds it took."""
    alarm(limit)
    start = time.perf_counter()
    try:
        try:
            value = function(*positional, **named)
            ended = "returned"
        finally:
            seconds = time.perf_counter() - start
            alarm(0)
    except TimeUp:
        return "time", None, seconds
    except MemoryError:
        return "memory", None, seconds
    except BaseException as error:
        return "raised", error, seconds
    return ended, value, seconds


def other_nans(value):
    """The same containers with NaN that no other call has had; what has no NaN stays as it is."""
    kind = type(value)
    if kind is float:
        return float("nan") if value != value else value
    if kind in (list, tuple, set, frozenset):
        return kind([other_nans(item) for item in value])
    if kind is dict:
        return {other_nans(key): other_nans(item) for key, item in value.items()}
    if siblings.is_instance(value):
        for name, item in siblings.attributes(value).items():
            if type(item) is float and item != item:
                object.__setattr__(value, name, float("nan"))
    return value


def alarm(seconds):
    """The processor's time counts: a busy machine, or one that stood still, is not the function's fault."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def time_up(number, frame):
    raise TimeUp


def safe_text(error):
    try:
        return str(error)
    except Exception as inner:
        return f"<its text raises {type(inner).__name__}>"


def limit_memory(extra):
    """A call may not take the machine's memory: so much more than now, and no more."""
    try:
        import resource

        with open("/proc/self/statm") as stream:
            now = int(stream.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + extra, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        pass  # other systems do without


def serve(settings, arguments, before):
    """Loads the version and answers requests until the input ends."""
    # Numbers of descriptors that the program does not expect to be open.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, time_up)
    try:
        worker = Worker(settings, answers, before)
    except BaseException as error:
        answers.write(json.dumps({"failed": f"{type(error).__name__}: {safe_text(error)}"}) + "\n")
        answers.flush()
        os._exit(1)
    worker.answer(ready=True, note=worker.note, native=worker.stats is not None)
    for line in requests:
        request = json.loads(line)
        task = getattr(worker, "do_" + request.pop("do"))
        try:
            answer = task(**request)
        except (edge_values.Unmakeable, Exception) as error:
            answer = {"failed": f"{type(error).__name__}: {safe_text(error)}"}
        worker.answer(**answer)
    os._exit(0)
