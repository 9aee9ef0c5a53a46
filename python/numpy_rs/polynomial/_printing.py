"""Series as text, with Unicode's or ASCII's characters, and as LaTeX."""

import numbers
import os

from .._core import numeric as np
from .polyutils import format_float

__all__ = ["SeriesText"]


class SeriesText:
    """The printed forms of a series with `coef`, `symbol` and `mapparms()`.

    A subclass gives `basis_name`, or writes the `_term` methods itself. They receive the degree
    and the text of the argument of the basis polynomials.
    """

    _superscript_mapping = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    _subscript_mapping = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

    # Common fonts of Windows' consoles lack these digits.
    _use_unicode = os.name != "nt"

    def __repr__(self):
        parts = (self.coef, self.domain, self.window)
        coef, domain, window = (repr(part)[6:-1] for part in parts)
        name = self.__class__.__name__
        return f"{name}({coef}, domain={domain}, window={window}, symbol='{self.symbol}')"

    def __str__(self):
        return self._generate_string(self._str_term_unicode if self._use_unicode else self._str_term_ascii)

    def __format__(self, fmt_str):
        if fmt_str == "":
            return self.__str__()
        if fmt_str == "ascii":
            return self._generate_string(self._str_term_ascii)
        if fmt_str == "unicode":
            return self._generate_string(self._str_term_unicode)
        raise ValueError(
            f"Unsupported format string '{fmt_str}' passed to {self.__class__}.__format__. "
            "Valid options are 'ascii' and 'unicode'"
        )

    def _generate_string(self, term_method):
        """All terms, folded at the line width of the print options."""
        width = max(np.get_printoptions().get("linewidth", 75), 1)
        argument, needs_parens = self._format_term(format_float, *self.mapparms())
        if needs_parens:
            argument = f"({argument})"
        text = format_float(self.coef[0])
        column = len(text)
        top = len(self.coef) - 1
        for degree, coef in enumerate(self.coef[1:], 1):
            term = _signed(coef) + term_method(str(degree), argument)
            # The blank before the term, and the next sign after it unless it is the last.
            needed = column + 1 + len(term) + (2 if degree < top else 0)
            if needed >= width:
                term = term.replace(" ", "\n", 1)
            text += " " + term
            broken = term.rfind("\n")
            column = column + 1 + len(term) if broken < 0 else len(term) - broken - 1
        return text

    @classmethod
    def _str_term_unicode(cls, i, arg_str):
        cls._require_basis_name("_str_term_unicode(cls, i, arg_str)", "a basis_name")
        return f"·{cls.basis_name}{i.translate(cls._subscript_mapping)}({arg_str})"

    @classmethod
    def _str_term_ascii(cls, i, arg_str):
        cls._require_basis_name("_str_term_ascii(cls, i, arg_str)", "a basis_name")
        return f" {cls.basis_name}_{i}({arg_str})"

    @classmethod
    def _repr_latex_term(cls, i, arg_str, needs_parens):
        cls._require_basis_name("_repr_latex_term(i, arg_str, needs_parens)", "a basis name")
        return f"{{{cls.basis_name}}}_{{{i}}}({arg_str})"

    @classmethod
    def _require_basis_name(cls, method, wanted):
        if cls.basis_name is None:
            raise NotImplementedError(f"Subclasses must define either {wanted}, or override {method}")

    @staticmethod
    def _repr_latex_scalar(x, parens=False):
        # As text, since exponents are written with an e.
        return rf"\text{{{format_float(x, parens=parens)}}}"

    def _format_term(self, scalar_format, off, scale):
        """The text of `off + scale * symbol`, and whether it has more than one part."""
        scaled = self.symbol if scale == 1 else scalar_format(scale) + self.symbol
        if off == 0:
            return scaled, scale != 1
        return f"{scalar_format(off)} + {scaled}", True

    def _repr_latex_(self):
        argument, needs_parens = self._format_term(self._repr_latex_scalar, *self.mapparms())
        parts = []
        for degree, c in enumerate(self.coef):
            part = self._latex_coefficient(c, degree == 0)
            basis = self._repr_latex_term(degree, argument, needs_parens)
            if basis != "1":
                part += rf"\,{basis}"
            parts.append(rf"\color{{LightGray}}{{{part}}}" if c == 0 else part)
        return rf"${self.symbol} \mapsto {''.join(parts) or '0'}$"

    def _latex_coefficient(self, c, first):
        if first:
            return self._repr_latex_scalar(c)
        if not isinstance(c, numbers.Real):
            return f" + ({self._repr_latex_scalar(c)})"
        if c >= 0:
            return f" + {self._repr_latex_scalar(c, parens=True)}"
        return f" - {self._repr_latex_scalar(-c, parens=True)}"


def _signed(coef):
    """A coefficient after its sign; one that has no order, such as a text, after a plus."""
    try:
        if coef >= 0:
            return "+ " + format_float(coef, parens=True)
        return "- " + format_float(-coef, parens=True)
    except TypeError:
        return f"+ {coef}"
