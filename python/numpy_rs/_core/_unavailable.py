"""Public functions that are not written yet: each says so when it is called."""


def _unavailable(name):
    def function(*args, **kwargs):
        raise NotImplementedError(f"numpy_rs does not provide {name} yet")

    function.__name__ = function.__qualname__ = name
    function.__module__ = "numpy"
    function.__doc__ = f"Not available yet: calling {name} raises NotImplementedError."
    return function


NAMES = """
poly poly1d polyadd polyder polydiv polyfit polyint polymul polysub polyval roots
pad get_include info show_runtime fromstring frompyfunc fromfile compare_chararrays genfromtxt loadtxt savetxt busdaycalendar is_busday busday_count busday_offset datetime_as_string fromregex
""".split()

globals().update({name: _unavailable(name) for name in NAMES})
__all__ = list(NAMES)
