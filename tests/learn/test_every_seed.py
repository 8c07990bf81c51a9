"""Whatever the dice: one clear answer to every question, everything told is true, and trusting the score loses.

Over seeds 1 to 50 see ``ARCHITECTURE.md``.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.effort import cases
from tests.learn.lessons import SLUGS
from tests.samples import claims_conversation, claims_dials_floor, claims_many_ways, claims_quotes_desk, raw
from tests.samples.claims_quotes_desk import busiest
from tests.samples.story_files import StoryFiles, claims_of, told
from tests.samples.test_every_sentence import ANSWERS, CLAIMS
from workbench.data.library.safe_names import SPEC_ENDING
from workbench.data.model.dataset import load_dataset
from workbench.learn.answers import CLEAR, answer_step, build_step, compute_answer, mark_step
from workbench.learn.lesson import LessonPlan, StepPlan
from workbench.learn.lesson_data import LessonData
from workbench.learn.other_dice import tell_thrown, write_thrown
from workbench.learn.predictions import COIN, Prediction, judge_predictions

SEEDS = cases(("7", "20"), tuple(str(seed) for seed in range(1, 51) if seed not in (7, 20)))
PLAYED = [(slug, seed) for seed in SEEDS for slug in SLUGS]


@dataclass(frozen=True)
class Played:
    """A story under a seed: as the lesson reads it, and as plain pandas does."""

    data: LessonData
    plan: LessonPlan
    files: StoryFiles


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seeds")


@pytest.fixture(scope="module", params=PLAYED, ids="-".join)
def story(scratch: Path, request: pytest.FixtureRequest) -> Iterator[Played]:
    """One story under one seed; pytest runs all tests of it before the next, so that one at a time is in memory."""
    slug, seed = request.param
    folder = scratch / f"{slug}-{seed}"
    yield Played(*tell_thrown(folder, slug, seed), StoryFiles(folder, slug))
    if seed not in SEEDS[:2]:
        shutil.rmtree(folder)


def careful_choice(story: Played, step: StepPlan) -> str:
    """What somebody chooses who counts in the files with plain pandas; in what is played, what the page computes."""
    if step.play != "choice":
        return answer_step(story.data, step).key
    asked = build_step(story.data, step)
    if step.truth is not None:
        question = story.data.truth.questions[step.truth]
        start = next(start for start in ANSWERS[story.files.slug] if question.ask.startswith(start))
        text = ANSWERS[story.files.slug][start](story.files)
        return next(choice.key for choice in asked.choices if choice.text == text)
    if step.kind == "best seller":
        amounts = goal_by_rep(story.files, step)
        return max((choice.key for choice in asked.choices), key=amounts.__getitem__)
    return COUNTED[step.kind](story.files, step)


def share_told(files: StoryFiles, step: StepPlan) -> str:
    """Of 100 quotes of the six who made most, how many somebody asked for."""
    quotes = files.read("quotes.csv", "quoted_on")
    share = 100 * float((quotes[quotes["rep"].isin(busiest(files))]["enquiry"] != "none").mean())
    low, high = step.limits
    return "few" if share < low else "many" if share > high else "some"


def month_to_stop(files: StoryFiles, step: StepPlan) -> str:
    """The first month at whose end a link that was proven has fallen far and is too weak to matter; or none."""
    dials, orders = files.read("calls.csv.gz", "started"), files.read("orders.csv", "ordered_on")
    frame = pd.DataFrame({"dials": dials.groupby(["rep", "month"]).size(),
                          "sales": orders.groupby(["rep", "month"])["amount"].sum()}).fillna(0.0)  # fmt: skip
    own = frame - frame.groupby("rep").transform("mean")
    months = own.groupby("month")
    links = np.arctanh([month["dials"].corr(month["sales"]) for _, month in months])
    for end in range(9, len(links) + 1):
        before, since = links[: end - 6], links[end - 6 : end]
        spread = max(
            np.std([*(before - before.mean()), *(since - since.mean())], ddof=2), files.roster.shape[0] ** -0.5
        )
        shown = before.mean() >= 2.5 * spread / np.sqrt(len(before))
        far = before.mean() - since.mean() >= 3.4 * spread * np.sqrt(1 / len(before) + 1 / 6)
        if shown and far and since.mean() < np.arctanh(0.2):
            return str(list(months.groups)[end - 1])
    return "none"


def could_help(files: StoryFiles, step: StepPlan) -> str:
    """Nobody can tell where everybody changed: there is nobody to compare with."""
    card = json.loads((files.folder / f"{files.slug}.trial.json").read_text(encoding="utf-8"))
    alone = card["treated"] == "everybody" and claims_dials_floor.nobody_was_left_as_before(files)
    return "unknown" if alone else "yes"


def goal_in(files: StoryFiles, step: StepPlan) -> str:
    share = claims_dials_floor.team(files).loc[step.first : step.last, "sales"] / claims_dials_floor.GOAL
    return "above" if (share > 1).all() else "below" if (share < 1).all() else "on"


def target_made_too(files: StoryFiles, step: StepPlan) -> str:
    kpis = {kpi["name"]: kpi["target"] for kpi in files.design["kpis"]}
    frame = claims_quotes_desk.means(files)
    share = (frame[frame["sales"] >= files.design["goal"]["target"]]["quotes"] >= kpis["Quotes"]).mean()
    return "few" if share < 1 / 3 else "most" if share > 2 / 3 else "half"


def points_taken(files: StoryFiles, step: StepPlan) -> str:
    """From those who hardly call, beside callers with the same sales: one line for all ways of selling."""
    style = pd.Series({rep["rep"]: rep["style"] for rep in files.truth["reps"]})
    columns = pd.get_dummies(style).astype(float).assign(sales=claims_many_ways.means(files)["sales"])
    score = claims_many_ways.points(files)["score"].reindex(columns.index)
    found = dict(zip(columns, np.linalg.lstsq(columns.to_numpy(), score.to_numpy())[0], strict=True))
    taken = [found["call"] - found[each] for each in ("e-mail", "social", "campaign")]
    return "few" if max(taken) < 10 else "many" if min(taken) > 30 else "some"


def as_claimed(words: str, *keys: str) -> Callable[[StoryFiles, StepPlan], str]:
    """The first key where a sentence is true of the files, else the second."""
    return lambda files, _: keys[0] if CLAIMS[files.slug][words](files) else keys[1]


COUNTED: dict[str, Callable[[StoryFiles, StepPlan], str]] = {
    "share of": share_told,
    "did it help": could_help,
    "when to stop": month_to_stop,
    "goal in months": goal_in,
    "goal with kpi": target_made_too,
    "muted styles": points_taken,
    "who teaches": lambda files, step: claims_conversation.best(files)[step.kpi or ""],
    "who is praised": as_claimed("They won", "fakers", "others"),
    "score link": as_claimed("What is left", "yes", "no"),
    "goal span": as_claimed("Some hold four", "yes", "no"),
    "says something": as_claimed("Dials show", "no", "yes"),
}
"""What a kind of question finds, by plain pandas: every kind that is asked with choices is here, or has a truth."""


def goal_by_rep(files: StoryFiles, step: StepPlan) -> dict[str, float]:
    """Of each rep: sales, or meetings held, a period of the step's months in which they were there."""
    if files.slug == "the-conversation":
        meetings = files.read("meetings.csv", "planned_for")
        return meetings[meetings["held"] == "yes"].groupby("rep").size().to_dict()
    orders = files.read("orders.csv", "ordered_on")
    first, last = step.first or str(orders["month"].min()), step.last or str(orders["month"].max())
    inside = orders[(orders["month"] >= first) & (orders["month"] <= last)]
    there = files.employed(f"{first}-01", str(inside["ordered_on"].max().date())).groupby("rep").size()
    return (inside.groupby("rep")["amount"].sum() / there).to_dict()


def test_every_question_has_one_clear_answer_that_plain_pandas_gives_too(story: Played) -> None:
    for step in (*story.plan.told, *story.plan.steps):
        found, asked = compute_answer(story.data, step), build_step(story.data, step)
        if step.play != "choice":
            assert mark_step(story.data, step, found.key).right is True, step.id
            assert mark_step(story.data, step, found.naive or "").right is False, step.id
            continue
        assert [choice.key for choice in asked.choices].count(found.key) == 1, step.id
        assert found.margin >= CLEAR.get(step.kind, 0), (step.id, found)
        assert careful_choice(story, step) == found.key, step.id


def test_everything_told_is_true_of_the_files(story: Played) -> None:
    files = story.files
    for sentence in told(files.truth):
        checks = claims_of(sentence, CLAIMS[files.slug])
        assert len(checks) == 1, sentence
        assert bool(checks[0](files)) is True, sentence


def test_who_trusts_the_score_loses_to_who_counts(story: Played) -> None:
    naive, careful = [], []
    for step in story.plan.steps:
        found = answer_step(story.data, step)
        for said, choice in ((naive, found.naive), (careful, careful_choice(story, step))):
            right = mark_step(story.data, step, choice).right
            said.append(Prediction(story=story.files.slug, step=step.id, choice=choice, sure=80, right=right))
    trusting, counting = judge_predictions(naive), judge_predictions(careful)
    assert counting.n_right == counting.n == len(story.plan.steps)
    assert trusting.n_right <= 2
    assert trusting.brier is not None
    assert counting.brier is not None
    assert counting.brier < COIN < trusting.brier
    promoted = [answer_step(story.data, step) for step in story.plan.steps if step.kind == "best seller"]
    assert [each for each in promoted if each.naive == each.key] == []


def written(scratch: Path, slug: str, seed: str) -> StoryFiles:
    """The files of a story under a seed, written again where no test before this one has."""
    folder = scratch / f"{slug}-{seed}"
    if not folder.is_dir():
        write_thrown(folder, slug, seed)
    return StoryFiles(folder, slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_other_people_play_in_other_months(scratch: Path, slug: str) -> None:
    """New names everywhere, and no month of the sample is told as it was; two seeds differ in both."""
    one, other = (written(scratch, slug, seed) for seed in SEEDS[:2])
    before = raw.truth(slug)
    of_before = {rep["rep"] for rep in before["reps"]}
    for files in (one, other):
        assert files.truth["months_on"] != 0
        assert set(files.roster.index) == {rep["rep"] for rep in files.truth["reps"]}
        assert not of_before & set(files.roster.index)
        assert not [name for name in of_before if any(name in sentence for sentence in told(files.truth))]
        assert load_dataset(files.folder / f"{slug}{SPEC_ENDING}").note == files.truth["opening"]
        months = {text: re.findall(r"[A-Z][a-z]+ 20\d\d", text) for text in (before["opening"], files.truth["opening"])}
        assert len({tuple(found) for found in months.values() if found}) == 2
    fakers = [sorted(rep["rep"] for rep in files.truth["reps"] if rep["fakes"]) for files in (one, other)]
    assert fakers[0] != fakers[1] or not fakers[0]
