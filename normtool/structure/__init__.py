"""Clean text → document → JSON."""

from normtool.structure.parser import parse
from normtool.structure.tojson import to_json

__all__ = ["parse", "to_json"]
