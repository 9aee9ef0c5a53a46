"""The class `vectorize`: Python functions that broadcast."""

import re

from .._core import numeric as np
from .._globals import ROOT, _NoValue

__all__ = ["vectorize"]

_NAME = r"\w+"
_CORE = rf"(?:{_NAME}(?:,{_NAME})*)?"
_ARGUMENT = rf"\({_CORE}\)"
_ARGUMENTS = rf"{_ARGUMENT}(?:,{_ARGUMENT})*"
_SIGNATURE = rf"^{_ARGUMENTS}->{_ARGUMENTS}$"


def _parse_gufunc_signature(signature):
    """Lists of core dimension names, of the inputs and of the outputs."""
    signature = re.sub(r"\s+", "", signature)
    if not re.match(_SIGNATURE, signature):
        raise ValueError(f"not a valid gufunc signature: {signature}")
    return tuple([tuple(re.findall(_NAME, arg)) for arg in re.findall(_ARGUMENT, side)]
                 for side in signature.split("->"))


def _update_dim_sizes(dim_sizes, arg, core_dims):
    if not core_dims:
        return
    n = len(core_dims)
    if arg.ndim < n:
        raise ValueError(
            f"{arg.ndim}-dimensional argument does not have enough dimensions for all core dimensions "
            f"{core_dims!r}")
    for name, size in zip(core_dims, arg.shape[-n:]):
        if dim_sizes.setdefault(name, size) != size:
            raise ValueError(
                f"inconsistent size for core dimension {name!r}: {size!r} vs {dim_sizes[name]!r}")


def _parse_input_dimensions(args, input_core_dims):
    """The broadcast shape of the arguments' loop dimensions, and the size of each core dimension."""
    from ._stride_tricks_impl import broadcast_shapes

    shapes, sizes = [], {}
    for arg, core in zip(args, input_core_dims):
        _update_dim_sizes(sizes, arg, core)
        shapes.append(arg.shape[:arg.ndim - len(core)])
    return broadcast_shapes(*shapes), sizes


class vectorize:
    """Wraps a Python function so that it takes arrays, element by element."""

    __module__ = ROOT

    def __init__(self, pyfunc=_NoValue, otypes=None, doc=None, excluded=None, cache=False,
                 signature=None):
        if pyfunc is not _NoValue and not callable(pyfunc):
            raise TypeError("When used as a decorator, only accepts keyword arguments.")
        self.pyfunc, self.cache, self.signature = pyfunc, cache, signature
        if pyfunc is not _NoValue and hasattr(pyfunc, "__name__"):
            self.__name__ = pyfunc.__name__
        self._ufunc = {}
        self._doc = None
        self.__doc__ = doc
        if doc is None and hasattr(pyfunc, "__doc__"):
            self.__doc__ = pyfunc.__doc__
        else:
            self._doc = doc
        if isinstance(otypes, str):
            for char in otypes:
                if char not in np.typecodes["All"]:
                    raise ValueError(f"Invalid otype specified: {char}")
        elif hasattr(otypes, "__iter__"):
            otypes = [_type_code(x) for x in otypes]
        elif otypes is not None:
            raise ValueError("Invalid otype specification")
        self.otypes = otypes
        self.excluded = set() if excluded is None else set(excluded)
        self._in_and_out_core_dims = None if signature is None else _parse_gufunc_signature(signature)

    def _begin(self, pyfunc):
        self.pyfunc = pyfunc
        if hasattr(pyfunc, "__name__"):
            self.__name__ = pyfunc.__name__
        self.__doc__ = pyfunc.__doc__ if self._doc is None else self._doc
        return self

    def __call__(self, *args, **kwargs):
        if self.pyfunc is _NoValue:
            return self._begin(*args, **kwargs)
        return self._call_as_normal(*args, **kwargs)

    def _call_as_normal(self, *args, **kwargs):
        excluded = self.excluded
        if not kwargs and not excluded:
            function, varying = self.pyfunc, args
        else:
            names = [name for name in kwargs if name not in excluded]
            places = [i for i in range(len(args)) if i not in excluded]
            given = list(args)

            def function(*values):
                for i, place in enumerate(places):
                    given[place] = values[i]
                kwargs.update(zip(names, values[len(places):]))
                return self.pyfunc(*given, **kwargs)

            varying = [args[i] for i in places] + [kwargs[name] for name in names]
        return self._vectorize_call(func=function, args=varying)

    def _get_ufunc_and_otypes(self, func, args):
        if not args:
            raise ValueError("args can not be empty")
        if self.otypes is not None:
            otypes, nin, nout = self.otypes, len(args), len(self.otypes)
            if func is not self.pyfunc or nin not in self._ufunc:
                self._ufunc[nin] = np.frompyfunc(func, nin, nout)
            return self._ufunc[nin], otypes
        args = [np.asanyarray(a) for a in args]
        if any(a.size == 0 for a in args):
            raise ValueError("cannot call `vectorize` on size 0 inputs unless `otypes` is set")
        inputs = [a.flat[0] for a in args]
        outputs = func(*inputs)
        if self.cache:
            kept = [outputs]

            def _func(*values):
                return kept.pop() if kept else func(*values)
        else:
            _func = func
        nout = len(outputs) if isinstance(outputs, tuple) else 1
        if nout == 1 and not isinstance(outputs, tuple):
            outputs = (outputs,)
        otypes = "".join(np.asarray(output).dtype.char for output in outputs)
        return np.frompyfunc(_func, len(args), nout), otypes

    def _vectorize_call(self, func, args):
        if self.signature is not None:
            return self._vectorize_call_with_signature(func, args)
        if not args:
            return func()
        ufunc, otypes = self._get_ufunc_and_otypes(func=func, args=args)
        inputs = [np.asanyarray(a, dtype=object) for a in args]
        outputs = ufunc(*inputs)
        if ufunc.nout == 1:
            return np.asanyarray(outputs, dtype=otypes[0])
        return tuple(np.asanyarray(x, dtype=t) for x, t in zip(outputs, otypes))

    def _vectorize_call_with_signature(self, func, args):
        input_core, output_core = self._in_and_out_core_dims
        if len(args) != len(input_core):
            raise TypeError(
                f"wrong number of positional arguments: expected {len(input_core)!r}, got {len(args)!r}")
        from ._stride_tricks_impl import broadcast_to

        args = tuple(np.asanyarray(arg) for arg in args)
        shape, sizes = _parse_input_dimensions(args, input_core)
        args = [broadcast_to(arg, shape + tuple(sizes[d] for d in core), subok=True)
                for arg, core in zip(args, input_core)]
        nout, otypes, outputs = len(output_core), self.otypes, None

        def make(results=None):
            made = []
            for i, core in enumerate(output_core):
                full = shape + tuple(sizes[d] for d in core)
                dtype = otypes[i] if otypes is not None else np.asarray(results[i]).dtype
                like = None if results is None else results[i]
                if isinstance(like, np.ndarray) and type(like) is not np.ndarray:
                    made.append(np.empty_like(like, shape=full, dtype=dtype))
                else:
                    made.append(np.empty(full, dtype=dtype))
            return made

        import itertools

        for place in itertools.product(*(range(n) for n in shape)):
            results = func(*(arg[place] for arg in args))
            count = len(results) if isinstance(results, tuple) else 1
            if nout != count:
                raise ValueError(f"wrong number of outputs from pyfunc: expected {nout!r}, got {count!r}")
            if nout == 1:
                results = (results,)
            if outputs is None:
                for result, core in zip(results, output_core):
                    _update_dim_sizes(sizes, np.asanyarray(result), core)
                outputs = make(results)
            for output, result in zip(outputs, results):
                output[place] = result
        if outputs is None:
            if otypes is None:
                raise ValueError("cannot call `vectorize` on size 0 inputs unless `otypes` is set")
            if any(d not in sizes for core in output_core for d in core):
                raise ValueError(
                    "cannot call `vectorize` with a signature including new output dimensions on size 0 "
                    "inputs")
            outputs = make()
        return outputs[0] if nout == 1 else tuple(outputs)


def _type_code(x):
    return np.dtype(x).char
