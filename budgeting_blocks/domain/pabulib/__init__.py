"""Voting files in the format of the Pabulib library (pabulib.org), read and written. Plain Python, English messages."""

from budgeting_blocks.domain.pabulib.model import FileProject, PabulibError, VotingFile, Warned
from budgeting_blocks.domain.pabulib.numbers import parse_number, write_number
from budgeting_blocks.domain.pabulib.reader import read_file

__all__ = ["FileProject", "PabulibError", "VotingFile", "Warned", "parse_number", "read_file", "write_number"]
