"""A free-threaded interpreter is refused with a sentence, never crashed."""

import child


def test_it_is_refused_with_a_sentence():
    # Stands in for a free-threaded build, which CI machines lack: the module asks sys.abiflags.
    code = """
    import sys
    sys.abiflags = "t"
    try:
        import numpy_rs
    except ImportError as error:
        print("refused:", error)
    """
    assert "free-threaded" in child.run(code)
