"""Every sentence that a story tells is computed from its files, and so is the answer to each of its questions."""

from __future__ import annotations

import pytest

from tests.samples import claims_conversation, claims_dials_floor, claims_many_ways, claims_quotes_desk, raw
from tests.samples.story_files import StoryFiles, claims_of, told

CLAIMS = {
    "dials-floor": claims_dials_floor.CLAIMS,
    "quotes-desk": claims_quotes_desk.CLAIMS,
    "many-ways-to-sell": claims_many_ways.CLAIMS,
    "the-conversation": claims_conversation.CLAIMS,
}
ANSWERS = {
    "dials-floor": claims_dials_floor.ANSWERS,
    "quotes-desk": claims_quotes_desk.ANSWERS,
    "many-ways-to-sell": claims_many_ways.ANSWERS,
    "the-conversation": claims_conversation.ANSWERS,
}
FILES = {slug: StoryFiles(raw.FOLDER / slug, slug) for slug in raw.SLUGS}
SENTENCES = [(slug, sentence) for slug in raw.SLUGS for sentence in told(raw.truth(slug))]
QUESTIONS = [(slug, place) for slug in raw.SLUGS for place in range(len(raw.truth(slug)["questions"]))]


@pytest.mark.parametrize(("slug", "sentence"), SENTENCES, ids=lambda text: text[:40])
def test_what_is_told_is_true_of_the_files(slug: str, sentence: str) -> None:
    checks = claims_of(sentence, CLAIMS[slug])
    assert len(checks) == 1, "each sentence has one check in claims_*.py"
    assert bool(checks[0](FILES[slug])) is True


@pytest.mark.parametrize(("slug", "place"), QUESTIONS)
def test_the_answer_follows_from_the_files(slug: str, place: int) -> None:
    question = raw.truth(slug)["questions"][place]
    answers = [answer for start, answer in ANSWERS[slug].items() if question["ask"].startswith(start)]
    assert len(answers) == 1, "each question has one answer in claims_*.py"
    assert question["answer"] in question["choices"]
    assert answers[0](FILES[slug]) == question["answer"]


@pytest.mark.parametrize("slug", raw.SLUGS)
def test_no_check_is_of_a_sentence_that_is_told_no_more(slug: str) -> None:
    said = told(raw.truth(slug))
    assert [words for words in CLAIMS[slug] if not any(words in sentence for sentence in said)] == []
