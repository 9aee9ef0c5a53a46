"""How many letters must change to make one word of another."""


def levenshtein(a, b):
    previous = list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        current = [i]
        for j in range(1, len(b) + 1):
            cost = 0 if a[i - 1] == b[j - 1] else 1
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost))
        previous = current
    return previous[len(b)]


def similarity(a, b):
    """From 0 for nothing in common to 1 for equal."""
    longest = max(len(a), len(b))
    return 1.0 if longest == 0 else 1.0 - levenshtein(a, b) / longest


def closest(word, words):
    best = words[0]
    best_distance = levenshtein(word, best)
    for other in words[1:]:
        d = levenshtein(word, other)
        if d < best_distance:
            best, best_distance = other, d
    return best


def hamming(a, b):
    if len(a) != len(b):
        raise ValueError("texts of different length")
    return sum(x != y for x, y in zip(a, b))


def make_words(count, seed):
    state = seed
    words = []
    for _ in range(count):
        word = ""
        for _ in range(6 + state % 6):
            state = (state * 1103515245 + 12345) % 2147483648
            word += "abcdefghijklmnop"[state >> 27]
        words.append(word)
    return words


def main():
    words = make_words(400, 11)
    total = 0.0
    for word in words[:100]:
        best = closest(word, words[100:])
        total += similarity(word, best) + hamming(word[:6], best[:6])
    a = "".join(words)[:900]
    b = "".join(reversed(words))[:900]
    print(f"checksum {total:.9f} {levenshtein(a, b)}")


if __name__ == "__main__":
    main()
