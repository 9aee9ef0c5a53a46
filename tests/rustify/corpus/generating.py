"""Generators of the file: consumed at once, in loops, by next, with return values, in chains."""


def countdown(n):
    while n > 0:
        yield n
        n -= 1


def total_countdown(n):
    return sum(countdown(n))


def list_countdown(n):
    return list(countdown(n))


def fib_gen(limit):
    a, b = 0, 1
    while a < limit:
        yield a
        a, b = b, a + b


def even_fibs(limit):
    return sum(x for x in fib_gen(limit) if x % 2 == 0)


def primes_up_to(n):
    sieve = [True] * (n + 1)
    for i in range(2, n + 1):
        if sieve[i]:
            yield i
            for j in range(i * i, n + 1, i):
                sieve[j] = False


def sum_primes(n):
    total = 0
    for p in primes_up_to(n):
        total += p
    return total


def chunks(seq, size):
    for i in range(0, len(seq), size):
        yield seq[i : i + size]


def chunk_sums(values, size):
    return [sum(c) for c in chunks(values, size)]


def flatten(nested):
    for item in nested:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


def flat_list(nested):
    return list(flatten(nested))


def pairs(items):
    it = iter(items)
    for a in it:
        try:
            b = next(it)
        except StopIteration:
            return
        yield a, b


def pair_products(items):
    return [a * b for a, b in pairs(items)]


def first_over(values, limit):
    return next((v for v in values if v > limit), None)


def first_even(values):
    gen = (v for v in values if v % 2 == 0)
    return next(gen, -1)


def tokens(text):
    word = ""
    for ch in text:
        if ch.isalnum():
            word += ch
        else:
            if word:
                yield word
            word = ""
    if word:
        yield word


def word_lengths(text):
    return {w: len(w) for w in tokens(text)}


def longest_word(text):
    return max(tokens(text), key=len, default="")


def enumerate_tokens(text):
    out = []
    for i, w in enumerate(tokens(text), 1):
        out.append(f"{i}:{w}")
    return ",".join(out)


def take(gen, n):
    out = []
    for x in gen:
        if len(out) >= n:
            break
        out.append(x)
    return out


def take_squares(n, k):
    return take((i * i for i in range(n)), k)


def windows(seq, n):
    for i in range(len(seq) - n + 1):
        yield tuple(seq[i : i + n])


def moving_max(seq, n):
    return [max(w) for w in windows(seq, n)]


def running(values):
    acc = 0
    for v in values:
        acc += v
        yield acc


def compound(values):
    return max(running(values), default=0) - min(running(values), default=0)


def any_negative(values):
    return any(v < 0 for v in running(values))


def collatz_path(n):
    while n != 1:
        yield n
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    yield 1


def path_length(n):
    return sum(1 for _ in collatz_path(n))


def path_peak(n):
    best = 0
    for v in collatz_path(n):
        if v > best:
            best = v
    return best


def early_exit(n, stop):
    seen = []
    for v in countdown(n):
        if v == stop:
            seen.append(-1)
            break
        seen.append(v)
    else:
        seen.append(-2)
    return seen


def zip_gens(n):
    return [(a, b) for a, b in zip(countdown(n), fib_gen(100))]


def join_digits(n):
    return "".join(str(d) for d in countdown(n))


def sorted_tokens(text):
    return sorted(tokens(text), key=lambda w: (len(w), w))


def gen_in_set(n):
    return sorted({x % 5 for x in countdown(n)})


def nested_gen(n):
    def inner(k):
        for i in range(k):
            yield i * i

    return [sum(inner(k)) for k in range(n)]


CASES = [
    ("total_countdown", (100,), {}),
    ("list_countdown", (10,), {}),
    ("even_fibs", (10000,), {}),
    ("sum_primes", (200,), {}),
    ("chunk_sums", ([1, 2, 3, 4, 5, 6, 7], 3), {}),
    ("chunk_sums", ([1.5, 2.5, 3.5], 2), {}),
    ("flat_list", ([1, [2, [3, 4], 5], [[6]]],), {}),
    ("pair_products", ([1, 2, 3, 4, 5],), {}),
    ("first_over", ([1, 5, 9, 2], 4), {}),
    ("first_over", ([1, 5, 9, 2], 40), {}),
    ("first_even", ([1, 3, 6, 7],), {}),
    ("word_lengths", ("the quick brown fox, jumps!",), {}),
    ("longest_word", ("the quick brown fox, jumped!",), {}),
    ("longest_word", ("",), {}),
    ("enumerate_tokens", ("alpha beta gamma",), {}),
    ("take", ([1, 2, 3, 4], 2), {}),
    ("take_squares", (100, 5), {}),
    ("moving_max", ([3, 1, 4, 1, 5, 9, 2, 6], 3), {}),
    ("compound", ([3, -1, 4, -10, 5],), {}),
    ("any_negative", ([3, -1, 4, -10, 5],), {}),
    ("path_length", (27,), {}),
    ("path_peak", (27,), {}),
    ("early_exit", (10, 4), {}),
    ("early_exit", (10, 40), {}),
    ("zip_gens", (8,), {}),
    ("join_digits", (12,), {}),
    ("sorted_tokens", ("the quick brown fox jumps over the lazy dog",), {}),
    ("gen_in_set", (12,), {}),
    ("nested_gen", (6,), {}),
]
EDGE = [
    ("total_countdown", (2.5,), {}),
    ("total_countdown", (0,), {}),
    ("total_countdown", ("a",), {}),
    ("sum_primes", (0,), {}),
    ("sum_primes", (-5,), {}),
    ("chunk_sums", ([1, 2], 0), {}),
    ("chunk_sums", ("abc", 2), {}),
    ("flat_list", ([],), {}),
    ("pair_products", (["a", 2, 3.5],), {}),
    ("first_over", ([], 1), {}),
    ("longest_word", (None,), {}),
    ("path_length", (1,), {}),
    ("zip_gens", (0,), {}),
]
