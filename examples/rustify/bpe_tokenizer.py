"""Byte pair encoding: learning merges from a text and applying them."""


def count_pairs(tokens):
    """How often each pair of neighbours occurs."""
    counts = {}
    for i in range(len(tokens) - 1):
        pair = (tokens[i], tokens[i + 1])
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def most_frequent(counts):
    """The pair that occurs most often; the smaller pair where two are equal."""
    best = None
    best_count = 0
    for pair, count in counts.items():
        if count > best_count or (count == best_count and best is not None and pair < best):
            best = pair
            best_count = count
    return best


def merge_pair(tokens, pair, new_token):
    """The tokens with each occurrence of the pair replaced."""
    out = []
    i = 0
    while i < len(tokens):
        if i + 1 < len(tokens) and tokens[i] == pair[0] and tokens[i + 1] == pair[1]:
            out.append(new_token)
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return out


def train(data, merges):
    """Learn merges from bytes: a list of (pair, new token)."""
    tokens = list(data)
    rules = []
    for step in range(merges):
        pair = most_frequent(count_pairs(tokens))
        if pair is None:
            break
        tokens = merge_pair(tokens, pair, 256 + step)
        rules.append((pair, 256 + step))
    return rules


def bpe_encode(data, rules):
    tokens = list(data)
    for pair, new_token in rules:
        tokens = merge_pair(tokens, pair, new_token)
    return tokens


def bpe_decode(tokens, rules):
    """The bytes that the tokens stand for."""
    pieces = {}
    for byte in range(256):
        pieces[byte] = bytes([byte])
    for (left, right), new_token in rules:
        pieces[new_token] = pieces[left] + pieces[right]
    return b"".join([pieces[token] for token in tokens])


def make_text(sentences, seed):
    words = ["alpha", "beta", "gamma", "delta", "token", "tokens", "pair", "pairs", "merge", "merges"]
    out = []
    for i in range(sentences):
        out.append(words[(i * i + seed) % 10] + " " + words[(3 * i + seed) % 10] + ".")
    return " ".join(out).encode()


def main():
    data = make_text(4000, 3)
    rules = train(data, 60)
    other = make_text(4000, 8)
    tokens = bpe_encode(other, rules)
    assert bpe_decode(tokens, rules) == other
    print(f"checksum {len(tokens)} {sum(tokens)}")


if __name__ == "__main__":
    main()
