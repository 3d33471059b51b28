"""Build ``normtool/data/decode/hanzi.txt``: how surprising each hanzi is in Chinese text, in nats.

Developers only; needs the sdist of jieba (MIT) unpacked and the opencc package (Apache-2.0), which normtool depends on:

    pip download --no-deps --no-binary :all: jieba==0.42.1 && tar xzf jieba-0.42.1.tar.gz
    python scripts/build_cost_table.py jieba-0.42.1/jieba/dict.txt

The dictionary gives words with counts. Its Simplified words count once as they are, and once converted to Traditional
(the general, Taiwan and Hong Kong forms share that half), so that neither script is at home more than the other.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

import opencc

OUT = Path(__file__).parents[1] / "normtool/data/decode/hanzi.txt"
TRADITIONAL = {"s2t": 0.4, "s2tw": 0.4, "s2hk": 0.2}
CHUNK = 20_000
FLOOR = 0.5  # a character of one rare word is still more likely than one that no word has

HEADER = """\
# Cost of a hanzi in nats (negative natural logarithm of its share), a tab, the hanzi of that cost.
# Built by scripts/build_cost_table.py from dict.txt of jieba 0.42.1 (https://github.com/fxsjy/jieba):
# Copyright (c) 2013 Sun Junyi, MIT License; Traditional forms by the dictionaries of OpenCC
# (https://github.com/BYVoid/OpenCC), Apache License 2.0. See NOTICE.
"""


def read_words(path: Path) -> Counter[str]:
    """Give the words of a jieba dictionary with their counts."""
    words: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        words[word] += int(count)
    return words


def convert(words: Counter[str], config: str) -> Counter[str]:
    """Give the words as the OpenCC configuration writes them, with the same counts."""
    converter = opencc.OpenCC(config)
    out: Counter[str] = Counter()
    keys = list(words)
    for at in range(0, len(keys), CHUNK):
        part = keys[at : at + CHUNK]
        for old, new in zip(part, converter.convert("\n".join(part)).split("\n"), strict=True):
            out[new] += words[old]
    return out


def shares(words: Counter[str]) -> dict[str, float]:
    """Give every hanzi's share of the running text that the words stand for."""
    counts: Counter[str] = Counter()
    for word, count in words.items():
        for char in word:
            if char >= "\u3400":
                counts[char] += count + FLOOR  # type: ignore[assignment]  # halves are meant
    total = sum(counts.values())
    return {char: count / total for char, count in counts.items()}


def main(argv: list[str]) -> int:
    """Write the table from the dictionary named on the command line; gives the exit status."""
    words = read_words(Path(argv[0]))
    mixture: defaultdict[str, float] = defaultdict(float)
    for char, share in shares(words).items():
        mixture[char] += share / 2
    for config, weight in TRADITIONAL.items():
        for char, share in shares(convert(words, config)).items():
            mixture[char] += share * weight / 2
    rows: defaultdict[float, list[str]] = defaultdict(list)
    for char, share in mixture.items():
        rows[round(-math.log(share), 1)].append(char)
    lines = [f"{cost:.1f}\t{''.join(sorted(chars))}\n" for cost, chars in sorted(rows.items())]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{OUT.name}: {len(mixture)} hanzi in {len(rows)} rows")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
