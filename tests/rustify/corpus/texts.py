"""Strings: code points, methods, searching, building, comparing, case."""


class Name(str):
    """A string that is not exactly a str."""


def reverse_words(text):
    return " ".join(reversed(text.split()))


def count_vowels(text):
    count = 0
    for ch in text:
        if ch in "aeiouAEIOU":
            count += 1
    return count


def caesar(text, shift):
    out = []
    for ch in text:
        if "a" <= ch <= "z":
            out.append(chr((ord(ch) - 97 + shift) % 26 + 97))
        elif "A" <= ch <= "Z":
            out.append(chr((ord(ch) - 65 + shift) % 26 + 65))
        else:
            out.append(ch)
    return "".join(out)


def is_palindrome(text):
    cleaned = "".join(ch.lower() for ch in text if ch.isalnum())
    return cleaned == cleaned[::-1]


def run_length(text):
    if not text:
        return ""
    out = ""
    current = text[0]
    count = 1
    for ch in text[1:]:
        if ch == current:
            count += 1
        else:
            out += current + str(count)
            current = ch
            count = 1
    return out + current + str(count)


def split_csv(line, separator=","):
    return [field.strip() for field in line.split(separator)]


def tokenize(text):
    tokens = []
    word = ""
    for ch in text:
        if ch.isspace():
            if word:
                tokens.append(word)
                word = ""
        elif ch.isalnum() or ch == "_":
            word += ch
        else:
            if word:
                tokens.append(word)
                word = ""
            tokens.append(ch)
    if word:
        tokens.append(word)
    return tokens


def clean(text):
    return text.strip().lower().replace("  ", " ").replace("\t", " ")


def parse_pairs(text):
    out = {}
    for part in text.split(";"):
        if "=" not in part:
            continue
        key, _, value = part.partition("=")
        out[key.strip()] = value.strip()
    return out


def find_all(text, needle):
    positions = []
    start = text.find(needle)
    while start != -1:
        positions.append(start)
        start = text.find(needle, start + 1)
    return positions


def title_case(text):
    return " ".join(word[0].upper() + word[1:].lower() for word in text.split(" ") if word)


def edges(text, prefix, suffix):
    return text.startswith(prefix), text.endswith(suffix), text.startswith((prefix, suffix)), prefix in text


def hash_text(text):
    h = 5381
    for ch in text:
        h = (h * 33 + ord(ch)) & 0xFFFFFFFF
    return h


def count_words(text):
    counts = {}
    for word in text.lower().split():
        word = word.strip(".,!?")
        counts[word] = counts.get(word, 0) + 1
    return counts


def compare_texts(a, b):
    return a < b, a <= b, a == b, a != b, a + b, a * 2, len(a)


def pad(text, width):
    return text.ljust(width) + "|" + text.rjust(width, ".") + "|" + text.center(width, "*") + "|" + text.zfill(width)


def kinds(text):
    return [text.isdigit(), text.isalpha(), text.isupper(), text.islower(), text.isspace(), text.isidentifier()]


def parse_numbers(text):
    total = 0
    for part in text.split():
        total += int(part)
    return total


def parse_floats(text):
    return [float(part) for part in text.split(",")]


def common_prefix(a, b):
    n = min(len(a), len(b))
    i = 0
    while i < n and a[i] == b[i]:
        i += 1
    return a[:i]


def swap_case(text):
    return "".join(ch.lower() if ch.isupper() else ch.upper() for ch in text)


CASES = [
    ("reverse_words", ("the quick brown fox",), {}),
    ("reverse_words", ("one",), {}),
    ("count_vowels", ("Hello World, how are you",), {}),
    ("count_vowels", ("xyz",), {}),
    ("caesar", ("Hello, World!", 3), {}),
    ("caesar", ("xyz", -30), {}),
    ("is_palindrome", ("A man, a plan, a canal: Panama",), {}),
    ("is_palindrome", ("hello",), {}),
    ("run_length", ("aaabbc",), {}),
    ("run_length", ("abc",), {}),
    ("split_csv", ("a, b ,c",), {}),
    ("split_csv", ("a;b;c", ";"), {}),
    ("split_csv", ("a|b",), {"separator": "|"}),
    ("tokenize", ("x = foo_1 + 22*(y-3)",), {}),
    ("tokenize", ("  hello   world  ",), {}),
    ("clean", ("  Some  TEXT\there ",), {}),
    ("parse_pairs", ("a=1; b = two;junk;c=",), {}),
    ("find_all", ("abracadabra", "abra"), {}),
    ("find_all", ("aaaa", "aa"), {}),
    ("title_case", ("the quick  brown FOX",), {}),
    ("edges", ("filename.txt", "file", ".txt"), {}),
    ("edges", ("other", "file", ".txt"), {}),
    ("hash_text", ("hello world",), {}),
    ("hash_text", ("zażółć gęślą jaźń",), {}),
    ("count_words", ("The cat and the dog. The end!",), {}),
    ("compare_texts", ("apple", "banana"), {}),
    ("compare_texts", ("same", "same"), {}),
    ("pad", ("abc", 8), {}),
    ("pad", ("-42", 6), {}),
    ("kinds", ("12345",), {}),
    ("kinds", ("HELLO",), {}),
    ("kinds", ("mixed Case 1",), {}),
    ("parse_numbers", ("1 2 -3 40",), {}),
    ("parse_floats", ("1.5,2e3,-0.25",), {}),
    ("common_prefix", ("interview", "internet"), {}),
    ("common_prefix", ("abc", "xyz"), {}),
    ("swap_case", ("Hello World",), {}),
]

EDGE = [
    ("reverse_words", ("",), {}),
    ("reverse_words", ("  a\u00a0b\u2003c  ",), {}),
    ("reverse_words", (b"ab cd",), {}),
    ("reverse_words", (None,), {}),
    ("reverse_words", (Name("a b"),), {}),
    ("count_vowels", ("àéîõü 😀",), {}),
    ("count_vowels", (["a", "", "ei"],), {}),
    ("caesar", ("ÀÉ😀z", 1), {}),
    ("caesar", ("abc", 2**70), {}),
    ("caesar", ("abc", 1.5), {}),
    ("caesar", (Name("abc"), 1), {}),
    ("is_palindrome", ("",), {}),
    ("is_palindrome", ("İi̇",), {}),
    ("is_palindrome", ("ßSS",), {}),
    ("run_length", ("",), {}),
    ("run_length", ("😀😀é",), {}),
    ("run_length", ([],), {}),
    ("run_length", (["a", "a"],), {}),
    ("split_csv", ("",), {}),
    ("split_csv", ("a,b", ""), {}),
    ("split_csv", ("a b", None), {}),
    ("split_csv", ("a,b", 3), {}),
    ("tokenize", ("²½٣ x\x1c\x85y",), {}),
    ("tokenize", ("",), {}),
    ("tokenize", ("\ud800 a",), {}),
    ("clean", ("\u3000ΑΣ\u0130\x1f",), {}),
    ("parse_pairs", ("",), {}),
    ("parse_pairs", ("a=1;a=2;b=3=4",), {}),
    ("find_all", ("abc", ""), {}),
    ("find_all", ("😀a😀a", "a"), {}),
    ("find_all", ("abc", 1), {}),
    ("title_case", ("ßeta ǆa ﬁne",), {}),
    ("title_case", ("",), {}),
    ("edges", ("abc", "", ""), {}),
    ("edges", ("abc", 1, "c"), {}),
    ("edges", ("abc", ("a", "x"), "c"), {}),
    ("hash_text", ("",), {}),
    ("hash_text", ("\U0010ffff\x00",), {}),
    ("hash_text", ([1],), {}),
    ("count_words", ("",), {}),
    ("count_words", ("... ΑΣ ας",), {}),
    ("compare_texts", ("a", "á"), {}),
    ("compare_texts", ("\uffff", "\U00010000"), {}),
    ("compare_texts", ("a", 1), {}),
    ("compare_texts", ([1], [2]), {}),
    ("compare_texts", (Name("a"), "b"), {}),
    ("pad", ("abc", -1), {}),
    ("pad", ("é", 3), {}),
    ("pad", ("+7", 5), {}),
    ("pad", ("abc", 4.0), {}),
    ("pad", ("a", True), {}),
    ("kinds", ("",), {}),
    ("kinds", ("²٣",), {}),
    ("kinds", ("ªß",), {}),
    ("parse_numbers", ("",), {}),
    ("parse_numbers", ("1 x",), {}),
    ("parse_numbers", ("1_000 +5 ٣",), {}),
    ("parse_numbers", ("9223372036854775807 1",), {}),
    ("parse_numbers", ("1.5",), {}),
    ("parse_floats", ("nan,inf,-Infinity,1_0.0, 5 ",), {}),
    ("parse_floats", ("1.5,,2",), {}),
    ("parse_floats", ("1e400,-1e-400,0x10",), {}),
    ("common_prefix", ("", "a"), {}),
    ("common_prefix", ([1, 2], [1, 3]), {}),
    ("common_prefix", ("a😀b", "a😀c"), {}),
    ("swap_case", ("ßŉǅ",), {}),
]
