"""The manifest: what the real NumPy did with every test."""

import gzip
import json
import pathlib
import re


class Manifest:
    """Outcome and area of every test on the reference NumPy.

    Stored as gzipped text: a line of JSON about the recording, then for each
    file a line ``@ path seconds`` and one line ``outcome<TAB>area<TAB>test`` per test.
    """

    def __init__(self, about, files):
        self.about = about
        self.files = files    # path -> {"seconds": float, "tests": {id: (outcome, area)}}

    @classmethod
    def load(cls, path):
        files = {}
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            about = json.loads(next(stream))
            for line in stream:
                line = line.rstrip("\n")
                if line.startswith("@ "):
                    _, name, seconds = line.split(" ")
                    tests = {}
                    files[name] = {"seconds": float(seconds), "tests": tests}
                else:
                    outcome, area, test = line.split("\t", 2)
                    tests[f"{name}::{test}"] = (outcome, area)
        return cls(about, files)

    def save(self, path):
        lines = [json.dumps(self.about, sort_keys=True)]
        for name, entry in sorted(self.files.items()):
            lines.append(f"@ {name} {entry['seconds']:.1f}")
            lines += [f"{outcome}\t{area}\t{test.partition('::')[2]}"
                      for test, (outcome, area) in entry["tests"].items()]
        data = ("\n".join(lines) + "\n").encode()
        pathlib.Path(path).write_bytes(gzip.compress(data, mtime=0))

    def required(self, areas=None, pattern=None, paths=()):
        """The tests to demand, as {file: {test id: area}}."""
        search = re.compile(pattern).search if pattern else lambda test: True
        chosen = {}
        for name, entry in self.files.items():
            if paths and not any(part in name for part in paths):
                continue
            tests = {test: area for test, (outcome, area) in entry["tests"].items()
                     if outcome == "passed" and (not areas or area in areas)
                     and search(test)}
            if tests:
                chosen[name] = tests
        return chosen
