r"""Tells a saved page from a text, and takes the escapes off markup that stood in a field of a database or of JSON.

By content: a whole page, a fragment (``<p>…</p><p>…</p>``), and either of them with escapes (``<p class=\"a\">``, ``<\/p>``,
``&lt;p&gt;``). Not a text that names tags, holds a comment (a law in Markdown), a table in Markdown, or has some markup left
over: there the line breaks of the text carry its structure, and reading it as a page would run its lines together.
"""

from __future__ import annotations

import re
from collections import Counter

from normtool.grammar.markup import find_tags, speaks_of_tag

_PREFACE = re.compile(r"(?:[\s\ufeff\"']+|<!--(?:[^-]|-(?!->)){0,20000}-->|<\?xml[^<>]{0,300}\?>)*")
_WHOLE = re.compile(r"<(?:!doctype\s+html|(html|head|body))(?=[\s>])[^<>]*>?", re.IGNORECASE)
_BLOCKS = "p|div|br|table|tbody|tr|td|th|ul|ol|li|h[1-6]|center|dl|dt|dd|section|article|blockquote"
_BLOCK = re.compile(rf"</?({_BLOCKS})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_BLOCK_NAME = re.compile(_BLOCKS)
_TAG = re.compile(r"</?([a-z][a-z0-9:]*)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_ESCAPED_BLOCK = re.compile(rf"&(?:amp;){{0,3}}lt;/?(?:{_BLOCKS})(?=[\s/]|&(?:amp;){{0,3}}gt;)", re.IGNORECASE)
_SLASHED = re.compile(rf"<[a-z][^<>]*=\s*\\+[\"']|<\\+/(?:{_BLOCKS}|span|a|b|font|strong)\s*>", re.IGNORECASE)
_SLASHES = re.compile(r"(?<!\\)\\+(?:([\"'/])|([nrt])(?![a-z])|u([0-9a-fA-F]{4}))")
_HANZI = re.compile("[\u3400-\u9fff]")
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|```)", re.MULTILINE)
_LOOKALIKE = re.compile(
    r"<(?=[A-Za-z][A-Za-z0-9:_.+-]{0,40}[^\x00-\x7f]|[A-Za-z][A-Za-z0-9.+-]{0,40}(?:@| [^<>=\"'\x00-\x7f][^<>=\"']{0,40}>))",
    re.ASCII,
)
_FEW = 3
_MAX_ESCAPES = 4
_HEAD = 200


def is_page(text: str) -> bool:
    """Tell whether ``text`` is HTML, whole, a fragment or escaped, and not a text with some markup in it."""
    if "<" not in text and "lt;" not in text:
        return False
    if is_whole_page(text):
        return True
    plain = unescaped(text[_start(text) :])
    return _is_fragment(plain) or _is_whole(plain, _start(plain))


def is_whole_page(text: str) -> bool:
    """Tell whether ``text`` is a whole page as it stands: what of HTML in a Markdown file is no part of it."""
    return _is_whole(text, _start(text))


def unescaped(text: str) -> str:
    """Give the markup of a field without its escapes; ``text`` itself where there are none. Lines keep their numbers."""
    for _ in range(_MAX_ESCAPES):
        plain = text
        if _SLASHED.search(plain):
            plain = _SLASHES.sub(_without_slash, plain)
        escaped = len(_ESCAPED_BLOCK.findall(plain))
        if escaped and escaped > len(_BLOCK.findall(plain)):
            from html import unescape

            plain = unescape(plain)
        if plain == text:
            break
        text = plain
    return text


def with_lookalikes_escaped(markup: str) -> str:
    """Escape ``<`` where a parser would take text for an element that nobody knows, and drop it: ``<a@b.cn>``, ``a<b，b>c``.

    An element's name is ASCII without @, and what stands behind the name of a real one is no hanzi without ``=``.
    """
    return _LOOKALIKE.sub("&lt;", markup)


def may_be_chinese(text: str) -> bool:
    """Tell whether markup holds a hanzi, or an entity that could be one."""
    return "&#" in text or _HANZI.search(text) is not None


def _start(text: str) -> int:
    match = _PREFACE.match(text)
    return match.end() if match else 0


def _without_slash(match: re.Match[str]) -> str:
    mark, _, code = match.groups()
    return mark or (chr(int(code, 16)) if code and not 0xD800 <= int(code, 16) < 0xE000 else " ")  # noqa: PLR2004


def _is_whole(text: str, start: int) -> bool:
    match = _WHOLE.match(text, start)
    return match is not None and not (match[1] and _speaks_of(match))


def _speaks_of(tag: re.Match[str]) -> bool:
    return speaks_of_tag(tag.string, tag.start(), tag.end(), tag[1].lower())


def _is_fragment(text: str) -> bool:
    """Blocks hold the text: two tags (the opening and the closing one) for every line that no tag stands in.

    One that starts with a tag needs a single block; one that starts with text (``各区人民政府：<br>``) needs more, soon, and each
    closed. Tags that the text speaks of do not count.
    """
    if not _BLOCK.search(text) or _MARKDOWN.search(text):
        return False
    first = _TAG.match(text)
    if first and not _speaks_of(first):
        blocks = sum(1 for match in _BLOCK.finditer(text) if not _speaks_of(match))
    else:
        blocks = _closed_blocks(text)
    bare = sum(1 for line in text.split("\n") if "<" not in line and ">" not in line and line.strip())
    return 0 < blocks >= bare * 2


def _closed_blocks(text: str) -> int:
    """Count the tags of blocks in a text that starts with none; 0 where they come late, are few, or are not closed."""
    tags = [tag for tag in find_tags(text) if _BLOCK_NAME.fullmatch(tag.name)]
    if len(tags) < _FEW or tags[0].start > _HEAD:
        return 0
    opened = Counter(tag.name for tag in tags if not tag.closes)
    closed = Counter(tag.name for tag in tags if tag.closes)
    return 0 if any(opened[name] != closed[name] for name in opened | closed if name != "br") else len(tags)
