"""Build the steps of a lesson and compute their answers; a step is built without saying which choice is right."""

from __future__ import annotations

from workbench.learn import link_answers, played_answers, ranking_answers, step_answers, team_answers
from workbench.learn.found import FoundAnswer, Kind
from workbench.learn.lesson import LessonChoice, LessonPlan, LessonStep, StepAnswer, StepPlan
from workbench.learn.lesson_data import LessonData
from workbench.learn.looks import look_at
from workbench.learn.plays import PlayMark, mark_prediction

KINDS: dict[str, Kind] = {
    "best seller": ranking_answers.best_seller,
    "place of top": ranking_answers.place_of_top,
    "first group": ranking_answers.first_group,
    "who is praised": ranking_answers.who_is_praised,
    "overlap": ranking_answers.overlap,
    "kpi alone": ranking_answers.kpi_alone,
    "who rises": ranking_answers.who_rises,
    "unjust reprimands": ranking_answers.most_unjust,
    "goal in months": team_answers.goal_in_months,
    "who left": team_answers.who_left,
    "how many fake": team_answers.how_many_fake,
    "goal with kpi": team_answers.goal_with_kpi,
    "share of": team_answers.share_of_measure,
    "did it help": team_answers.did_it_help,
    "when to stop": team_answers.when_to_stop,
    "goal inside": team_answers.agrees_by_construction,
    "goal span": team_answers.goal_span,
    "score link": link_answers.score_link,
    "closest group": link_answers.closest_group,
    "followed by goal": link_answers.followed_by_goal,
    "tells who": link_answers.tells_who,
    "says something": link_answers.says_something,
    "works for": link_answers.works_for,
    "best style": link_answers.best_style,
    "muted styles": link_answers.muted_styles,
    "fairest kpi": link_answers.fairest_kpi,
    "who does most": link_answers.who_does_most,
    "widest step": step_answers.widest_step,
    "one best": step_answers.one_best,
    "why reached": step_answers.why_reached,
    "who teaches": step_answers.who_teaches,
    "pick sellers": played_answers.pick_sellers,
    "pick reprimanded": played_answers.pick_reprimanded,
    "pick fakers": played_answers.pick_fakers,
    "goal by kpi": played_answers.goal_by_kpi,
    "reach by hour": played_answers.reach_by_hour,
    "weigh kpis": played_answers.weigh_kpis,
}
CLEAR: dict[str, float] = {
    "best seller": 0.03,
    "place of top": 0.02,
    "first group": 0.02,
    "who is praised": 0.006,
    "overlap": 1,
    "kpi alone": 1,
    "who rises": 1,
    "unjust reprimands": 2,
    "goal in months": 0.015,
    "who left": 0.02,
    "how many fake": 1,
    "goal with kpi": 0.05,
    "share of": 0.02,
    "closest group": 0.05,
    "followed by goal": 0.1,
    "tells who": 0.03,
    "works for": 0.03,
    "best style": 0.02,
    "muted styles": 2,
    "fairest kpi": 0.2,
    "who does most": 0.01,
    "widest step": 0.2,
    "one best": 0.135,
    "why reached": 0.2,
    "who teaches": 0.05,
}
"""The margin from which an answer is clear. Shares of the amount that decides; reps, places, reprimands and points in
themselves; link strengths as they are. Not among them: what a design says by itself."""


def build_step(data: LessonData, plan: StepPlan) -> LessonStep:
    """A step as it is asked. Raises InputError where what the data make the choices from cannot be computed."""
    ask, texts, _ = _told(data, plan)
    found = None if plan.keys and plan.play == "choice" else compute_answer(data, plan)
    if found is None or plan.keys:
        choices = tuple(LessonChoice(key=key, text=text) for key, text in zip(plan.keys, texts, strict=True))
    else:
        choices = tuple(LessonChoice(key=key, text=key, is_rep=found.reps) for key in found.options)
    return LessonStep(id=plan.id, ask=ask, choices=choices, page=plan.page, part=plan.part, before=plan.before,
                      look=look_at(data, plan), play=plan.play, task=found.task if found else None)  # fmt: skip


def answer_step(data: LessonData, plan: StepPlan) -> StepAnswer:
    """The answer of a step, computed. Raises InputError where the data cannot be read."""
    found = compute_answer(data, plan)
    naive = plan.naive or found.naive or found.key
    return StepAnswer(key=found.key, naive=naive, why=_told(data, plan)[2], kind=plan.kind, figures=found.figures,
                      reps=found.reps, after=plan.after)  # fmt: skip


def mark_step(data: LessonData, plan: StepPlan, said: str) -> PlayMark:
    """How well a prediction did. Raises InputError where the data cannot be read."""
    return mark_prediction(data, plan, compute_answer(data, plan), said)


def holds(data: LessonData, plan: LessonPlan) -> bool:
    """Whether every computed answer is clear, among its choices, and the one that the truth file gives.

    What is told besides holds too, and whoever promotes the highest score is wrong. In what is played, the answer
    counts as right, and what somebody does who trusts the score does not.
    """
    return all(_is_told(data, step) for step in (*plan.told, *plan.steps))


def _is_told(data: LessonData, step: StepPlan) -> bool:
    found = compute_answer(data, step)
    if step.play != "choice":
        right, naive = (mark_prediction(data, step, found, said or "").right for said in (found.key, found.naive))
        return right and not naive
    keys = {choice.key: choice.text for choice in build_step(data, step).choices}
    if found.key not in keys or found.margin < CLEAR.get(step.kind, 0):
        return False
    planted = data.truth.questions[step.truth].answer if step.truth is not None else keys[found.key]
    return keys[found.key] == planted and not (step.kind == "best seller" and found.naive == found.key)


def _told(data: LessonData, plan: StepPlan) -> tuple[str, tuple[str, ...], str]:
    """Question, choices and reason of a step."""
    if plan.truth is None:
        return plan.ask, plan.choices, plan.why
    question = data.truth.questions[plan.truth]
    return question.ask, question.choices, question.because


def compute_answer(data: LessonData, plan: StepPlan) -> FoundAnswer:
    """What a step's kind finds in the data. Raises InputError where they cannot be read."""
    return KINDS[plan.kind](data, plan)
