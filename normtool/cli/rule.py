"""``normtool rule``."""

import json
from typing import Annotated, Any, Literal

import typer

from normtool.catalog import data_file
from normtool.cli.streams import emit
from normtool.model import NormtoolError
from normtool.rulebook import RULES, Rule, RuleFix
from normtool.values import nearest

_FIXES: dict[RuleFix, str] = {
    "none": "none, it is left for a person",
    "safe": "safe, made by normalize",
    "unsafe": "unsafe, made with --unsafe only",
    "some": "safe where it is certain, else made with --unsafe only",
}


def _codes(incomplete: str) -> list[tuple[str, str]]:
    """Give the codes that begin so, or else the names, for the shell to offer."""
    codes = [(str(rule.code), rule.name) for rule in RULES.values() if rule.code.startswith(incomplete)]
    return codes or [(rule.name, rule.summary) for rule in RULES.values() if rule.name.startswith(incomplete)]


def command(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]",
            help="A rule's code or name, or the beginning of codes.",
            show_default=False,
            autocompletion=_codes,
        ),
    ] = None,
    output_format: Annotated[Literal["text", "json"], typer.Option(help="Form of the output.")] = "text",
) -> None:
    """Explain a rule, or list the rules."""
    chosen = [
        rule for rule in RULES.values() if code is None or rule.code.startswith(code.upper()) or rule.name == code.lower()
    ]
    if code is not None and not chosen:
        near = nearest(code.upper(), RULES) or nearest(code.lower(), (rule.name for rule in RULES.values()))
        raise NormtoolError(f"no rule {code!r}{near or '; `normtool rule` lists them'}")
    whole = code is not None and len(chosen) == 1
    if output_format == "json":
        records = [_record(rule) for rule in chosen]
        emit(f"{json.dumps(records[0] if whole else records, ensure_ascii=False, indent=2)}\n")
    elif whole:
        emit(_shown(chosen[0]))
    else:
        emit("".join(f"{r.code}  {r.severity:<7}  {r.fix:<6}  {r.name}: {r.summary} ({r.basis})\n" for r in chosen))


def _shown(rule: Rule) -> str:
    """Give the page of a rule with what the list says of it below its heading."""
    heading, rest = _page(rule).split("\n", 1)
    off = "" if rule.default else " Only on when asked for (`--select`)."
    return f"{heading}\n\nSeverity: {rule.severity}. Fix: {_FIXES[rule.fix]}. Basis: {rule.basis}.{off}\n{rest}"


def _page(rule: Rule) -> str:
    return data_file(f"rules/{rule.code}.md").read_text("utf-8")


def _record(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "fix": rule.fix,
        "basis": rule.basis,
        "summary": rule.summary,
        "default": rule.default,
        "explanation": _page(rule),
    }
