"""einsum over the compiled kernel, and the order in which to contract several operands."""

import operator

from .. import _native as _n
from .overrides import array_function_dispatch as _dispatch

__all__ = ["einsum", "einsum_path"]

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _letters_of(sublist):
    text = ""
    for item in sublist:
        if item is Ellipsis:
            text += "..."
            continue
        try:
            item = operator.index(item)
        except TypeError as error:
            raise TypeError(
                "For this input type lists must contain either int or Ellipsis") from error
        text += _LETTERS[item]
    return text


def _parse(operands):
    """Input terms, output term and operands, with `...` written out as spare letters."""
    if not operands:
        raise ValueError("No input operands")
    if isinstance(operands[0], str):
        text = operands[0].replace(" ", "")
        arrays = [_n.asanyarray(a) for a in operands[1:]]
        for mark in text:
            if mark not in _LETTERS + ".,->":
                raise ValueError(f"Character {mark} is not a valid symbol.")
    else:
        items = list(operands)
        arrays, lists = [], []
        while len(items) >= 2:
            arrays.append(_n.asanyarray(items.pop(0)))
            lists.append(items.pop(0))
        text = ",".join(_letters_of(part) for part in lists)
        if items:
            text += "->" + _letters_of(items[0])
    if "-" in text or ">" in text:
        if text.count("-") > 1 or text.count(">") > 1 or text.count("->") != 1:
            raise ValueError("Subscripts can only contain one '->'.")
    left, arrow, right = text.partition("->")
    terms = left.split(",")
    if len(terms) != len(arrays):
        raise ValueError("Number of einsum subscripts must be equal to the number of operands.")
    if "." in text:
        if text.count(".") != 3 * text.count("..."):
            raise ValueError("Invalid Ellipses.")
        spare = [c for c in _LETTERS if c not in text]
        longest = 0
        for place, term in enumerate(terms):
            if "." not in term:
                continue
            count = max(arrays[place].ndim, 1) - (len(term) - 3) if arrays[place].ndim else 0
            if count < 0:
                raise ValueError("Ellipses lengths do not match.")
            longest = max(longest, count)
            terms[place] = term.replace("...", "".join(spare[len(spare) - count:]))
        ending = "".join(spare[len(spare) - longest:]) if longest else ""
        if arrow:
            right = right.replace("...", ending)
        else:
            plain = "".join(terms)
            right = ending + "".join(sorted(
                c for c in set(plain) if c not in ending and plain.count(c) == 1))
    elif not arrow:
        plain = "".join(terms)
        right = "".join(sorted(c for c in set(plain) if plain.count(c) == 1))
    for c in right:
        if right.count(c) != 1:
            raise ValueError(f"Output character {c} appeared more than once in the output.")
        if c not in "".join(terms):
            raise ValueError(f"Output character {c} did not appear in the input")
    return terms, right, arrays


def _sizes(terms, arrays, given=None):
    sizes = {}
    for number, (term, array) in enumerate(zip(terms, arrays)):
        if len(array.shape) != len(term):
            raise ValueError(
                f"Einstein sum subscript {given[number] if given else term} does not contain the correct "
                f"number of indices for operand {number}.")
        for c, n in zip(term, array.shape):
            if sizes.get(c, 1) == 1:
                sizes[c] = n
            elif n not in (1, sizes[c]):
                raise ValueError(
                    f"Size of label '{c}' for operand {number} ({sizes[c]}) does not match previous "
                    f"terms ({n}).")
    return sizes


def _extent(letters, sizes):
    total = 1
    for c in letters:
        total *= sizes[c]
    return total


def _cost(letters, is_inner, n_terms, sizes):
    return _extent(letters, sizes) * (max(1, n_terms - 1) + bool(is_inner))


def _contract(places, inputs, output):
    """What remains when some inputs are contracted: (result, rest, removed, involved)."""
    picked = [inputs[i] for i in places]
    rest = [s for i, s in enumerate(inputs) if i not in places]
    involved = set().union(*picked)
    kept = set(output).union(*rest) & involved
    return kept, rest + [kept], involved - kept, involved


def _optimal(inputs, output, sizes, limit):
    states = [(0, [], inputs)]
    for n in range(len(inputs) - 1):
        grown = []
        for cost, path, rest in states:
            for i in range(len(rest)):
                for j in range(i + 1, len(rest)):
                    result, new, removed, involved = _contract((i, j), rest, output)
                    if _extent(result, sizes) > limit:
                        continue
                    grown.append((cost + _cost(involved, removed, 2, sizes), path + [(i, j)], new))
        if not grown:
            best = min(states, key=lambda s: s[0])[1]
            return best + [tuple(range(len(inputs) - n))]
        states = grown
    return min(states, key=lambda s: s[0])[1] if states[0][1] else [tuple(range(len(inputs)))]


def _greedy(inputs, output, sizes, limit):
    if len(inputs) == 1:
        return [(0,)]
    if len(inputs) == 2:
        return [(0, 1)]
    result, _, removed, involved = _contract(range(len(inputs)), inputs, output)
    naive = _cost(involved, removed, len(inputs), sizes)
    path, spent = [], 0
    rest = list(inputs)
    while len(rest) > 1:
        found = []
        pairs = [(i, j) for i in range(len(rest)) for j in range(i + 1, len(rest))]
        for only_joined in (True, False):
            for i, j in pairs:
                if only_joined and rest[i].isdisjoint(rest[j]):
                    continue
                result, new, removed, involved = _contract((i, j), rest, output)
                if _extent(result, sizes) > limit:
                    continue
                cost = _cost(involved, removed, 2, sizes)
                freed = _extent(rest[i], sizes) + _extent(rest[j], sizes) - _extent(result, sizes)
                if spent + cost <= naive:
                    found.append(((-freed, cost), (i, j), new, cost))
            if found:
                break
        if not found:
            path.append(tuple(range(len(rest))))
            break
        _, pair, rest, cost = min(found, key=lambda f: f[0])
        path.append(pair)
        spent += cost
    return path


def _path_dispatcher(*operands, optimize=None, einsum_call=None):
    return operands


@_dispatch(_path_dispatcher, module="numpy")
def einsum_path(*operands, optimize="greedy", einsum_call=False):
    """The order of pairwise contractions with the lowest cost, and a report on it."""
    path_type = optimize
    if path_type is True:
        path_type = "greedy"
    if path_type is None:
        path_type = False
    limit = None
    explicit = False
    if path_type is False or isinstance(path_type, str):
        pass
    elif len(path_type) and path_type[0] == "einsum_path":
        explicit = True
    elif (len(path_type) == 2 and isinstance(path_type[0], str)
          and isinstance(path_type[1], (int, float))):
        limit = int(path_type[1])
        path_type = path_type[0]
    else:
        raise TypeError(f"Did not understand the path: {path_type!s}")
    terms, output, arrays = _parse(operands)
    sizes = _sizes(terms, arrays)
    sets = [set(term) for term in terms]
    extents = [_extent(term, sizes) for term in terms + [output]]
    biggest = max(extents)
    memory = biggest if limit is None else limit
    everything = set(output).union(*sets)
    is_inner = bool(set("".join(terms)) - set(output))
    naive_cost = _cost(everything, is_inner, len(terms), sizes)
    if explicit:
        path = list(path_type[1:])
    elif path_type is False or len(terms) in (1, 2) or everything == set(output):
        path = [tuple(range(len(terms)))]
    elif path_type == "greedy":
        path = _greedy(sets, set(output), sizes, memory)
    elif path_type == "optimal":
        path = _optimal(sets, set(output), sizes, memory)
    else:
        raise KeyError("Path name %s not found" % path_type)
    rest_terms, contractions, costs, lengths, scales = list(terms), [], [], [], []
    rest = sets
    for number, places in enumerate(path):
        places = tuple(sorted(places, reverse=True))
        result, rest, removed, involved = _contract(places, rest, set(output))
        costs.append(_cost(involved, removed, len(places), sizes))
        scales.append(len(involved))
        lengths.append(_extent(result, sizes))
        picked = [rest_terms.pop(i) for i in places]
        if number == len(path) - 1:
            letters = output
        else:
            letters = "".join(sorted(result, key=lambda c: (sizes[c], c)))
        rest_terms.append(letters)
        contractions.append((places, ",".join(picked) + "->" + letters, list(rest_terms)))
    if explicit and len(rest_terms) != 1:
        raise RuntimeError(
            f"Invalid einsum_path is specified: {len(rest_terms) - 1} more operands has to be contracted.")
    if einsum_call:
        return arrays, contractions
    overall = ",".join(terms) + "->" + output
    cost = sum(costs) or 1
    report = (
        f"  Complete contraction:  {overall}\n"
        f"         Naive scaling:  {len(everything)}\n"
        f"     Optimized scaling:  {max(scales)}\n"
        f"      Naive FLOP count:  {naive_cost:.3e}\n"
        f"  Optimized FLOP count:  {cost:.3e}\n"
        f"   Theoretical speedup:  {naive_cost / cost:3.3f}\n"
        f"  Largest intermediate:  {max(lengths):.3e} elements\n"
        f"{'-' * 74}\n"
        f"{'scaling':>6} {'current':>24} {'remaining':>40}\n"
        f"{'-' * 74}")
    for scale, (_, step, remaining) in zip(scales, contractions):
        report += f"\n{scale:4}    {step:>24} {','.join(remaining) + '->' + output:>40}"
    return ["einsum_path"] + [tuple(p) for p in path], report


def _einsum_dispatcher(*operands, out=None, optimize=None, **kwargs):
    yield from operands
    yield out


@_dispatch(_einsum_dispatcher, module="numpy", verify=False)
def einsum(*operands, out=None, optimize=False, **kwargs):
    """Sum products of elements as subscripts say."""
    if optimize is False:
        if out is not None:
            kwargs["out"] = out
        return _n.c_einsum(*operands, **kwargs)
    valid = {"dtype", "order", "casting"}
    unknown = [name for name in kwargs if name not in valid]
    if unknown:
        raise TypeError(f"Did not understand the following kwargs: {unknown}")
    order = kwargs.pop("order", "K")
    if order.upper() == "A":
        order = "F" if all(getattr(a, "flags", None) is not None and a.flags.f_contiguous
                           for a in operands if isinstance(a, _n.ndarray)) else "C"
    arrays, contractions = einsum_path(*operands, optimize=optimize, einsum_call=True)
    for number, (places, step, _) in enumerate(contractions):
        picked = [arrays.pop(i) for i in places]
        last = number == len(contractions) - 1
        more = {"out": out} if last and out is not None else {}
        arrays.append(_n.c_einsum(step, *picked, **more, **kwargs))
    result = arrays[0]
    return out if out is not None else _n.asanyarray(result, order=order)
