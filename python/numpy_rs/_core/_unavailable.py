"""Public functions that are not written yet: each says so when it is called."""


def unavailable(name, home=""):
    """A function that says it is not written yet."""
    def function(*args, **kwargs):
        raise NotImplementedError(f"numpy_rs does not provide {home}{name} yet")

    function.__name__ = function.__qualname__ = name
    function.__module__ = "numpy"
    function.__doc__ = f"Not available yet: calling {name} raises NotImplementedError."
    return function


NAMES = """
busday_count busday_offset busdaycalendar compare_chararrays datetime_as_string frompyfunc
fromregex genfromtxt get_include info is_busday show_runtime
""".split()

globals().update({name: unavailable(name) for name in NAMES})
__all__ = list(NAMES)
