"""Voting files in the format of the Pabulib library (pabulib.org), read and written. Plain Python, English messages."""

from budgeting_blocks.domain.pabulib.model import FileProject, PabulibError, VotingFile, Warned
from budgeting_blocks.domain.pabulib.numbers import parse_number, write_number
from budgeting_blocks.domain.pabulib.reader import read_file
from budgeting_blocks.domain.pabulib.writer import FileHead, ProjectWords, rule_name, write_file

__all__ = [
    "FileHead",
    "FileProject",
    "PabulibError",
    "ProjectWords",
    "VotingFile",
    "Warned",
    "parse_number",
    "read_file",
    "rule_name",
    "write_file",
    "write_number",
]
