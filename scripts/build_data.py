"""Write ``normtool/data/chrome/packs.json`` and ``normtool/data/tables.json`` from the TOML files beside them.

The TOML files are the source, with examples and comments. They are read at every start, so the program takes them from JSON,
which holds what it needs and loads some thirty times as fast. Run it after every change of a pack or table; a test compares the
two.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from normtool.chromepack import fold

DATA = Path(__file__).parents[1] / "normtool/data"
FOLDER = DATA / "chrome"
EXAMPLES = ("seen", "match", "reject")


def compiled() -> str:
    """Give the text of ``packs.json``."""
    packs = {}
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        packs[path.name] = {kind: [_without_examples(kind, row) for row in rows] for kind, rows in table.items()}
    return json.dumps(packs, ensure_ascii=False, separators=(",", ":")) + "\n"


def compiled_tables() -> str:
    """Give the text of ``tables.json``: every table, under the name of its file."""
    tables = {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.toml"))}
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":")) + "\n"


def _without_examples(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """Keep what the program needs of an entry; the words of a list are folded here once for all."""
    kept = {key: value for key, value in row.items() if key not in EXAMPLES}
    if kind == "list" and "words" in kept:
        kept["words"] = sorted({fold(word).lower() for word in kept["words"]})
    return kept


if __name__ == "__main__":
    (FOLDER / "packs.json").write_text(compiled(), encoding="utf-8")
    (DATA / "tables.json").write_text(compiled_tables(), encoding="utf-8")
