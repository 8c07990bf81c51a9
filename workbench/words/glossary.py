"""What the product's words mean, said in one place: for the glossary and for the small help beside a word."""

from __future__ import annotations

import re

GLOSSARY: dict[str, str] = {
    "Goal": "The one result that the team exists for.",
    "KPI": "A number about a rep's work that we believe comes before the goal.",
    "Target": "The amount that counts as reached.",
    "Weight": "How much a KPI counts in the score.",
    "Actual influence": "How much a KPI really decides the ranking.",
    "Link strength": "From −1 to 1, how alike two rankings are. 0 is unrelated, 0.7 and more very strong.",
    "Likely range": "Where the true value plausibly lies.",
    "Across reps": "Comparing people with each other.",
    "Within reps": "Comparing each person with their own usual.",
    "Box ticker": "Makes the score and misses the goal.",
    "Unsung seller": "Makes the goal and misses the score.",
    "Keep, watch, drop": "Useful as far as history shows, undecided, not useful so far. None proves a cause.",
    "Trial": "A change tried on some reps beside others.",
    "Phase": "A step of the call, such as Reached or Meeting set.",
    "Achievable level": "What the best of this team reach, luck taken out.",
}
"""Meaning by word, in the order in which a newcomer meets them."""


def explain(*asked: str) -> str:
    """Words of the glossary with their meaning, for the small help beside a heading or a field."""
    return "  \n".join(f"**{word}**: {GLOSSARY[word]}" for word in asked)


_FORMS: dict[str, str] = {
    "KPI": "KPIs?",
    "Link strength": "links?|linked|link strength",
    "Across reps": "(?:between|across) reps",
    "Keep, watch, drop": "keep|watch|drop|verdicts?",
}
"""How a word of the glossary may stand in a text, where a plural s is not all."""


def glossary_words_in(text: str) -> tuple[str, ...]:
    """The words of the glossary that stand in a text, in the order of the glossary.

    Examples
    --------
    >>> glossary_words_in("Did the team hit its KPIs and miss the goal?")
    ('Goal', 'KPI')
    """
    return tuple(
        word for word in GLOSSARY
        if re.search(rf"\b(?:{_FORMS.get(word, f'{re.escape(word)}s?')})\b", text, re.IGNORECASE)
    )  # fmt: skip
