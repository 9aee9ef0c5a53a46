"""One side of the bench: times statements on the package named in argv, when told to.

Talks JSON lines on standard input and output. ``setup`` prepares a row and finds how
many loops a sample takes; ``sample`` times that many loops and answers seconds a loop.
"""

import gc
import importlib
import json
import sys
import time


def prepare(np, request):
    namespace = {"np": np}
    exec(request["setup"], namespace)
    code = compile(
        "def timed(loops, clock):\n"
        "    start = clock()\n"
        "    for _ in loops:\n"
        f"        {request['statement']}\n"
        "    return clock() - start\n", "<row>", "exec")
    exec(code, namespace)
    timed = namespace["timed"]
    # Names that the loop reads are globals on both sides alike.
    loops = 1
    while True:
        seconds = timed(range(loops), time.perf_counter)
        if seconds > request["sample_s"] / 4 or loops >= 1 << 22:
            break
        loops *= 4
    loops = max(1, round(loops * request["sample_s"] / max(seconds, 1e-9)))
    return timed, loops


def main():
    np = importlib.import_module(sys.argv[1])
    gc.disable()
    timed, loops = None, 0
    print(json.dumps({"version": str(np.__version__)}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "setup" in request:
                timed = None
                gc.collect()
                timed, loops = prepare(np, request)
                answer = {"loops": loops}
            else:
                answer = {"seconds": timed(range(loops), time.perf_counter) / loops}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
