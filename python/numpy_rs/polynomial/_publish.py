"""The public functions of a family, put into its module under their names there."""

from ._arithmetic import arithmetic, change_of_basis
from ._calculus import calculus
from ._fitting import fitting, zeros
from ._quadrature import quadrature
from ._values import values, vandermonde
from .polyutils import trimcoef
from .._core import numeric as np

__all__ = ["publish"]

_FACTORIES = (arithmetic, change_of_basis, values, vandermonde, calculus, fitting, zeros, quadrature)


def publish(namespace, family):
    """Fill a module's namespace with every name of its `__all__` that follows from the family.

    What the module has written itself stays, and the functions made here call it.
    """
    prefix, functions = family.prefix, family.functions
    constants = {
        "domain": np.array(family.domain),
        "zero": np.array([0]),
        "one": np.array([1]),
        "x": np.array(family.identity),
        "trim": trimcoef,
    }
    for name, value in constants.items():
        namespace[prefix + name] = value
    wanted = set(namespace["__all__"])
    for factory in _FACTORIES:
        for function in factory(family):
            name = function.__name__
            full = {"from_poly": f"poly2{prefix}", "to_poly": f"{prefix}2poly"}.get(name, prefix + name)
            if full not in wanted:
                continue
            if full not in namespace:
                function.__name__ = function.__qualname__ = full
                function.__module__ = namespace["__name__"]
                function.__doc__ = function.__doc__.replace("{name}", family.name)
                namespace[full] = function
            setattr(functions, name, namespace[full])
