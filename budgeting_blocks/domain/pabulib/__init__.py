"""Voting files in the format of the Pabulib library (pabulib.org), read and written. Plain Python, English messages."""

from budgeting_blocks.domain.pabulib.model import FileProject, PabulibError, VotingFile, Warned
from budgeting_blocks.domain.pabulib.reader import read_file

__all__ = ["FileProject", "PabulibError", "VotingFile", "Warned", "read_file"]
