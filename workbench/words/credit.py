"""The question who gets the credit where several people work on one case."""

from __future__ import annotations

from workbench.data.mapping.credit_choices import SharedCases
from workbench.data.model.dataset import CreditTo
from workbench.words.numbers import percent

TITLE = "Who gets the credit?"
OWN = "Whoever booked the row"
ORDER: dict[CreditTo, str] = {"last": "The last one", "first": "The first one", "each": "All, in equal parts"}


def credit_summary(step: str | None, measures: tuple[str, ...], case: str) -> str:
    """What is settled: ``Whoever did “Offer created” of the same case_id.``"""
    if not measures:
        return f"{OWN}."
    return f"Whoever did {f'“{step}”' if step else 'another row'} of the same {case}."


def cases_sentence(cases: SharedCases) -> str:
    """``Several people work on 71% of the cases by “case_id”.``"""
    return f"Several people work on {percent(cases.share)} of the cases by “{cases.column}”."
