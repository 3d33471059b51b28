"""Proposes a chrome pack from many documents of one site: the lines that recur above and below the documents.

``observe`` notes the lines of each document, ``propose`` finds what recurs in the notes, and ``learn.pack`` writes that for a person
to review.
"""

from normtool.learn.notes import Observed, observe
from normtool.learn.proposal import MIN_DOCUMENTS, Proposal, propose

__all__ = ["MIN_DOCUMENTS", "Observed", "Proposal", "observe", "propose"]
