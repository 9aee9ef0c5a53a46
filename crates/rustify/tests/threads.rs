//! Translated functions in a program with several threads: the others go on meanwhile, two calls at once answer what one
//! does, Ctrl-C arrives, and what gives up after it has let the interpreter go runs in Python.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// Numbers alone, a short loop over a range, a recursion, lists made here, a list of the caller that is read, texts, a division by zero late on.
const PROGRAM: &str = "\
def collatz(limit):
    longest = 0
    start = 1
    while start < limit:
        steps = 0
        n = start
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        if steps > longest:
            longest = steps
        start += 1
    return longest

def series(n):
    total = 0
    for i in range(n):
        total = (total + i * i) % 1000003
    return total

def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

def sieve(n, rounds):
    count = 0
    for _ in range(rounds):
        marks = [True] * (n + 1)
        for i in range(2, n + 1):
            if marks[i]:
                count += 1
                j = i * i
                while j <= n:
                    marks[j] = False
                    j += i
    return count

def nearest(xs, rounds):
    best = 1e9
    for _ in range(rounds):
        for i in range(len(xs)):
            for j in range(i):
                d = abs(xs[i] - xs[j])
                if d < best:
                    best = d
    return best

def letters(words, rounds):
    n = 0
    for _ in range(rounds):
        for word in words:
            if word.startswith('a'):
                n += len(word)
    return n

def divides(n):
    total = 0
    i = n
    while i >= 0:
        total += 1000000 % i
        i -= 1
    return total

def outgrows(n):
    total = 1
    i = 0
    while i < n:
        total = total % 1000003 + i
        i += 1
    while i < n + 70:
        total = total * 3
        i += 1
    return total

def waits(flag, most):
    turns = 0
    while flag[0] == 0 and turns < most:
        turns += 1
    return turns < most

if __name__ == '__main__':
    for _ in range(5):
        collatz(3000), series(1000), fib(20), sieve(5000, 2), nearest([0.5 * i * i for i in range(60)], 3)
        letters(['ab', 'b'] * 50, 20), outgrows(1000), waits([1], 5), waits([0], 5000)
    try:
        divides(1000)
    except ZeroDivisionError:
        pass
";

const CHECK: &str = "\
import _thread, signal, sys, threading, time, traceback
import work

CALLS = {
    'collatz': (1000000,),
    'series': (300000000,),
    'fib': (37,),
    'sieve': (1000000, 40),
    'nearest': ([0.37 * i * i for i in range(2000)], 60),
    'letters': (['ab', 'b'] * 1000, 60000),
}

def long_enough(name):
    function, arguments = getattr(work, name), CALLS[name]
    seen, done = [], threading.Event()

    def other():
        while not done.is_set():
            seen.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=other)
    thread.start()
    begin = time.perf_counter()
    answer = function(*arguments)
    end = time.perf_counter()
    done.set()
    thread.join()
    rest = (end - begin) / 10
    inside = [t for t in seen if begin + rest < t < end - rest]
    assert len(inside) >= 2, (name, end - begin, len(inside))
    return answer

def at_once(name, answer):
    got = [None, None]

    def call(at):
        got[at] = getattr(work, name)(*CALLS[name])

    threads = [threading.Thread(target=call, args=(at,)) for at in range(2)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert got == [answer, answer], (name, got, answer)

for name in CALLS:
    at_once(name, long_enough(name))

# What another thread changes in a list is seen.
flag = [0]
threading.Timer(0.2, lambda: flag.__setitem__(0, 1)).start()
assert work.waits(flag, 1 << 40)

# A signal arrives. A shell starts what runs in the background with this one ignored, and Python takes that over.
signal.signal(signal.SIGINT, signal.default_int_handler)
for name, arguments in [('collatz', (10**9,)), ('fib', (80,)), ('series', (10**13,)), ('nearest', (CALLS['nearest'][0], 10**9))]:
    threading.Timer(0.2, _thread.interrupt_main).start()
    try:
        getattr(work, name)(*arguments)
    except KeyboardInterrupt:
        pass
    else:
        raise AssertionError(name)

# What gives up after it has run for long runs in Python, with its traceback.
busy, done = [0], threading.Event()

def spin():
    while not done.is_set():
        busy[0] += 1

thread = threading.Thread(target=spin)
thread.start()
try:
    work.divides(6000000)
except ZeroDivisionError as error:
    assert traceback.extract_tb(error.__traceback__)[-1].lineno == LINE
else:
    raise AssertionError('no error')
got, n = work.outgrows(3000000), 3000000
done.set()
thread.join()
total = 1
for i in range(n):
    total = total % 1000003 + i
assert got == total * 3**70

extension = next(m for name, m in sys.modules.items() if name.startswith('_work_rs'))
counts = extension.stats()
for name in CALLS:
    assert counts[name][1] >= 3, (name, counts)

# A thread that nobody waits for does not hold up the end.
threading.Thread(target=work.collatz, args=(10**9,), daemon=True).start()
time.sleep(0.1)
print('all well')
";

#[test]
fn other_threads_go_on() {
    let place = tempfile::tempdir().expect("a folder");
    let python = std::env::var("PYO3_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    fs::write(place.path().join("work.py"), PROGRAM).expect("written");
    let line = PROGRAM
        .lines()
        .position(|l| l.contains("1000000 % i"))
        .expect("there")
        + 1;
    let check = CHECK.replace("LINE", &line.to_string());
    fs::create_dir(place.path().join("elsewhere")).expect("made");
    fs::write(place.path().join("elsewhere/check.py"), check).expect("written");
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rustify-cache-of-command");
    let done = Command::cargo_bin("rustify")
        .expect("built")
        .current_dir(place.path())
        .env("RUSTIFY_CACHE_DIR", cache)
        .args(["accelerate", "--yes", "--file", "work.py", "--all"])
        .args(["--keep-slower", "--python", &python])
        .output()
        .expect("it runs");
    assert!(done.status.success(), "{done:?}");
    let checked = Command::new(&python)
        .current_dir(place.path().join("elsewhere"))
        .env("PYTHONPATH", place.path().join("dist/python"))
        .args(["-X", "faulthandler", "check.py"])
        .timeout(std::time::Duration::from_secs(150))
        .output()
        .expect("it runs");
    assert!(checked.status.success(), "{checked:?}");
    assert_eq!(String::from_utf8_lossy(&checked.stdout).trim(), "all well");
}
