"""The adaptor for pocket-tts, on copies of the interfaces of its two kinds; each test in a process of its own."""

import pathlib
import subprocess
import sys
import textwrap

import numpy_rs as np
import pytest

#: What the fork's `pocket_tts/__init__.py` makes public.
SOUND = ["normalize_audio", "apply_gain", "resample_audio", "apply_fade", "compute_audio_metrics"]
FUNCTIONS = ("arange array clip min max mean median sum sqrt log std var reshape transpose concatenate vstack hstack "
             "zeros ones eye linspace interp dot matmul abs power frombuffer size percentile").split()
TYPES = "int16 int32 float32 float64 int8 uint8".split()
OWN = ["TTSModel", "load_wav", "save_audio"]

FORK = {
    "__init__.py": f"""
        class TTSModel: pass
        def load_wav(path): pass
        def save_audio(path, audio): pass
        from pocket_tts.rust_audio import {", ".join(SOUND)}
        _RUST_NUMPY_AVAILABLE = False
        try:
            from pocket_tts.numpy_rs import {", ".join(FUNCTIONS + TYPES)}, _RUST_NUMPY_AVAILABLE
        except ImportError:
            pass
        __all__ = {OWN + SOUND + FUNCTIONS + TYPES + ["_RUST_NUMPY_AVAILABLE"]}
    """,
    "rust_audio.py": "\n".join(f"def {name}(*args): return 'the package'" for name in [*SOUND, "only_there"]),
    "numpy_rs.py": "def arange(*args): return 'the package'\nonly_in_the_package = 5\n",
}
RELEASE = {
    "__init__.py": "",
    "data/__init__.py": "",
    "models/__init__.py": "",
    "models/text_chunking.py": "",
    "data/audio_utils.py": """
        def resample_poly(x, up, down, axis=0): return 'the package'
        def convert(x, up, down): return resample_poly(x, up, down, axis=-1)
    """,
    "data/audio.py": """
        FIRST_CHUNK_LENGTH_SECONDS = 0.0
        def audio_read(filepath): return 'the package'
        class StreamingWAVWriter:
            def write_pcm_data(self, audio_chunk): return 'the package'
    """,
}


@pytest.fixture
def run(tmp_path):
    """Writes a package and runs a program beside it."""

    def run(package, version, program, *, told="metadata"):
        for name, text in package.items():
            path = tmp_path / "pocket_tts" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        if told == "metadata":
            folder = tmp_path / f"pocket_tts-{version}.dist-info"
            folder.mkdir()
            (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: pocket-tts\nVersion: {version}\n")
        elif told == "project":
            (tmp_path / "pyproject.toml").write_text(f'[project]\nname = "pocket-tts"\nversion = "{version}"\n')
        root = pathlib.Path(np.__file__).resolve().parent.parent
        program = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(root)!r}]\n" + textwrap.dedent(program)
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    return run


def test_all_44_names_of_the_fork_can_be_imported(run):
    assert len(OWN + SOUND + FUNCTIONS + TYPES + ["_RUST_NUMPY_AVAILABLE"]) == 44
    assert run(FORK, "1.0.3", """
        import warnings; warnings.simplefilter("error")
        from numpy_rs.integrations import pocket_tts as adaptor
        adaptor.install()
        from pocket_tts import *
        import pocket_tts
        assert _RUST_NUMPY_AVAILABLE is True
        assert all(name in globals() for name in pocket_tts.__all__)
        print(arange(0, 5).tolist() == [0, 1, 2, 3, 4], size(array([1, 2])), float32(1.5), min([3, 1]))
        told = adaptor.status()
        assert told["kind"] == "fork" and told["installed"] and not told["waiting"] and not told["fallbacks"], told
        assert pocket_tts.numpy_rs.arange is arange
    """) == ["True", "2", "1.5", "1"]


def test_what_we_lack_comes_from_the_package_with_one_warning(run):
    assert run(FORK, "1.0.3", """
        import warnings
        from numpy_rs.integrations import pocket_tts as adaptor
        adaptor.install()
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            from pocket_tts.rust_audio import only_there
            from pocket_tts.numpy_rs import only_in_the_package
        print(only_there(), only_in_the_package, len(seen), *adaptor.status()["fallbacks"])
        try:
            from pocket_tts.numpy_rs import nothing
        except ImportError:
            print("refused")
    """) == ["the", "package", "5", "1", "pocket_tts.numpy_rs.only_in_the_package",
             "pocket_tts.rust_audio.only_there", "refused"]


def test_the_fork_is_served_after_its_import_and_given_back(run):
    assert run(FORK, "1.0.3", """
        import pocket_tts
        from numpy_rs.integrations import pocket_tts as adaptor
        assert pocket_tts.apply_gain([1.0], 2) == "the package"
        adaptor.install(); adaptor.install()
        print(*pocket_tts.apply_gain(pocket_tts.rust_audio.apply_gain.__globals__["np"].ones(1), 2.0).tolist())
        adaptor.uninstall(); adaptor.uninstall()
        assert pocket_tts.apply_gain([1.0], 2) == "the package" and not adaptor.status()["installed"]
        import pocket_tts.rust_audio as again
        assert again.apply_gain is pocket_tts.apply_gain
    """, told="nothing") == ["2.0"]


def test_the_release_has_three_functions_served(run):
    assert run(RELEASE, "4.0.1", """
        from numpy_rs.integrations import pocket_tts as adaptor
        import numpy_rs as np
        adaptor.install()
        assert len(adaptor.status()["waiting"]) == 2
        from pocket_tts.data import audio_utils, audio
        print(audio_utils.convert(np.ones((1, 441)), 80, 147).shape)
        print(*adaptor.status()["replaced"])
        assert audio_utils.__spec__.loader.__class__.__name__ == "SourceFileLoader"
        adaptor.uninstall()
        assert audio_utils.convert(1, 2, 3) == audio.audio_read("x") == "the package"
        assert audio.StreamingWAVWriter().write_pcm_data(1) == "the package"
    """)[2:] == ["pocket_tts.data.audio.StreamingWAVWriter.write_pcm_data", "pocket_tts.data.audio.audio_read",
                 "pocket_tts.data.audio_utils.resample_poly"]


@pytest.mark.parametrize("package, version, told", [(FORK, "1.0.4", "metadata"), (RELEASE, "4.1.0", "metadata"),
                                                    (RELEASE, "5.0", "project"), (RELEASE, "", "nothing"),
                                                    (RELEASE, "1.0.3", "metadata")])
def test_other_versions_are_refused(run, package, version, told):
    assert run(package, version, """
        from numpy_rs.integrations import pocket_tts as adaptor
        try:
            adaptor.install()
        except RuntimeError as error:
            assert "is not known here" in str(error) and "Nothing was changed" in str(error)
            print("refused", adaptor.status()["installed"])
    """, told=told) == ["refused", "False"]


def test_without_the_package_there_is_nothing_to_serve(run):
    assert run({}, "", """
        from numpy_rs.integrations import pocket_tts as adaptor
        try:
            adaptor.install()
        except ModuleNotFoundError as error:
            print(error.name)
    """, told="nothing") == ["pocket_tts"]


class TestAnswersOfTheFork:
    """What the fork answers without its library, executed with the real NumPy."""

    @pytest.fixture
    def fork(self):
        from numpy_rs.integrations.pocket_tts import _fork

        return _fork

    def same(self, real, got, wanted):
        assert type(got) is type(wanted)
        assert got.dtype == wanted.dtype and got.shape == wanted.shape
        real.testing.assert_array_equal(got, wanted)

    def sounds(self, real):
        source = real.random.default_rng(11)
        for n in (1, 2, 3, 240, 241, 1000, 70_001):
            for dtype in ("f4", "f8", "i2"):
                x = source.uniform(-0.7, 0.7, n)
                yield (x * 32767).astype("i2") if dtype == "i2" else x.astype(dtype)

    def test_normalize_audio(self, fork, real):
        for x in self.sounds(real):
            for gain in (1.0, 0.5, 2):
                if real.abs(x).max() > 0:
                    self.same(real, fork.normalize_audio(x, gain), x / real.max(real.abs(x)) * 0.99 * gain)
        full = real.array([-32768, 32767, 5], dtype="i2")
        self.same(real, fork.normalize_audio(full), full / real.max(real.abs(full)) * 0.99)
        square = real.array([[0.5, -0.25], [0.1, 0.0]])
        self.same(real, fork.normalize_audio(square), square / 0.5 * 0.99)
        silence = real.zeros(5, dtype="f4")
        assert fork.normalize_audio(silence) is silence
        assert fork.normalize_audio([0.5, -0.25]).dtype == "f8"
        with pytest.raises(ValueError, match="zero-size array to reduction operation maximum"):
            fork.normalize_audio(real.empty(0))

    def test_apply_gain(self, fork, real):
        for x in self.sounds(real):
            self.same(real, fork.apply_gain(x, 3.5), x * 3.5)
        self.same(real, fork.apply_gain(real.empty(0), 2.0), real.empty(0))
        with pytest.raises(TypeError):
            fork.apply_gain([1.0], 2.0)

    def test_resample_audio(self, fork, real):
        for x in self.sounds(real):
            for target in (0, 1, 2, 100, 2 * len(x)):
                wanted = real.interp(real.linspace(0, len(x) - 1, target), real.arange(len(x)), x).astype("f4")
                for method in ("linear", "sinc", "odd"):
                    self.same(real, fork.resample_audio(x, target, method), wanted)
        with pytest.raises(ValueError, match="-1"):
            fork.resample_audio(real.ones(3), -1)
        with pytest.raises(ValueError, match="object too deep"):
            fork.resample_audio(real.ones((2, 3)), 5)
        with pytest.raises(ValueError):
            fork.resample_audio(real.empty(0), 5)

    def test_apply_fade(self, fork, real):
        for x in self.sounds(real):
            if x.dtype.kind != "f" or len(x) < 240:
                continue
            wanted = x.copy()
            wanted[:240] *= real.linspace(0, 1, 240)
            wanted[-240:] *= real.linspace(1, 0, 240)
            before = x.copy()
            self.same(real, fork.apply_fade(x), wanted)
            assert (x == before).all()
            self.same(real, fork.apply_fade(x, -5, 0), x)
        with pytest.raises(TypeError, match="[Cc]annot cast"):
            fork.apply_fade(real.ones(500, dtype="i2"))
        with pytest.raises(ValueError, match="broadcast"):
            fork.apply_fade(real.ones(4))
        wide = real.ones((500, 240))
        faded = wide.copy()
        faded[:240] *= real.linspace(0, 1, 240)
        self.same(real, fork.apply_fade(wide, 10, 0), faded)

    @pytest.mark.filterwarnings("ignore:.*:RuntimeWarning")
    def test_compute_audio_metrics(self, fork, real):
        for x in self.sounds(real):
            got = fork.compute_audio_metrics(x)
            rms, peak = real.sqrt(real.mean(x**2)), real.max(real.abs(x))
            assert (got["rms"], got["peak"]) == (rms, peak) or real.isnan(rms)
            wanted = 20 * real.log10(peak / max(rms, 1e-10))
            assert abs(got["dynamic_range_db"] - wanted) < 1e-5 or real.isnan(wanted)
        wrapped = fork.compute_audio_metrics(real.array([32767, -32768] * 50, dtype="i2"))
        assert wrapped["rms"] == real.sqrt(real.mean(real.array([32767, -32768] * 50, dtype="i2") ** 2))

    @pytest.mark.filterwarnings("ignore:Mean of empty slice", "ignore:invalid value")
    def test_silence_warns_and_nothing_fails(self, fork, real):
        with pytest.warns(RuntimeWarning, match="divide by zero"):
            assert fork.compute_audio_metrics(real.zeros(10))["dynamic_range_db"] == -real.inf
        with pytest.raises(ValueError, match="zero-size array"):
            fork.compute_audio_metrics(real.empty(0))

    def test_functions_of_its_library(self, fork, real):
        have = fork.numpy_rs(None)
        x, y = real.array([1.0, 2.0, 4.0], dtype="f4"), real.array([3.0, 1.0, 2.0])
        square = real.arange(6.0).reshape(2, 3)
        for name, args, wanted in [
            ("arange", (0, 5), real.arange(0, 5, 1.0)), ("arange", (1, 2, 0.25), real.arange(1, 2, 0.25)),
            ("log_vec", (x,), real.log(x)), ("clip_vec", (y, 1.5, 2.5), real.clip(y, 1.5, 2.5)),
            ("power_vec", (x, 2), real.power(x, 2)), ("compute_min", (x,), real.min(x)),
            ("compute_std", (x,), real.std(x)), ("compute_var", (x,), real.var(x)),
            ("zeros_vec", (3,), real.zeros(3)), ("ones_vec", (3,), real.ones(3)), ("eye", (3,), real.eye(3)),
            ("dot_vec", (x, y), real.dot(x, y)), ("matmul_2d", (square, square.T), square @ square.T),
            ("reshape_vec", (square, (3, 2)), square.reshape(3, 2)), ("transpose_2d", (square,), square.T),
            ("concatenate", ([square, square],), real.concatenate([square, square], axis=None)),
            ("concatenate", ([square, square], 1), real.concatenate([square, square], axis=1)),
            ("vstack", ([x, x],), real.vstack([x, x])), ("hstack", ([x, x],), real.hstack([x, x])),
            ("linspace", (0, 1), real.linspace(0, 1, 50)), ("interp", (y, x, y), real.interp(y, x, y)),
            ("clip", (y, 0, 1), real.clip(y, 0, 1)), ("prod", ([2, 3],), real.prod([2, 3])),
            ("percentile", (y, 40), real.percentile(y, 40)), ("frombuffer", (b"\1\0\2\0", "i2"),
                                                             real.frombuffer(b"\1\0\2\0", "i2")),
        ]:
            self.same(real, have[name](*args), wanted)
        assert set(FUNCTIONS + TYPES) <= set(have)


def test_arrays_are_handed_over_without_a_copy(real):
    from numpy_rs.integrations.pocket_tts import _release

    x = real.random.default_rng(0).standard_normal((1, 441)).astype("f4")
    got = _release.resample_poly(x, 80, 147, axis=-1)
    assert type(got) is real.ndarray and got.shape == (1, 240) and got.flags.writeable
    assert type(got.base).__module__.startswith("numpy_rs") or got.base is not None
    assert _release.resample_poly(real.ones((4, 2)), 2, 1).shape == (8, 2)
