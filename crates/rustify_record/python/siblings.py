"""Values of other types that a program could use where it used a recorded one: numbers of the other kind, tuples for
lists, texts for numbers, empty containers.
"""

SCALARS = {int, float, bool, complex, str, bytes, type(None)}
# The flag of classes that a program defines.
HEAP_TYPE = 1 << 9


def is_array(value, kinds):
    return type(value).__name__ == "ndarray" and value.dtype.kind in kinds


def to_float(value):
    kind = type(value)
    if kind is int:
        return float(value) if abs(value) < 2**53 else value
    if kind is complex:
        return value.real
    return value.astype("float64") if is_array(value, "iu") else value


def to_int(value):
    if type(value) is float:
        return int(value) if abs(value) < 2**53 else value
    return value.astype("int64") if is_array(value, "f") and (abs(value) < 2**53).all() else value


def to_other_width(value):
    """Of arrays: other elements of the same kind."""
    if is_array(value, "fiu"):
        other = {"float64": "float32", "int64": "int32"}.get(value.dtype.name)
        return value.astype(other or ("float64" if value.dtype.kind == "f" else "int64"))
    return value


def to_text(value):
    return str(value) if type(value) in (int, float) else value


class Mixed:
    """Every second number is one of the other kind."""

    def __init__(self):
        self.count = 0

    def __call__(self, value):
        if type(value) not in (int, float):
            return value
        self.count += 1
        if self.count % 2:
            return value
        return to_int(value) if type(value) is float else to_float(value)


def to_tuple(value):
    return tuple(value) if type(value) is list else value


def to_list(value):
    return list(value) if type(value) is tuple else value


def emptied(value):
    return type(value)() if type(value) in (list, tuple, dict, set, str) else value


CHANGES = [
    ("numbers as floats", (to_float, True)),
    ("floats as ints", (to_int, True)),
    ("arrays of another width", (to_other_width, True)),
    ("numbers of both kinds", (Mixed, True)),
    ("lists as tuples", (to_tuple, True)),
    ("the outer list as a tuple", (to_tuple, False)),
    ("tuples as lists", (to_list, True)),
    ("numbers as texts", (to_text, True)),
    ("empty", (emptied, False)),
]


def changed(value, change):
    """The value with a change made to it, and to all that it holds if the change goes deep."""
    function, deep = change
    if isinstance(function, type):
        function = function()
    return apply(value, function) if deep else function(value)


def apply(value, function):
    kind = type(value)
    if kind in (list, tuple, set, frozenset):
        flat = SCALARS.issuperset(map(type, value))
        value = kind([function(item) for item in value] if flat else [apply(item, function) for item in value])
    elif kind is dict:
        value = {apply(key, function): apply(item, function) for key, item in value.items()}
    elif is_instance(value):
        new = object.__new__(kind)
        for name, item in attributes(value).items():
            object.__setattr__(new, name, apply(item, function))
        return new
    return function(value)


def is_instance(value):
    """Whether a value is an instance of a class of the program, whose attributes can be given to another one."""
    kind = type(value)
    return kind.__flags__ & HEAP_TYPE and kind.__new__ is object.__new__ and not isinstance(value, type)


def attributes(value):
    found = {}
    for kind in type(value).__mro__:
        slots = vars(kind).get("__slots__", ())
        for name in [slots] if isinstance(slots, str) else slots:
            if name.startswith("__") and not name.endswith("__"):
                name = f"_{kind.__name__.lstrip('_')}{name}"
            if name not in ("__dict__", "__weakref__") and hasattr(value, name):
                found[name] = getattr(value, name)
    return found | getattr(value, "__dict__", {})


def concerns(value, change):
    """Whether the change makes a difference to a value."""
    if change[0] is emptied:
        return type(value) in (list, tuple, dict, set, str) and len(value) > 0
    try:
        return kinds(changed(value, change)) != kinds(value)
    except Exception:
        return False


def kinds(value):
    kind = type(value)
    if is_array(value, "biufc"):
        return (kind, value.dtype.str)
    if kind in (list, tuple):
        inside = list(map(type, value))
        return (kind, inside if SCALARS.issuperset(inside) else [kinds(item) for item in value])
    if kind in (set, frozenset):
        return (kind, sorted([str(kinds(item)) for item in value]))
    if kind is dict:
        return (kind, [(kinds(key), kinds(item)) for key, item in value.items()])
    return (kind, kinds(attributes(value))) if is_instance(value) else kind
