"""What of a Markdown text is syntax, in which marks and blanks mean something: no edit may touch, take away or make any of it.

In: a text between two stages and the edits that a stage asks for. Out: those of them that leave the syntax as it is. ``blocks``
reads the lines, ``inline`` the paragraphs, ``spare`` holds the edits against both.

Raw HTML, entities, math, code and front matter are syntax with all that they hold. So are the marks of lists, quotes, headings
and tables, emphasis, escapes, hard line breaks, and where links lead; the text between them is text as in any document. Indented
code is text, too, but for its indent, for paragraphs are indented as deeply. In doubt something is syntax.

Scanned, not parsed: markdown-it-py, the parser that would be the library for it, tells the lines of a block but no place within a
line, which is what an edit is held against, and its import takes a hook longer than this scan. The tests compare with it.
"""

from __future__ import annotations

from normtool.markdown.spare import spared, syntax_of

__all__ = ["spared", "syntax_of"]
