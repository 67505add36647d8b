"""Which answers an application may hold: exactly one of the offered values for each background feature of its panel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Feature:
    """A background feature that the draw needs. `may_decline`: "I'd rather not say" is an answer, stored as None."""

    label: str
    values: tuple[str, ...]
    may_decline: bool = False


class AnswerProblem(StrEnum):
    """What is wrong with an answer."""

    MISSING = "missing"
    UNKNOWN_VALUE = "unknown_value"
    UNKNOWN_FEATURE = "unknown_feature"


def _problem(feature: Feature, answers: Mapping[str, object]) -> AnswerProblem | None:
    if feature.label not in answers:
        return AnswerProblem.MISSING
    answer = answers[feature.label]
    if answer is None:
        return None if feature.may_decline else AnswerProblem.MISSING
    return None if answer in feature.values else AnswerProblem.UNKNOWN_VALUE


def answer_problems(features: Iterable[Feature], answers: Mapping[str, object]) -> dict[str, AnswerProblem]:
    """Problems by feature label; empty when the answers (label to value or None) are whole and nothing but these."""
    features = list(features)
    problems = {f.label: problem for f in features if (problem := _problem(f, answers))}
    strangers = set(answers) - {feature.label for feature in features}
    return problems | dict.fromkeys(sorted(map(str, strangers)), AnswerProblem.UNKNOWN_FEATURE)
