"""Watches the calls of the file's functions while the program runs.

From Python 3.12 on through `sys.monitoring`, which costs other code nothing; before through `sys.settrace`.
What is found is written at once, each time with a freshly opened file: the program may close descriptors,
fork, or end without notice.
"""

import json
import os
import sys
import threading
import time

from . import functions, keeping, type_text

FIRST = 40  # calls that are looked at closely without exception
GROWTH = 1.15
LOOKS = 20_000  # calls after which a function is no longer watched
RETURNS = 300  # the same for results, whose watching counts as the function's own time
SECONDS = 8.0  # or the time that watching one function may take
SIGNATURES = 32
FLUSH = 0.5
GENERATOR = 0x20 | 0x80 | 0x200
TOOL = 4
VALUES = {bool, int, float, complex, str, bytes, tuple, list, dict, set, frozenset}
clock = time.perf_counter


class State:
    """What is known of one function."""

    def __init__(self, number, code, kept):
        self.number, self.kept = number, kept
        self.names = functions.parameters(code)
        self.outside, self.space = functions.names_outside(code), {}
        self.generator = bool(code.co_flags & GENERATOR)
        self.calls = self.returns = 0
        self.next_call = self.next_return = FIRST
        self.signatures = {}  # type texts -> [number, count]
        self.tops = {}  # outermost types -> the entry of `signatures` they had last
        self.samples = set()
        self.seconds = 0.0
        self.own_overhead = self.overhead = 0.0


class Recorder:
    def __init__(self, settings, known):
        self.known, self.log, self.program = known, settings["log"], settings["program"]
        self.events = os.path.join(self.log, "events.jsonl")
        self.keep_calls, self.keep_bytes = settings["keep_calls"], settings["keep_bytes"]
        self.texts = type_text.Texts(settings["module"] if settings["as_main"] else None)
        self.states = {}  # code -> State, or None for code of others
        self.lock = threading.Lock()
        self.process = os.getpid()
        self.flushed, self.flush_cost = clock(), 0.0
        self.profilers = []
        self.elsewhere = 0.0  # the recorder's time that was spent in functions of others
        self.active = True

    def write(self, *events):
        """Appends lines to the log."""
        text = "".join([json.dumps(event) + "\n" for event in events])
        with open(self.events, "a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)

    def state(self, code):
        """The state of the function with this code, or None."""
        try:
            return self.states[code]
        except KeyError:
            number = self.known.number(code)
            state = None
            if number is not None:
                directory = os.path.join(self.log, str(number))
                state = State(number, code, keeping.Kept(directory, self.keep_calls, self.keep_bytes))
            self.states[code] = state
            return state

    def called(self, state, frame):
        """A call begins. Answers whether the function is still of interest."""
        start = clock()
        if not self.active or not self.lock.acquire(blocking=False):
            return True
        try:
            self._look(state, frame)
        except Exception as error:
            if not from_here(error):
                raise
        finally:
            self.lock.release()
        spent = clock() - start
        state.seconds += spent
        self._charge(frame.f_back, spent)
        return state.calls < LOOKS and state.seconds < SECONDS

    def _look(self, state, frame):
        found = frame.f_locals
        try:
            values = tuple([found[name] for name in state.names])
        except KeyError:
            return
        fresh = len(found) == len(values)
        if CLEAR:
            # A snapshot would keep the arguments alive until the call ends.
            found.clear()
        del found
        if state.generator and not fresh:
            return
        state.calls += 1
        if state.calls == 1:
            state.space = frame.f_globals
            self._look_outside([state])
        top = tuple(map(type, values))
        scheduled = state.calls >= state.next_call
        entry = state.tops.get(top)
        if state.calls > FIRST and not scheduled and entry is not None:
            entry[1] += 1
            return
        if scheduled:
            state.next_call = int(state.next_call * GROWTH) + 1
        texts = tuple([self.texts.of(value) for value in values])
        entry = state.signatures.get(texts)
        if entry is None and len(state.signatures) < SIGNATURES:
            entry = state.signatures[texts] = [len(state.signatures), 0]
            self.write({"kind": "signature", "function": state.number, "args": texts, "count": 1})
        if entry is not None:
            entry[1] += 1
            state.tops[top] = entry
        state.kept.offer(values, texts, scheduled)
        self._flush_sometimes()

    def _look_outside(self, states):
        """Writes the types of the values that functions find in the module: a table, or a limit."""
        events, known = [], {}
        for state in states:
            names = []
            for name in state.outside:
                value = dict.get(state.space, name)
                if type(value) not in VALUES:
                    continue
                if name not in known:
                    known[name] = self.texts.of(value)
                names.append((name, known[name]))
            if names:
                events.append({"kind": "globals", "function": state.number, "names": names})
        self.write(*events)

    def returned(self, state, code_frame, value):
        """A call ends with a value. Answers whether results are still of interest."""
        start = clock()
        state.returns += 1
        if state.generator:
            return False
        if state.returns > FIRST:
            if state.returns < state.next_return:
                return state.returns < RETURNS
            state.next_return = int(state.next_return * GROWTH) + 1
        if not self.active or not self.lock.acquire(blocking=False):
            return True
        try:
            text = self.texts.of(value)
            if text not in state.samples and len(state.samples) < SIGNATURES:
                state.samples.add(text)
                self.write({"kind": "returned", "function": state.number, "sample": text})
        except Exception as error:
            if not from_here(error):
                raise
        finally:
            self.lock.release()
        self._charge(code_frame, clock() - start)
        return state.returns < RETURNS

    def _charge(self, frame, spent):
        """Takes the recorder's time out of the figures of the functions it was spent in."""
        own = True
        seen = set()
        if frame is None or self.states.get(frame.f_code) is None:
            self.elsewhere += spent
        for _ in range(1 if spent < 5e-5 else 200):
            if frame is None:
                return
            state = self.states.get(frame.f_code)
            if state is not None and state.number not in seen:
                seen.add(state.number)
                state.overhead += spent
                if own:
                    state.own_overhead += spent
            own = False
            frame = frame.f_back

    def _flush_sometimes(self):
        now = clock()
        if now - self.flushed > max(FLUSH, 20 * self.flush_cost):
            self.flush()
            self.flushed = clock()
            self.flush_cost = self.flushed - now

    def flush(self):
        """Writes the counts and times so far."""
        figures, total = {}, 0.0
        for profiler in self.profilers:
            for entry in profiler.getstats():
                if type(entry.code) is str:
                    continue
                total += entry.inlinetime - self.imported(entry)
                number = self.known.owner(entry.code)
                if number is None:
                    continue
                figure = figures.setdefault(number, [0, 0.0, 0.0])
                figure[1] += entry.inlinetime
                if self.known.number(entry.code) is not None:
                    figure[0] += entry.callcount
                    figure[2] += entry.totaltime
        total -= self.elsewhere
        counts = []
        for state in [state for state in list(self.states.values()) if state is not None]:
            counts.extend([(state.number, number, count) for number, count in state.signatures.values()])
            if figure := figures.get(state.number):
                figure[1] = max(figure[1] - state.own_overhead, 0.0)
                figure[2] = max(figure[2] - state.overhead, figure[1])
                total -= state.own_overhead
        total = max(total, sum([figure[1] for figure in figures.values()]))
        rows = [(number, *figure) for number, figure in sorted(figures.items())]
        self.write({"kind": "times", "total": total, "functions": rows, "counts": counts})

    def imported(self, entry):
        """The seconds of this entry to leave out: shares of a program's time do not count its imports."""
        code = entry.code
        if code.co_name == "_find_and_load" and code.co_filename.startswith("<frozen importlib"):
            return entry.totaltime
        if code.co_name == "<module>" and self.known.own(code) and code.co_filename != self.program:
            # What the file itself does when it is imported is the program's work.
            return -entry.inlinetime
        return 0.0

    def stop(self):
        """Ends the watching and writes the figures, in the process that began it."""
        if not self.active or os.getpid() != self.process:
            return
        self.active = False
        unhook(self)
        numpy = sys.modules.get("numpy")
        version = getattr(numpy, "__version__", None)
        if type(version) is str:
            self.write({"kind": "numpy", "version": f"{getattr(numpy, '__name__', 'numpy')} {version}"})
        self._look_outside([state for state in list(self.states.values()) if state is not None])
        self.flush()

    def in_child(self):
        """A forked child runs free."""
        self.active = False
        unhook(self)


def from_here(error):
    """Whether the recorder failed, and not a signal handler of the program that ran meanwhile."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    name = trace.tb_frame.f_globals.get("__name__") if trace is not None else None
    return type(name) is str and (name.startswith("_rustify_record") or name in ("json.encoder", "json", "codecs"))


CLEAR = (3, 12) <= sys.version_info < (3, 13)

if sys.version_info >= (3, 12):
    monitoring = sys.monitoring

    def hook(recorder):
        """Begins to watch all threads."""
        getframe, disable = sys._getframe, monitoring.DISABLE
        state_of = recorder.state

        def start(code, offset):
            state = state_of(code)
            if state is None or not recorder.called(state, getframe(1)):
                return disable

        def leave(code, offset, value):
            state = state_of(code)
            if state is None or not recorder.returned(state, getframe(1), value):
                return disable

        events = monitoring.events
        monitoring.use_tool_id(TOOL, "rustify")
        monitoring.register_callback(TOOL, events.PY_START, start)
        monitoring.register_callback(TOOL, events.PY_RETURN, leave)
        monitoring.set_events(TOOL, events.PY_START | events.PY_RETURN)
        recorder.profilers.append(profiler := new_profiler())
        enable(profiler)

        def use_tool_id(tool_id, name, /):
            # A program that profiles itself takes the place; the recorder's times end there.
            if tool_id == monitoring.PROFILER_ID:
                unhook_times(recorder)
            return real_use_tool_id(tool_id, name)

        monitoring.use_tool_id = use_tool_id

    real_use_tool_id = monitoring.use_tool_id

    def unhook_times(recorder):
        if monitoring.use_tool_id is not real_use_tool_id:
            monitoring.use_tool_id = real_use_tool_id
            recorder.profilers[0].disable()

    def unhook(recorder):
        monitoring.set_events(TOOL, 0)
        unhook_times(recorder)

else:
    import opcode

    RETURN = opcode.opmap["RETURN_VALUE"]

    def hook(recorder):
        """Begins to watch this thread and those that start later."""
        state_of = recorder.state

        def trace(frame, event, value):
            if event != "call":
                return None
            state = state_of(frame.f_code)
            if state is None or (state.calls >= LOOKS or state.seconds >= SECONDS):
                return None
            recorder.called(state, frame)
            if state.generator or state.returns >= RETURNS:
                return None
            frame.f_trace_lines = False
            return leave

        def leave(frame, event, value):
            if event == "return":
                code = frame.f_code
                # None may also stand for an exception on its way out.
                if value is not None or code.co_code[frame.f_lasti] == RETURN:
                    recorder.returned(state_of(code), frame, value)
            return leave

        def thread_begins(frame, event, value):
            sys.setprofile(None)
            recorder.profilers.append(profiler := new_profiler())
            enable(profiler)

        threading.settrace(trace)
        threading.setprofile(thread_begins)
        recorder.profilers.append(profiler := new_profiler())
        enable(profiler)
        sys.settrace(trace)

    def unhook(recorder):
        sys.settrace(None)
        sys.setprofile(None)
        threading.settrace(None)
        threading.setprofile(None)
        recorder.profilers[0].disable()


def new_profiler():
    import _lsprof

    return _lsprof.Profiler(subcalls=False, builtins=False)


def enable(profiler):
    # C code counts for the Python function that called it: it would be translated with it.
    profiler.enable(subcalls=False, builtins=False)
