"""The functions that a file defines, and to which of them a code object belongs."""

import ast
import os

Definition = ast.FunctionDef | ast.AsyncFunctionDef


class Functions:
    """Finds the number of a function from code that runs."""

    def __init__(self, path, source):
        self.path = path
        self.names = []  # (qualified name, line of its def)
        self._known = {}  # (name, first line) -> number
        self._owners = {}  # (name, first line) of nameless code -> number
        self._same_file = {path: True}
        self._enter(ast.parse(source, path), "", None)

    def _enter(self, node, prefix, owner):
        """Walks definitions; deep nesting is the parser's limit, which has passed."""
        stack = [(node, prefix, owner)]
        found = []
        while stack:
            node, prefix, owner = stack.pop()
            for child in ast.iter_child_nodes(node):
                if isinstance(child, Definition):
                    qualname = prefix + child.name
                    first = min([child.lineno, *(d.lineno for d in child.decorator_list)])
                    entry = (child.lineno, qualname, child.name, first)
                    found.append(entry)
                    stack.append((child, qualname + ".<locals>.", entry))
                elif isinstance(child, ast.ClassDef):
                    stack.append((child, prefix + child.name + ".", None))
                else:
                    stack.append((child, prefix, owner))
        found.sort()
        for number, (line, qualname, name, first) in enumerate(found):
            self.names.append((qualname, line))
            self._known[name, first] = number

    def own(self, code):
        """Whether the code comes from the file."""
        path = code.co_filename
        same = self._same_file.get(path)
        if same is None:
            same = os.path.basename(path) == os.path.basename(self.path) and os.path.realpath(path) == self.path
            self._same_file[path] = same
        return same

    def number(self, code):
        """The number of the function whose body this is, or None."""
        if not self.own(code):
            return None
        return self._known.get((code.co_name, code.co_firstlineno))

    def learn_owners(self, module_code):
        """Time in a comprehension, generator expression or lambda counts for the function around it."""
        stack = [(module_code, None)]
        code_type = type(module_code)
        while stack:
            code, owner = stack.pop()
            for inner in code.co_consts:
                if type(inner) is not code_type:
                    continue
                key = (inner.co_name, inner.co_firstlineno)
                number = self._known.get(key)
                if inner.co_name.startswith("<"):
                    number = owner
                    if owner is not None:
                        self._owners[key] = owner
                stack.append((inner, number))

    def owner(self, code):
        """The number of the function that the code's own time counts for, or None."""
        if not self.own(code):
            return None
        key = (code.co_name, code.co_firstlineno)
        return self._known.get(key, self._owners.get(key))


def parameters(code):
    """The names of the parameters in the order of the definition, and how many of each kind there are."""
    names = code.co_varnames
    ordinary, by_name = code.co_argcount, code.co_kwonlyargcount
    end = ordinary + by_name
    order = list(names[:ordinary])
    if code.co_flags & 4:
        order.append(names[end])
        end += 1
    order.extend(names[ordinary : ordinary + by_name])
    if code.co_flags & 8:
        order.append(names[end])
    return order


def names_outside(code):
    """The names that a function, and what is defined inside it, may read from the module."""
    names, stack, code_type = set(), [code], type(code)
    while stack:
        code = stack.pop()
        names.update(code.co_names)
        stack.extend([inner for inner in code.co_consts if type(inner) is code_type])
    return sorted(names)
