"""Writes a proposal as a chrome pack in TOML, with counts as comments, ready to review and to name in the configuration."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from normtool.chromepack import fold

if TYPE_CHECKING:
    from normtool.learn.proposal import Proposal


def to_toml(proposal: Proposal, site: str) -> str:
    """Write a proposal as a chrome pack; ``site`` tells where its documents came from."""
    total = proposal.documents
    out = [
        "\n".join(
            (
                f"# Lines that recur above and below {total} documents: {site}",
                "# Behind each line: in how many documents it stands. Look through them, take out what a document might say, and name the file",
                '# in the configuration: chrome = ["this-file.toml"]\n',
            )
        )
    ]
    for group in proposal.groups:
        rows = "".join(f"  {_quoted(fold(line))},  # {count}\n" for line, count in group.counts.items())
        several = f"{group.minimum} or more of these lines together" if group.minimum > 1 else "each of these lines alone"
        out.append(
            f'[[list]]\nrule = "{group.rule}"\nname = {_quoted(f"{group.rule} {group.where}: {several}")}\n'
            f'where = "{group.where}"\nminimum = {group.minimum}\nwords = [\n{rows}]\n'
        )
    for lead in proposal.leads:
        words = lead.text.strip(" :>|")
        out.append(
            f'# {lead.documents} documents\n[[line]]\nrule = "{lead.rule}"\nname = {_quoted(f"{lead.rule} {lead.where}: {lead.text}")}\n'
            f"line = {_quoted(re.escape(lead.text).replace(chr(92) + ' ', ' ') + '.{1,120}')}\nwords = [{_quoted(lead.text.strip())}]\n"
            f'where = "{lead.where}"\nseen = {_quoted(site)}\nmatch = [{", ".join(map(_quoted, lead.examples))}]\nreject = [{_quoted(words + "一事")}]\n'
        )
    if not proposal.groups and not proposal.leads:
        out.append("# Nothing recurs.\n")
    return "\n".join(out)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
