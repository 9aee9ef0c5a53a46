"""Running one file in child processes, and surviving what happens there."""

import collections
import concurrent.futures
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import tempfile
import time

import conformance_plugin
import numpy_alias

HERE = pathlib.Path(__file__).resolve().parent


class FileRunner:
    """Runs test files in child processes and survives what happens there."""

    GRACE = 15         # seconds given to pytest-timeout before the process is killed
    SAME_FUNCTION = 3  # crashes of one parametrized test before giving it up

    def __init__(self, options, suite):
        self.options = options
        self.suite = suite
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="conformance-"))
        hook = self.scratch / "hook"
        hook.mkdir()
        # Python imports sitecustomize at start-up, also in subprocesses of tests.
        (hook / "sitecustomize.py").write_text(
            "import numpy_alias\nnumpy_alias.install_from_environment()\n")
        self.logs = pathlib.Path(options.logs) if options.logs else self.scratch / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.env = self._environment(hook)

    def _environment(self, hook):
        env = dict(os.environ)
        given = filter(None, env.get("PYTHONPATH", "").split(os.pathsep))
        path = [str(hook), str(HERE), *map(os.path.abspath, given)]  # tests run elsewhere
        env.update({
            "PYTHONPATH": os.pathsep.join(path),
            "PYTHONHASHSEED": "0",
            "PYTHONPYCACHEPREFIX": str(self.suite.cache / "pycache"),
            "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
            "NPY_AVAILABLE_MEM": "2 GB",
            numpy_alias.ENV_CANDIDATE: self.options.candidate,
            numpy_alias.ENV_VIA: self.options.via,
            numpy_alias.ENV_SUITE: str(self.suite.root),
            numpy_alias.ENV_STUBS: "0" if self.options.no_c_stubs else "1",
            numpy_alias.ENV_HIDE: ",".join(self.options.hide),
            numpy_alias.ENV_TESTING: "reference" if self.options.reference_testing else "",
        })
        for name in (conformance_plugin.ENV_EVENTS, conformance_plugin.ENV_WANTED):
            env.pop(name, None)
        return env

    def close(self):
        shutil.rmtree(self.scratch, ignore_errors=True)

    def pytest_command(self, *arguments):
        return [self.options.python, "-m", "pytest", "-p", "conformance_plugin",
                "-p", "no:cacheprovider", "-c", str(self.suite.root / "pytest.ini"),
                "--rootdir", str(self.suite.root), *arguments]

    def run(self, path, wanted=None):
        """Run ``path``; return {"tests": {id: (outcome, message)}, ...}.

        ``wanted`` holds the ids to run; None means all that pytest collects.
        """
        outcomes, culprits, file_error = {}, [], None
        deaths = collections.Counter()
        deadline = time.monotonic() + self.options.file_timeout
        started = time.monotonic()
        for attempt in range(self.options.max_restarts + 1):
            rest = None if wanted is None else [t for t in wanted if t not in outcomes]
            if rest == []:
                break
            attempt_result = self._run_once(path, rest, attempt, deadline)
            outcomes.update(attempt_result["outcomes"])
            file_error = file_error or attempt_result["collect_error"]
            end = attempt_result["end"]
            if end == "finished":
                break
            current = attempt_result["current"]
            if current is not None:
                kind = "timeout" if end == "stalled" else "crashed"
                outcomes[current] = (kind, end)
                culprits.append({"test": current, "how": end})
                function = current.split("[")[0]
                deaths[function] += 1
                if deaths[function] >= self.SAME_FUNCTION and rest is not None:
                    outcomes.update((test, (kind, "not run: its function crashes"))
                                    for test in rest if test not in outcomes
                                    and test.split("[")[0] == function)
            elif not attempt_result["outcomes"]:
                file_error = file_error or f"process died while loading the file: {end}"
                culprits.append({"test": path, "how": end})
                break
            if time.monotonic() > deadline:
                file_error = file_error or "file time limit reached"
                break
            if wanted is None:
                file_error = file_error or f"died: {end}"
                break
        else:
            file_error = file_error or f"more than {self.options.max_restarts} crashes"
        seconds = time.monotonic() - started
        if wanted is not None:
            for test in wanted:
                outcomes.setdefault(test, ("missing", file_error or "not collected"))
        return {"tests": outcomes, "culprits": culprits, "error": file_error,
                "seconds": round(seconds, 1)}

    def _run_once(self, path, wanted, attempt, deadline):
        label = f"{path.replace('/', '.')}.{attempt}"
        work = self.scratch / label
        work.mkdir()
        events = work / "events.jsonl"
        events.touch()
        env = {**self.env, conformance_plugin.ENV_EVENTS: str(events)}
        if wanted is not None:
            wanted_file = work / "wanted.txt"
            wanted_file.write_text("\n".join(wanted), encoding="utf-8")
            env[conformance_plugin.ENV_WANTED] = str(wanted_file)
        cwd = work / "cwd"
        cwd.mkdir()
        command = self.pytest_command(
            "-q", "--no-header", "--tb=line", "-p", "no:doctest",
            f"--basetemp={work / 'tmp'}", f"--timeout={self.options.test_timeout}",
            "--timeout-method=signal", str(self.suite.root / path))
        with open(self.logs / f"{label}.log", "wb") as log:
            process = subprocess.Popen(command, cwd=cwd, env=env, stdout=log,
                                       stderr=subprocess.STDOUT,
                                       stdin=subprocess.DEVNULL,
                                       start_new_session=True)
        self._set_limits(process)
        try:
            stalled = self._watch(process, events, deadline)
        finally:
            self._kill_group(process)
        result = self._read_events(events)
        if result["finished"]:
            result["end"] = "finished"
        elif stalled:
            result["end"] = "stalled"
        else:
            result["end"] = self._describe_status(process.returncode)
        shutil.rmtree(work, ignore_errors=True)
        return result

    def _set_limits(self, process):
        if not hasattr(resource, "prlimit"):
            return
        limits = [(resource.RLIMIT_CORE, 0)]
        if self.options.memory_gb:
            limits.append((resource.RLIMIT_AS, int(self.options.memory_gb * 2**30)))
        for kind, limit in limits:
            try:
                resource.prlimit(process.pid, kind, (limit, limit))
            except (ProcessLookupError, PermissionError):
                pass

    def _watch(self, process, events, deadline):
        """Wait for the end; kill and return True when no event comes for too long."""
        patience = self.options.test_timeout + self.GRACE
        size, changed = 0, time.monotonic()
        while True:
            try:
                process.wait(timeout=0.25)
                return False
            except subprocess.TimeoutExpired:
                pass
            now, new_size = time.monotonic(), events.stat().st_size
            if new_size != size:
                size, changed = new_size, now
            if now - changed > patience or now > deadline:
                self._kill_group(process)
                return True

    @staticmethod
    def _kill_group(process):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()

    @staticmethod
    def _describe_status(code):
        if code < 0:
            try:
                return signal.Signals(-code).name
            except ValueError:
                return f"signal {-code}"
        return f"exit status {code}"

    @staticmethod
    def _read_events(path):
        result = {"outcomes": {}, "current": None, "collect_error": None,
                  "finished": False}
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue
            kind = event["event"]
            if kind == "start":
                result["current"] = event["id"]
            elif kind == "result":
                result["outcomes"][event["id"]] = (event["outcome"],
                                                   event.get("message", ""))
                result["current"] = None
            elif kind in ("collect-error", "collect-skip"):
                result["collect_error"] = result["collect_error"] or event["message"]
            elif kind == "finished":
                result["finished"] = True
        return result

    def run_all(self, jobs, work, on_done):
        """``work`` is [(path, wanted)], the longest first."""
        results = {}
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            futures = {pool.submit(self.run, path, wanted): path for path, wanted in work}
            for future in concurrent.futures.as_completed(futures):
                path = futures[future]
                results[path] = future.result()
                on_done(path, results[path])
        return results
