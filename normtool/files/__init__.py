"""The disk: which files to work on, reading them, and replacing them atomically.

Besides catalog and config, nothing else touches it.
"""

from normtool.files.atomic import Content, holds, identity, is_folder, is_same, read, replace, write
from normtool.files.choose import STDIN, Chosen, choose

__all__ = ["STDIN", "Chosen", "Content", "choose", "holds", "identity", "is_folder", "is_same", "read", "replace", "write"]
