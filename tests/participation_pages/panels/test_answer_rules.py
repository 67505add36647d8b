"""Which answers an application may hold."""

import pytest

from participation_pages.panels.domain.answers import AnswerProblem, Feature, answer_problems

FEATURES = [Feature("Ikä", ("15–29", "30+")), Feature("Sukupuoli", ("Nainen", "Mies"), may_decline=True)]


@pytest.mark.parametrize(
    ("answers", "problems"),
    [
        ({"Ikä": "30+", "Sukupuoli": "Mies"}, {}),
        ({"Ikä": "30+", "Sukupuoli": None}, {}),
        ({"Ikä": None, "Sukupuoli": None}, {"Ikä": AnswerProblem.MISSING}),
        ({"Sukupuoli": "Mies"}, {"Ikä": AnswerProblem.MISSING}),
        ({"Ikä": "30+"}, {"Sukupuoli": AnswerProblem.MISSING}),
        ({"Ikä": "0–14", "Sukupuoli": "Mies"}, {"Ikä": AnswerProblem.UNKNOWN_VALUE}),
        ({"Ikä": ["30+"], "Sukupuoli": "Mies"}, {"Ikä": AnswerProblem.UNKNOWN_VALUE}),
        ({"Ikä": {"a": 1}, "Sukupuoli": 7}, dict.fromkeys(["Ikä", "Sukupuoli"], AnswerProblem.UNKNOWN_VALUE)),
        ({"Ikä": "30+", "Sukupuoli": "Mies", "Uskonto": "x"}, {"Uskonto": AnswerProblem.UNKNOWN_FEATURE}),
    ],
)
def test_an_application_holds_one_offered_value_for_each_feature_and_nothing_else(
    answers: dict[str, object], problems: dict[str, AnswerProblem]
) -> None:
    assert answer_problems(FEATURES, answers) == problems
