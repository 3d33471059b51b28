"""Bytes to text: which encoding a file is in, and where it is broken."""

from __future__ import annotations

from normtool.decode.detect import decode, reported_encoding

__all__ = ["decode", "reported_encoding"]
