"""Joining what was required with what happened; comparing with earlier runs."""

import collections
import gzip
import io
import re

import areas


class Report:
    """Joins what was required with what happened."""

    def __init__(self, required, results, about):
        self.about = about
        self.required = required
        self.results = results
        self.areas = {}
        self.passed = set()
        self.not_passed = {}     # id -> [outcome, message]
        for path, tests in required.items():
            got = results[path]["tests"]
            for test, area in tests.items():
                outcome, message = got.get(test, ("missing", "not run"))
                counts = self.areas.setdefault(area, collections.Counter())
                counts["total"] += 1
                counts[outcome] += 1
                if outcome == "passed":
                    self.passed.add(test)
                else:
                    self.not_passed[test] = [outcome, message]
        self.total = sum(c["total"] for c in self.areas.values())

    def percent(self):
        return 100.0 * len(self.passed) / self.total if self.total else 0.0

    def culprits(self):
        return [c for result in self.results.values() for c in result["culprits"]]

    def file_errors(self):
        """Files that lost tests as a whole: [(tests lost, path, reason)]."""
        found = []
        for path, result in self.results.items():
            lost = sum(self.not_passed.get(test, [""])[0] == "missing"
                       for test in self.required[path])
            if result["error"] and lost:
                found.append((lost, path, result["error"]))
        return sorted(found, reverse=True)

    def functions(self):
        """{area: (distinct test functions, those with every required case passed)}.

        A few parametrised functions make half of all cases, so both are told.
        """
        found = {}
        for tests in self.required.values():
            for test, area in tests.items():
                cases = found.setdefault(area, {}).setdefault(test.split("[")[0], [])
                cases.append(test in self.passed)
        return {area: (len(by_name), sum(all(cases) for cases in by_name.values()))
                for area, by_name in found.items()}

    def slice_text(self):
        """Cases and functions of the numeric core, and its weakest area."""
        functions = self.functions()
        if not all(area in self.areas for area in areas.SLICE):
            return ""
        total = sum(self.areas[area]["total"] for area in areas.SLICE)
        passed = sum(self.areas[area]["passed"] for area in areas.SLICE)
        names = sum(functions[area][0] for area in areas.SLICE)
        whole = sum(functions[area][1] for area in areas.SLICE)
        share, weakest = min((self.areas[area]["passed"] / self.areas[area]["total"], area)
                             for area in areas.SLICE)
        return (f"Numeric core ({len(areas.SLICE)} areas): {passed} of {total} cases "
                f"({100 * passed / total:.2f}%), {whole} of {names} functions with every "
                f"case passed ({100 * whole / names:.2f}%), weakest area {weakest} "
                f"({100 * share:.2f}%)")

    def text(self):
        columns = ["passed", "failed", "crashed", "timeout", "missing", "skipped", "other"]
        rows = [["area", "total", *columns, "%", "functions", "whole", "%"]]
        functions = self.functions()
        all_names = sum(names for names, _ in functions.values())
        all_whole = sum(whole for _, whole in functions.values())
        grand = collections.Counter()
        for area in sorted(self.areas):
            counts = self.areas[area]
            grand.update(counts)
            rows.append(self._row(area, counts, columns, *functions[area]))
        rows.append(self._row("ALL", grand, columns, all_names, all_whole))
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        lines = ["  ".join(cell.ljust(w) if i == 0 else cell.rjust(w)
                           for i, (cell, w) in enumerate(zip(row, widths)))
                 for row in rows]
        lines.insert(1, "-" * len(lines[0]))
        lines.insert(-1, "-" * len(lines[0]))
        summary = self.slice_text()
        if summary:
            lines += ["", summary]
        errors = self.file_errors()
        if errors:
            lines += ["", "Files that lost tests as a whole (tests lost, file, why):"]
            lines += [f"  {lost:6d}  {path}  {why}" for lost, path, why in errors[:40]]
        culprits = self.culprits()
        if culprits:
            functions = collections.Counter(
                (c["how"], c["test"].split("[")[0]) for c in culprits)
            lines += ["", f"Crashes and hangs ({len(culprits)}):"]
            lines += [f"  {how:10s} {n:4d}x  {test}"
                      for (how, test), n in functions.most_common(40)]
        common = collections.Counter(
            re.sub(r"0x[0-9a-f]+|\d+", "#", message)[:110]
            for outcome, message in self.not_passed.values() if outcome == "failed")
        if common:
            lines += ["", "Most common failures:"]
            lines += [f"  {n:6d}  {message}" for message, n in common.most_common(15)]
        return "\n".join(lines)

    @staticmethod
    def _row(area, counts, columns, names, whole):
        known = sum(counts[c] for c in columns[:-1])
        cells = [counts[c] for c in columns[:-1]] + [counts["total"] - known]
        percent = 100.0 * counts["passed"] / counts["total"] if counts["total"] else 0
        return [area, str(counts["total"]), *map(str, cells), f"{percent:.2f}",
                str(names), str(whole), f"{100.0 * whole / names if names else 0:.2f}"]

    def to_json(self):
        return {
            "about": self.about,
            "total": self.total,
            "passed_count": len(self.passed),
            "percent": round(self.percent(), 3),
            "functions": {area: list(pair) for area, pair in sorted(self.functions().items())},
            "areas": {area: dict(counts) for area, counts in sorted(self.areas.items())},
            "culprits": self.culprits(),
            "file_errors": [list(row) for row in self.file_errors()],
            "seconds": {path: r["seconds"] for path, r in sorted(self.results.items())},
            "passed": sorted(self.passed),
            "not_passed": dict(sorted(self.not_passed.items())),
        }


def compare(report, previous):
    """Changes since an earlier JSON report, among tests that both contain."""
    before = set(previous["passed"])
    both = before | set(previous["not_passed"])
    gained = sorted(t for t in report.passed if t in both and t not in before)
    lost = sorted(t for t in report.not_passed if t in before)
    lines = ["", f"Compared with the previous run: {len(gained)} newly passing, "
                 f"{len(lost)} newly failing"]
    lines += [f"  LOST  {t}  {' '.join(report.not_passed[t])}" for t in lost[:200]]
    lines += [f"  won   {t}" for t in gained[:20]]
    return "\n".join(lines), lost


def open_text(path, mode):
    if not str(path).endswith(".gz"):
        return open(path, mode, encoding="utf-8")
    # No time stamp inside, so that an unchanged list is an unchanged file.
    binary = gzip.GzipFile(path, mode + "b", mtime=0)
    return io.TextIOWrapper(binary, encoding="utf-8")


def check_baseline(report, path):
    """Tests named in the baseline that were run now and did not pass."""
    with open_text(path, "r") as stream:
        names = [line.strip() for line in stream]
    demanded = {test for tests in report.required.values() for test in tests}
    return sorted(t for t in names if t in demanded and t not in report.passed)
