"""Words of a text, a vocabulary, and texts as lists of word numbers."""


def tokenize(text):
    """Lower-case words, numbers, and punctuation marks one by one."""
    tokens = []
    current = ""
    for ch in text:
        if ch.isalnum():
            current += ch.lower()
        else:
            if current:
                tokens.append(current)
                current = ""
            if not ch.isspace():
                tokens.append(ch)
    if current:
        tokens.append(current)
    return tokens


def build_vocab(tokens, min_count):
    """Numbers for the tokens that occur often enough, the most frequent first."""
    counts = {}
    for token in tokens:
        counts[token] = counts.get(token, 0) + 1
    kept = [(-n, token) for token, n in counts.items() if n >= min_count]
    kept.sort()
    vocab = {"<unknown>": 0}
    for _, token in kept:
        vocab[token] = len(vocab)
    return vocab


def encode(tokens, vocab):
    unknown = vocab["<unknown>"]
    return [vocab.get(token, unknown) for token in tokens]


def character_histogram(text):
    counts = {}
    for ch in text:
        if ch in counts:
            counts[ch] += 1
        else:
            counts[ch] = 1
    return counts


def make_text(words, seed):
    parts = ["the", "tokenizer", "reads", "Every", "letter,", "slowly;", "but", "surely.", "Numbers", "like", "42"]
    state = seed
    out = []
    for _ in range(words):
        state = (state * 1664525 + 1013904223) % 4294967296
        out.append(parts[(state >> 16) % len(parts)] + ("" if state % 7 else str(state % 1000)))
    return " ".join(out)


def main():
    checksum = 0
    for seed in range(15):
        text = make_text(35_000, seed)
        tokens = tokenize(text)
        vocab = build_vocab(tokens, 3)
        codes = encode(tokens, vocab)
        checksum += sum(codes) + len(vocab) + character_histogram(text)["e"]
    print(f"checksum {checksum}")


if __name__ == "__main__":
    main()
