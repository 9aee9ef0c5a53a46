//! The profile stage on small real programs, well-behaved and not.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustify_record::{End, Profile, ProfileError, ProfileOptions, Silent, profile};
use rustify_types::FunctionProfile;
use tempfile::TempDir;

fn python() -> PathBuf {
    std::env::var_os("PYO3_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from)
}

struct Program {
    dir: TempDir,
    options: ProfileOptions,
}

fn program(text: &str) -> Program {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("prog.py");
    fs::write(&file, text).unwrap();
    let mut options = ProfileOptions::new(python(), &file, dir.path().join("work"));
    options.time_limit = Duration::from_secs(30);
    Program { dir, options }
}

impl Program {
    fn run(&self) -> Profile {
        profile(&self.options, &mut Silent).unwrap()
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }
}

fn function<'a>(profile: &'a Profile, qualname: &str) -> &'a FunctionProfile {
    profile
        .functions
        .iter()
        .find(|f| f.qualname == qualname)
        .unwrap()
}

fn first(profile: &Profile, qualname: &str) -> Vec<String> {
    function(profile, qualname).signatures[0]
        .args
        .iter()
        .map(|s| s.0.clone())
        .collect()
}

#[test]
fn types_counts_and_times_of_the_main_program() {
    let seen = program(
        "
class P:
    def __init__(self, x):
        self.x = x
    def m(self, k=2):
        return self.x * k
def f(a, *rest, key=1, **kw):
    return [v * 2.0 for v in a]
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
def outer():
    def inner(z):
        return {z: (1, 'a')}
    return inner(3)
def never():
    pass
if __name__ == '__main__':
    f([1, 2.0, 2**70], 4, key='x', zz=3)
    P(3).m()
    fib(18)
    outer()
",
    )
    .run();
    assert_eq!(seen.end, End::Exited(0), "{}", seen.stderr);
    assert_eq!(
        first(&seen, "f"),
        [
            "list[bigint|float|int]",
            "tuple[int]",
            "str",
            "dict[str,int]"
        ]
    );
    assert_eq!(first(&seen, "P.m"), ["instance[prog.P]{x:int}", "int"]);
    assert_eq!(
        function(&seen, "outer.<locals>.inner").returns[0].0,
        "dict[int,tuple[int,str]]"
    );
    let fib = function(&seen, "fib");
    assert_eq!((fib.calls, fib.signatures[0].count), (8361, 8361));
    assert!(fib.own_seconds > 0.0 && fib.total_seconds >= fib.own_seconds);
    assert!(seen.total_seconds >= fib.own_seconds);
    assert_eq!(function(&seen, "never").calls, 0);
    assert_eq!(function(&seen, "never").line, 15);
    let kept = |name| {
        seen.kept[seen
            .functions
            .iter()
            .position(|f| f.qualname == name)
            .unwrap()]
    };
    assert_eq!((kept("f"), kept("never")), (1, 0));
    assert!((4..=20).contains(&kept("fib")), "{}", kept("fib"));
}

#[test]
fn the_program_sees_what_it_always_sees() {
    let text = "
import json, os, sys
def f(x):
    return x
if __name__ == '__main__':
    import __main__
    f(1)
    print(json.dumps({
        'argv': sys.argv, 'path': sys.path[0], 'file': __file__, 'main': __main__.__dict__ is globals(),
        'names': sorted(globals()), 'spec': __spec__, 'doc': __doc__, 'cwd': os.getcwd(),
        'modules': sorted(m for m in sys.modules if 'rustify' in m and '_rustify_record' not in m),
        'orig': sys.orig_argv[1:], 'package': __package__, 'cached': globals().get('__cached__', 0),
    }))
";
    let mut made = program(text);
    made.options.args = vec!["a b".into(), "--x=\"q\"\n".into()];
    let seen = made.run();
    let plain = std::process::Command::new(python())
        .arg("-B")
        .arg(made.path().join("prog.py"))
        .args(&made.options.args)
        .output()
        .unwrap();
    let plain = String::from_utf8(plain.stdout)
        .unwrap()
        .replace("\"-B\", ", "");
    assert_eq!(seen.stdout, plain, "{}", seen.stderr);
    assert!(!made.path().join("__pycache__").exists());
}

#[test]
fn a_driver_and_neighbours_with_names_of_the_library() {
    let made = program("class C:\n    pass\ndef f(c, x):\n    return [x]\n");
    let driver = made.path().join("drive it.py");
    fs::write(made.path().join("pickle.py"), "mine = 1\n").unwrap();
    fs::write(
        &driver,
        "import prog, pickle\nassert pickle.mine\nprog.f(prog.C(), 2)\n",
    )
    .unwrap();
    let mut options = made.options.clone();
    options.driver = Some(driver);
    let seen = profile(&options, &mut Silent).unwrap();
    assert_eq!(seen.end, End::Exited(0), "{}", seen.stderr);
    assert_eq!(first(&seen, "f"), ["instance[prog.C]{}", "int"]);
}

#[test]
fn an_exception_is_the_programs_own() {
    let seen = program("def f(x):\n    return 1 // x\nf(1)\nf(0)\n").run();
    assert_eq!(
        seen.end,
        End::Raised("ZeroDivisionError: integer division or modulo by zero".to_owned())
    );
    assert_eq!(function(&seen, "f").calls, 2);
    assert!(!seen.stderr.contains("_rustify"), "{}", seen.stderr);
    assert!(
        seen.stderr.contains("line 4, in <module>"),
        "{}",
        seen.stderr
    );
    // An exception on its way out is no result.
    assert_eq!(function(&seen, "f").returns.len(), 1);
}

#[test]
fn every_way_to_leave() {
    for (text, end) in [
        ("import sys\nsys.exit(3)", End::Exited(3)),
        ("import sys\nsys.exit('no')", End::Exited(1)),
        ("import os\nos._exit(4)", End::Exited(4)),
        ("import os\nos.kill(os.getpid(), 9)", End::Signal(9)),
        ("import os, atexit\natexit.register(f, 2.5)", End::Exited(0)),
    ] {
        let seen = program(&format!("def f(x):\n    return x\nf(1)\n{text}\n")).run();
        assert_eq!(seen.end, end, "{text}: {}", seen.stderr);
        assert_eq!(first(&seen, "f"), ["int"], "{text}");
        assert!(function(&seen, "f").calls >= 1, "{text}");
        assert_eq!(
            seen.kept,
            [if text.contains("atexit") { 2 } else { 1 }],
            "{text}"
        );
    }
}

#[test]
fn a_program_without_end() {
    let mut made = program("def f(x):\n    return x + 1\nx = 0\nwhile True:\n    x = f(x)\n");
    made.options.time_limit = Duration::from_secs(1);
    let seen = made.run();
    assert_eq!(seen.end, End::TimeLimit);
    assert!(function(&seen, "f").calls > 1000 && function(&seen, "f").own_seconds > 0.0);
    // One that does not listen either, with a child that would go on.
    let text = "
import os, signal, time
def f(x):
    return x
signal.signal(signal.SIGINT, signal.SIG_IGN)
f(1)
if os.fork() == 0:
    time.sleep(100)
while True:
    time.sleep(1)
";
    let mut made = program(text);
    made.options.time_limit = Duration::from_secs(1);
    let begun = Instant::now();
    let seen = made.run();
    assert!(begun.elapsed() < Duration::from_secs(8));
    assert_eq!((seen.end, seen.functions[0].calls), (End::TimeLimit, 1));
}

#[test]
fn a_program_that_prints_without_end() {
    let mut made = program("def f(x):\n    return x\nf(1)\nwhile True:\n    print('x' * 100000)\n");
    made.options.output_limit = 1 << 20;
    let seen = made.run();
    assert_eq!((seen.end, seen.functions[0].calls), (End::OutputLimit, 1));
    assert!(seen.stdout.len() <= 64 * 1024);
}

#[test]
fn forks_threads_and_closed_descriptors() {
    let text = "
import os, threading
def f(x):
    return x
def in_thread(x):
    return f(x)
os.closerange(3, 200)
kept = open('mine.txt', 'w')
t = threading.Thread(target=in_thread, args=(1.5,))
t.start()
t.join()
child = os.fork()
if child == 0:
    f(b'child')
    os._exit(0)
os.waitpid(child, 0)
f('parent')
os.remove(__file__)
kept.write('only this')
";
    let mut made = program(text);
    made.options.cwd = Some(made.path().to_path_buf());
    let seen = made.run();
    assert_eq!(seen.end, End::Exited(0), "{}", seen.stderr);
    let mut types: Vec<_> = function(&seen, "f")
        .signatures
        .iter()
        .map(|s| s.args[0].0.as_str())
        .collect();
    types.sort_unstable();
    assert_eq!(types, ["float", "str"]);
    assert_eq!(function(&seen, "in_thread").calls, 1);
    assert_eq!(
        fs::read_to_string(made.path().join("mine.txt")).unwrap(),
        "only this"
    );
}

#[test]
fn values_are_looked_at_without_running_their_code() {
    let text = "
class Loud:
    def __getattr__(self, name): raise SystemExit('getattr ' + name)
    def __reduce_ex__(self, n): raise SystemExit('reduce')
    def __eq__(self, other): raise SystemExit('eq')
    def __hash__(self): return 1
    def __len__(self): raise SystemExit('len')
    def __repr__(self): raise SystemExit('repr')
    def __iter__(self): raise SystemExit('iter')
class Louder:
    def __getattribute__(self, name): raise SystemExit('getattribute ' + name)
class Lists(list):
    def __len__(self): raise SystemExit('len')
    def __iter__(self): raise SystemExit('iter')
class Plain:
    def __init__(self): self.x = 1
def f(a, b, c, d): return a
p = Plain()
f([Loud()], {'k': Louder()}, Lists(), p)
f(Loud(), Louder(), Lists(), p)
print(sorted(n for n in vars(Plain) if 'slot' in n), end='')
";
    let seen = program(text).run();
    assert_eq!(seen.end, End::Exited(0), "{}", seen.stderr);
    assert_eq!(seen.stdout, "[]");
    let loud = "instance[prog.Loud]{}";
    assert_eq!(first(&seen, "f")[0], format!("list[{loud}]"));
    assert_eq!(
        first(&seen, "f")[2..],
        ["other[prog.Lists]", "instance[prog.Plain]{x:int}"]
    );
}

#[test]
fn what_cannot_be_profiled_is_said() {
    let made = program("def f(:\n");
    match profile(&made.options, &mut Silent) {
        Err(ProfileError::Syntax(text)) => assert!(text.starts_with("line 1"), "{text}"),
        other => panic!("{other:?}"),
    }
    let mut made = program("pass\n");
    made.options.python = PathBuf::from("/no/such/python");
    assert!(matches!(
        profile(&made.options, &mut Silent),
        Err(ProfileError::Python(..))
    ));
    made.options.file = PathBuf::from("/no/such/file.py");
    assert!(matches!(
        profile(&made.options, &mut Silent),
        Err(ProfileError::Files(..))
    ));
    let made = program(&format!("x = {}1{}\n", "(".repeat(5000), ")".repeat(5000)));
    assert!(matches!(
        profile(&made.options, &mut Silent),
        Err(ProfileError::Syntax(_))
    ));
}

#[test]
fn imports_do_not_count_for_shares() {
    let text = "
import other
def f(n):
    return sum(range(n))
for _ in range(100):
    f(2000)
";
    let made = program(text);
    fs::write(made.path().join("other.py"), "x = sum(range(20_000_000))\n").unwrap();
    let seen = made.run();
    let f = function(&seen, "f");
    assert!(f.own_seconds > 0.3 * seen.total_seconds, "{seen:?}");
}

#[test]
fn a_program_that_profiles_itself() {
    let text = "
import cProfile, pstats
def f(x):
    return x
f(1)
p = cProfile.Profile()
p.enable()
f(2.5)
p.disable()
assert 'prog.py' in str(pstats.Stats(p).stats)
with cProfile.Profile():
    f('x')
";
    let seen = program(text).run();
    assert_eq!(seen.end, End::Exited(0), "{}", seen.stderr);
    assert_eq!(function(&seen, "f").signatures.len(), 3);
}
