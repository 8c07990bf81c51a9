"""Words of the page Learn: around each question, and how sure one was."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.learn.lesson import LessonChoice, StepAnswer
from workbench.learn.predictions import COIN, Sureness
from workbench.words.kpis import title_with_unit
from workbench.words.numbers import percent, pluralize
from workbench.words.panels import period_name

QUESTION = "Would you have seen it coming?"
TABS = ("The story", "How sure you were", "Glossary")
PROMISE = (
    "Each story hides something in its data. Look at a picture, predict, say how sure you are, and see. "
    "Wrong answers teach more than right ones."
)
CHOOSE, NO_LESSON = "Choose a story", "This data set has no story"
NO_LESSON_WALL = "This data set has no story. Press Esc and choose one on Learn."
NO_LESSON_HELP = "Stories need data in which somebody planted the truth. These have one:"
BEGIN, GO_ON, AGAIN = "Begin", "Continue", "Read again"
PREDICTION = "Your prediction"
SURE = "How sure are you?"
FEWEST_PREDICTIONS = 10
"""With fewer, nothing is said of how well they fit."""
SURE_HELP = "50% is a coin toss. 100% is certain."
COMMIT, NEXT, BACK, END, OVER = "Commit", "Next question", "Back", "How the story ends", "Start over"
OTHER_DICE, THROW, DICE_NUMBER = "Other dice", "Throw the dice", "Number"
OTHER_DICE_HELP = (
    "The same story with other people, months and figures, so that nobody can hand the answers on. "
    "Everybody with the same number plays the same one."
)
NO_DICE_NUMBER = "Type a number of one to six digits, without a leading zero."
NO_THROW = "These dice hide the story. Try another number."
NO_SPACE = "These dice cannot be stored: make room in the workspace."
THROWING = "Throwing the dice. The first time takes up to a minute …"
OTHER_STORIES = "All stories"
ON_PAGES, ON_ONE_PAGE = "Play on the pages", "Play on one page"
ON_PAGES_HELP = "The questions stand on top of the pages where it happens, and the pages answer."
LEAVE, TO_QUESTION, FIGURES_SEEN = "Leave the story", "Go to the question", "The figures"
COVERED = "{page} is covered until you commit, so that nothing gives the answer away."
STILL_COVERED = "{page} answers question {n} too, and stays covered until then."
ALL_COVERED = "{page} is covered until the question is answered, so that nothing gives the answer away."
FIGURES_COVERED = "The figures of this data set are covered here until the question is answered."
ELSEWHERE = "You answered this question in another tab. The answer given there counts."
IN_STORY = "{name}, in the story"
FOR_QUESTION, BACK_FROM_STORY = "weights of the question", "design as before the story"
RIGHT = "Right."
OPENING = "How the story begins"
REVEAL = "How the story ends"
ASK_AGAIN = "Started over. What you predicted the first time still counts."
NOTHING_YET = "Nothing predicted yet."
NOTHING_YET_HELP = "Commit to a first prediction in a story. Then see here whether you were as sure as you were right."
NOT_SAVED = "Your prediction could not be saved. Check the folder of the workspace, then commit again."
BRIER_METHOD = (
    "**Brier score** (Brier 1950): the mean of (how sure − what happened)², where right counts 1 and wrong 0. "
    "0 is best. Guessing among the answers and always saying 50% gives 0.25. "
    "Only the first prediction of each question counts."
)
FIGURES: dict[str, str] = {
    "best seller": "{goal} per {grain}",
    "place of top": "{goal} per {grain} of those on top",
    "first group": "of the first places",
    "who is praised": "of the first places",
    "overlap": "{goal} per {grain} of those on top",
    "kpi alone": "best sellers on top under this KPI alone",
    "who rises": "places gained, average",
    "unjust reprimands": "{grain}s reprimanded despite making the goal",
    "goal in months": "{goal} in percent of the target",
    "who left": "{goal} per {grain} of those who left",
    "how many fake": "reps",
    "goal with kpi": "reps who made the goal",
    "share of": "how many of 100",
    "did it help": "{goal} per {grain} of a rep, average",
    "when to stop": "link strength with {goal} in the six months up to then",
    "goal inside": "percent of the weight",
    "goal span": "{goal} per {grain}",
    "score link": "link strength with {goal}",
    "closest group": "link strength with {goal}",
    "followed by goal": "link between more than usual and next {grain}'s {goal}",
    "tells who": "link strength with {goal}",
    "says something": "link strength with {goal}",
    "works for": "link between more than usual and next {grain}'s {goal}",
    "best style": "{goal} per {grain} of a rep",
    "muted styles": "points lost at equal {goal}",
    "fairest kpi": "differences between styles in percent",
    "who does most": "per workday",
    "widest step": "differences between reps in percent",
    "one best": "steps at which this rep is best",
    "why reached": "percent of calls that reach somebody, by hour",
    "who teaches": "percent who get through this step",
    "pick sellers": "{goal} per {grain}",
    "pick reprimanded": "{grain}s reprimanded despite making the goal",
    "pick fakers": "{goal} per {grain}",
    "goal by kpi": "{goal} per {grain} of a rep, average",
    "reach by hour": "of 100 calls reach somebody",
    "weigh kpis": "best on top under this KPI alone",
}
"""What the bars behind an answer count, by its kind."""
AMOUNT_OF_GOAL = "{goal} per"
"""How the figures begin that run in the goal's unit."""
UNITS = {"reach by hour": "of 100 calls"}
"""Units of lines that do not run in the goal's."""
_NAMES = {
    "faked": "faked", "did not": "did not", "fakers": "reps who faked", "honest": "honest sellers",
    "faker": "reps who faked", "phantom_quoter": "the six with most quotes", "others": "the rest",
}  # fmt: skip


def lesson_lead(title: str, n: int) -> str:
    """A story on the wall: what a room does with it."""
    return f"{title}: {n} questions. Predict first, then see."


def step_place(at: int, n: int) -> str:
    """``Question 3 of 8``; ``at`` is 0 for the first."""
    return f"Question {at + 1} of {n}"


def strip_place(title: str, at: int, n: int) -> str:
    """``The dials floor · step 3 of 8``; past the last step the story is over."""
    return f"{title} · step {at + 1} of {n}" if at < n else f"{title} · all {n} questions answered"


def waits_on(at: int, page_name: str) -> str:
    """Where the question at hand is asked; ``at`` is 0 for the first."""
    return f"Question {at + 1} is waiting on {page_name}."


def answered_words(n: int, of: int) -> str:
    """How far one is in a story."""
    if n == 0:
        return f"{of} questions, about fifteen minutes"
    return "All questions answered" if n == of else f"{n} of {of} questions answered"


def choice_words(choice: LessonChoice, names: Mapping[str, str]) -> str:
    """A choice as it is shown."""
    return names.get(choice.key, choice.text) if choice.is_rep else choice.text


def sure_words(sure: int) -> str:
    """``80%``, with what the ends mean."""
    return {50: "50% a coin toss", 100: "100% certain"}.get(sure, f"{sure}%")


def outcome_sentence(answer: str, right: bool, sure: int) -> str:
    """Whether a prediction was right, what the answer is, and how sure one was."""
    said = f"You were {sure}% sure."
    return f"Right: {answer}. {said}" if right else f"Not this time. The answer is: {answer}. {said}"


def figures_title(kind: str, goal: str, unit: str, grain: Grain) -> str:
    """What the figures behind an answer count; ``unit``: of the goal."""
    said = FIGURES[kind]
    return title_with_unit(said.format(goal=goal, grain=grain), unit if said.startswith(AMOUNT_OF_GOAL) else None)


def figure_name(name: str, answer: StepAnswer, names: Mapping[str, str]) -> str:
    """The name of a bar, as it is shown."""
    return bar_name(name, answer.reps, names)


def bar_name(name: str, reps: bool, names: Mapping[str, str]) -> str:
    """The name of a bar, as it is shown; ``reps``: some are those of reps."""
    return names[name] if reps and name in names else _NAMES.get(name, name)


def months_words(first: str | None, last: str | None) -> str:
    """``July 2024 to December 2024`` of months such as ``2024-07``; empty without both."""
    if not first or not last:
        return ""
    return " to ".join(period_name(pd.Timestamp(f"{month}-01"), "month") for month in (first, last))


def see_on(page_name: str, months: str = "") -> str:
    """The link to the page that shows the answer, with the months to choose there where it is about some."""
    return f"See it on {page_name}, {months}" if months else f"See it on {page_name}"


def right_words(n_right: int, n: int) -> str:
    """``5 of 8 right``."""
    return f"{n_right} of {n} right"


def sureness_sentence(found: Sureness) -> str:
    """Whether one was as sure as one was right; needs a prediction."""
    sure = float((found.table["sure"] * found.table["n"]).sum() / found.n) / 100
    right = found.n_right / found.n
    said = f"You were {percent(sure)} sure on average and right {percent(right)} of the time."
    if found.n < FEWEST_PREDICTIONS:
        return f"{said} Too early to say more: {pluralize(found.n, 'prediction')} so far."
    if sure - right > 0.1:
        return f"{said} You are more confident than you are right."
    return f"{said} You may trust yourself more." if right - sure > 0.1 else f"{said} The two fit well."


def times_sentence(sure: int, n_right: int, n: int) -> str:
    """``When you were 80% sure, you were right 5 times of 10.``"""
    times = "1 time" if n_right == 1 else f"{n_right} times"
    return f"When you were {sure}% sure, you were right {times} of {n}."


def brier_sentence(brier: float) -> str:
    """What a Brier score means, beside that of guessing among the answers.

    However many answers there are, and however often a guess is right, saying 50% each time scores ``COIN``.
    """
    if brier < COIN / 2:
        return "Your predictions are much better than guessing and always saying 50%."
    if brier < COIN - 0.02:
        return "Your predictions are better than guessing and always saying 50%."
    if brier <= COIN + 0.02:
        return "Guessing and always saying 50% would have done as well."
    return "Guessing and always saying 50% would have done better: you were sure and wrong too often."


def brier_small_print(found: Sureness) -> str:
    """The figures behind ``brier_sentence``."""
    return f"Brier score {found.brier:.2f}, always 50% {COIN:.2f}, lower is better; {pluralize(found.n, 'prediction')}."
