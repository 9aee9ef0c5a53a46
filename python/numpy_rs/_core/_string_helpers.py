"""ASCII case changes that no locale can alter."""

_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_UPPER = {code + 32: code for code in _LOWER}


def english_lower(s):
    return s.translate(_LOWER)


def english_upper(s):
    return s.translate(_UPPER)


def english_capitalize(s):
    return english_upper(s[0]) + s[1:] if s else s
