"""Formulas in MathML, written on one line.

Raised and lowered parts as elsewhere (x², x<sub>i</sub>), a fraction with its bar (``(a+b)/2``), a root with its sign; anything else
as its text. Nothing that is shown is left out; the annotation that repeats a formula in another language is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from normtool.grammar.markup import RAISED
from normtool.page.markup import folded, raised

if TYPE_CHECKING:
    from collections.abc import Sequence

WRITTEN = frozenset((*RAISED, "math"))
"""Elements that are written as a whole, in a form of their own."""
_MAX_DEPTH = 40
_UNSHOWN = {"annotation", "annotation-xml"}
_SCRIPTS = {
    "msup": ("sup",),
    "msub": ("sub",),
    "msubsup": ("sub", "sup"),
    "munder": ("sub",),
    "mover": ("sup",),
    "munderover": ("sub", "sup"),
}
_PAIR = 2


def written(node: Any, tag: str, before: Sequence[str]) -> str | None:
    """Give a formula, or what is raised or lowered behind the pieces ``before``, as text; None where it is like any other text."""
    return formula(node) if tag == "math" else raised(tag, folded(node.text), before)


def formula(node: Any, depth: int = 0) -> str:
    """Give the text of a ``<math>`` element or of one in it; one that lies too deep as plain text."""
    children = list(node.children)
    elements = [child for child in children if getattr(child, "tag", None)]
    if depth > _MAX_DEPTH or not elements:
        return folded(node.text)
    parts = [formula(child, depth + 1) for child in elements if child.tag not in _UNSHOWN]
    if node.tag in _SCRIPTS and len(parts) == len(_SCRIPTS[node.tag]) + 1:
        return parts[0] + "".join(_script(tag, part, parts[0]) for tag, part in zip(_SCRIPTS[node.tag], parts[1:], strict=True))
    if node.tag == "mfrac" and len(parts) == _PAIR:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if node.tag == "msqrt":
        return "√" + _grouped("".join(parts))
    if node.tag == "mroot" and len(parts) == _PAIR:
        return f"{_script('sup', parts[1], '')}√{_grouped(parts[0])}"
    between = [folded(child.data) if not getattr(child, "tag", None) and hasattr(child, "data") else "" for child in children]
    shown = iter(parts)
    return "".join(
        text if not getattr(child, "tag", None) else (next(shown, "") if child.tag not in _UNSHOWN else "")
        for child, text in zip(children, between, strict=True)
    )


def _script(tag: str, inner: str, base: str) -> str:
    if not inner:
        return ""
    form = raised(tag, inner, [base])
    return form if form is not None else f"<{tag}>{inner}</{tag}>"


def _grouped(part: str) -> str:
    return part if len(part) == 1 or part.isalnum() else f"({part})"
