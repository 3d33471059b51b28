"""Draws the picture of the terminal that stands at the top of the README: what ``normtool check`` says of a sample, as an SVG.

Run with ``python scripts/terminal_picture.py``; it writes ``samples/terminal.svg``. The picture names no font that would have
to be fetched.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
SAMPLE = "samples/raw/announcement.txt"
PICTURE = ROOT / "samples/terminal.svg"
WIDTH = 100


def said(*arguments: str) -> str:
    """Give what the program prints on a terminal with colours."""
    done = subprocess.run(
        [sys.executable, "-m", "normtool", *arguments, "--isolated"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


def picture() -> str:
    """Give the SVG."""
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="standard", highlight=False
    )
    for command in (("check", "--select", "CHR", SAMPLE), ("normalize", SAMPLE)):
        console.print(Text(f"$ normtool {' '.join(command)}", style="bold"))
        console.print(Text.from_ansi(said(*command, "--color", "always")))
        console.print()
    template = re.sub(r"\s*@font-face \{\{.*?\}\}\n", "\n", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
        "Fira Code", "ui-monospace, Menlo, Consolas"
    )
    return console.export_svg(title="normtool", code_format=template, unique_id="normtool")


if __name__ == "__main__":
    PICTURE.write_text(picture(), "utf-8")
