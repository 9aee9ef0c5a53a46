"""One side of the bench: times statements on the package named in argv, when told to.

Talks JSON lines on standard input and output. ``setup`` prepares a row and finds how
many loops a sample takes; ``sample`` times that many loops and answers seconds a loop.

Where a row's operands lie in memory changes short calls by a third (two blocks at one
offset of a page wait for each other), so rows that are set up quickly get new operands at
another place for each sample: the interval of the paired ratios then tells of that, too.
"""

import gc
import importlib
import json
import random
import sys
import time

import processors

#: Rows whose operands are made in less than this are set up anew for each sample.
QUICK_SETUP_S = 0.005


class Row:
    """A statement with its operands, and how often a sample runs it."""

    def __init__(self, np, request):
        self.np, self.setup, self.statement = np, request["setup"], request["statement"]
        self.places = random.Random(20261121)
        start = time.perf_counter()
        self.place()
        self.moves = time.perf_counter() - start < QUICK_SETUP_S
        self.loops = 1
        # The first call may import a module or make plans.
        self.seconds()
        while True:
            seconds = self.seconds()
            if seconds > request["sample_s"] / 4 or self.loops >= 1 << 22:
                break
            self.loops *= 4
        self.loops = max(1, round(self.loops * request["sample_s"] / max(seconds, 1e-9)))

    def place(self):
        """Makes the operands behind blocks of random sizes."""
        self.before = [bytearray(16 * self.places.randrange(1, 1024)) for _ in range(8)]
        # Names that the loop reads are globals on both sides alike.
        namespace = {"np": self.np}
        exec(self.setup, namespace)
        code = compile(
            "def timed(loops, clock):\n"
            "    start = clock()\n"
            "    for _ in loops:\n"
            f"        {self.statement}\n"
            "    return clock() - start\n", "<row>", "exec")
        exec(code, namespace)
        self.timed = namespace["timed"]

    def seconds(self):
        return self.timed(range(self.loops), time.perf_counter)

    def sample(self, processor):
        """Seconds a loop, with this thread on one processor; threads started by the set-up keep all of them."""
        with processors.bound(processor):
            return self.timed_here()

    def timed_here(self):
        if self.moves:
            self.place()
            # The first call after a move fills caches, as on every other row.
            self.timed(range(1 + self.loops // 50), time.perf_counter)
        return self.seconds() / self.loops


def main():
    np = importlib.import_module(sys.argv[1])
    gc.disable()
    row = None
    print(json.dumps({"version": str(np.__version__)}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "setup" in request:
                row = None
                gc.collect()
                row = Row(np, request)
                answer = {"loops": row.loops}
            else:
                answer = {"seconds": row.sample(request["processor"])}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
