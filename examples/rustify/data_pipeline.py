"""A table as text: parsing, a running mean, z-scores, a summary by group."""

import math


def parse_csv_row(line):
    """The fields of one line; a field in double quotes may hold commas and doubled quotes."""
    fields = []
    current = ""
    quoted = False
    i = 0
    while i < len(line):
        ch = line[i]
        if quoted:
            if ch == '"':
                if i + 1 < len(line) and line[i + 1] == '"':
                    current += '"'
                    i += 1
                else:
                    quoted = False
            else:
                current += ch
        elif ch == '"':
            quoted = True
        elif ch == ",":
            fields.append(current)
            current = ""
        else:
            current += ch
        i += 1
    fields.append(current)
    return fields


def parse_column(rows, index, default):
    """One column as floats; what does not read becomes `default`."""
    values = []
    for row in rows:
        try:
            values.append(float(row[index]))
        except ValueError:
            values.append(default)
    return values


def running_mean(values, window):
    """The mean of each window of neighbours."""
    out = []
    for i in range(len(values) - window + 1):
        total = 0.0
        for j in range(window):
            total += values[i + j]
        out.append(total / window)
    return out


def zscore_normalize(values):
    mean = sum(values) / len(values)
    variance = sum((v - mean) ** 2 for v in values) / len(values)
    std = math.sqrt(variance)
    if std == 0.0:
        return [0.0 for _ in values]
    return [(v - mean) / std for v in values]


def group_means(keys, values):
    totals = {}
    counts = {}
    for key, value in zip(keys, values):
        totals[key] = totals.get(key, 0.0) + value
        counts[key] = counts.get(key, 0) + 1
    return {key: totals[key] / counts[key] for key in totals}


def make_table(rows):
    lines = []
    for i in range(rows):
        value = "n/a" if i % 97 == 0 else str((i * 37 % 1009) / 8)
        lines.append(f'{i},"place {i % 13}, ""old""",{value},{"east" if i % 3 else "west"}')
    return lines


def main():
    lines = make_table(100_000)
    rows = [parse_csv_row(line) for line in lines]
    values = parse_column(rows, 2, 0.0)
    smooth = running_mean(values, 25)
    scores = zscore_normalize(smooth)
    groups = group_means([row[1] for row in rows], values)
    checksum = sum(abs(s) for s in scores) + sum(groups.values())
    print(f"checksum {checksum:.9f}")


if __name__ == "__main__":
    main()
