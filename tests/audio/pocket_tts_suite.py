"""Runs the tests of pocket-tts 4.0.1 that need no weights, without and with `install()`, and compares.

    python -m venv scratch
    scratch/bin/pip install pocket-tts==4.0.1 pytest soundfile
    scratch/bin/pip download --no-deps --no-binary :all: pocket-tts==4.0.1 && tar xzf pocket_tts-4.0.1.tar.gz
    scratch/bin/pip install target/wheels/numpy_rs-*.whl          # or PYTHONPATH=python
    scratch/bin/python tests/audio/pocket_tts_suite.py --source pocket_tts-4.0.1

By hand, not in CI: torch takes some gigabytes. Tests that ask for weights end the same way on both sides, with an
error of the network. Besides, tensors of every kind of file go through `audio_read`, `convert_audio` and the
writer on both sides, and must be equal to 1e-6.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

#: Test files that need neither weights nor the network, at least in part.
FILES = ["test_utils.py", "test_split_sentences.py", "test_generation_regressions.py", "test_serve_default_voice.py",
         "test_python_api.py", "test_audio.py", "test_end_on_pause.py", "test_model_options.py", "test_quantization.py"]

PLUGIN = '''
from numpy_rs.integrations import pocket_tts
pocket_tts.install()

def pytest_terminal_summary(terminalreporter):
    told = pocket_tts.status()
    terminalreporter.write_line(f"served: {told['replaced']}, waiting: {told['waiting']}")
'''

PAIRS = '''
import io, sys, wave
import numpy, torch, soundfile
from pocket_tts.data import audio, audio_utils
folder = sys.argv[1]
source = numpy.random.default_rng(3)
kept = {}
for name, subtype in [("a.wav", "PCM_16"), ("b.wav", "PCM_24"), ("c.wav", "PCM_32"), ("d.flac", "PCM_16"),
                      ("e.wav", "PCM_U8")]:
    for channels in (1, 2):
        sound = source.uniform(-1, 1, (4410, channels))
        soundfile.write(f"{folder}/{name}", sound, 44100, subtype=subtype)
        tensor, rate = audio.audio_read(f"{folder}/{name}")
        kept[f"{name}{channels}"] = tensor
        for to in (24000, 48000, 16000):
            kept[f"{name}{channels}to{to}"] = audio_utils.convert_audio(tensor, rate, to, 1)
for at, chunk in enumerate([torch.linspace(-1.5, 1.5, 70001),
                            torch.randn(100, generator=torch.Generator().manual_seed(1)),
                            torch.linspace(-1, 1, 9, dtype=torch.float64)[::2], torch.ones(5, dtype=torch.float16)]):
    out = io.BytesIO()
    writer = audio.StreamingWAVWriter(out, 24000)
    writer.write_header(24000)
    writer.write_pcm_data(chunk)
    writer.finalize()
    kept[f"pcm{at}"] = torch.frombuffer(bytearray(out.getvalue()), dtype=torch.uint8).to(torch.float64)
torch.save(kept, sys.argv[2])
'''


def outcomes(text):
    return dict(re.findall(r"^(?:.*/)?(\S+::\S.*?) (PASSED|FAILED|ERROR|SKIPPED)", text, re.MULTILINE))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=pathlib.Path, required=True, help="the unpacked sdist")
    options = parser.parse_args()
    tests = [str(options.source.resolve() / "tests" / name) for name in FILES]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "served.py").write_text(PLUGIN, encoding="utf-8")
        environment = {**os.environ, "HF_HUB_OFFLINE": "1",
                       "PYTHONPATH": os.pathsep.join([folder, os.environ.get("PYTHONPATH", "")])}
        seen = []
        for more in ([], ["-p", "served"]):
            done = subprocess.run([sys.executable, "-m", "pytest", "-v", "--no-header", "-p", "no:cacheprovider", *more,
                                   *tests], capture_output=True, text=True, env=environment, cwd=folder)
            seen.append(outcomes(done.stdout))
            print("\n".join(done.stdout.splitlines()[-3:]))
        alone, served = seen
        differing = sorted(name for name in {*alone, *served} if alone.get(name) != served.get(name))
        passed = sum(outcome == "PASSED" for outcome in alone.values())
        print(f"{len(alone)} tests, {passed} pass without; {len(differing)} end differently with install()")
        for name in differing:
            failed += 1
            print(f"  {name}: {alone.get(name)} without, {served.get(name)} with")
        if not passed:
            print(done.stdout[-2000:], done.stderr[-2000:])
            failed += 1
        for first in ("", PLUGIN.split("def ")[0]):
            done = subprocess.run([sys.executable, "-c", first + PAIRS, folder, f"{folder}/{bool(first)}.pt"],
                                  env=environment, capture_output=True, text=True)
            if done.returncode:
                print(done.stderr[-3000:])
                return 1
        import torch

        alone, served = (torch.load(f"{folder}/{which}.pt") for which in (False, True))
        worst = 0.0
        for name, wanted in alone.items():
            got = served[name]
            assert got.shape == wanted.shape and got.dtype == wanted.dtype, name
            worst = max(worst, float((got - wanted).abs().max()))
        print(f"{len(alone)} tensors, {worst:.2e} apart at most")
        failed += worst > 1e-6
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
