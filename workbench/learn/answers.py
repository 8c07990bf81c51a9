"""Build the steps of a lesson and compute their answers; a step is built without saying which choice is right."""

from __future__ import annotations

from workbench.learn import link_answers, ranking_answers, step_answers, team_answers
from workbench.learn.found import FoundAnswer, Kind
from workbench.learn.lesson import LessonChoice, LessonPlan, LessonStep, StepAnswer, StepPlan
from workbench.learn.lesson_data import LessonData

KINDS: dict[str, Kind] = {
    "best seller": ranking_answers.best_seller,
    "place of top": ranking_answers.place_of_top,
    "first group": ranking_answers.first_group,
    "overlap": ranking_answers.overlap,
    "kpi alone": ranking_answers.kpi_alone,
    "who rises": ranking_answers.who_rises,
    "unjust reprimands": ranking_answers.most_unjust,
    "goal in months": team_answers.goal_in_months,
    "who left": team_answers.who_left,
    "how many fake": team_answers.how_many_fake,
    "goal with kpi": team_answers.goal_with_kpi,
    "goal inside": team_answers.agrees_by_construction,
    "closest group": link_answers.closest_group,
    "followed by goal": link_answers.followed_by_goal,
    "tells who": link_answers.tells_who,
    "works for": link_answers.works_for,
    "best style": link_answers.best_style,
    "muted styles": link_answers.muted_styles,
    "fairest kpi": link_answers.fairest_kpi,
    "who does most": link_answers.who_does_most,
    "widest step": step_answers.widest_step,
    "one best": step_answers.one_best,
    "why reached": step_answers.why_reached,
    "who teaches": step_answers.who_teaches,
}


def build_step(data: LessonData, plan: StepPlan) -> LessonStep:
    """A step as it is asked. Raises InputError where what the data make the choices from cannot be computed."""
    ask, texts, _ = _told(data, plan)
    if plan.keys:
        choices = tuple(LessonChoice(key=key, text=text) for key, text in zip(plan.keys, texts, strict=True))
    else:
        found = _find(data, plan)
        choices = tuple(LessonChoice(key=key, text=key, is_rep=found.reps) for key in found.options)
    return LessonStep(id=plan.id, ask=ask, choices=choices, page=plan.page, part=plan.part, before=plan.before)


def answer_step(data: LessonData, plan: StepPlan) -> StepAnswer:
    """The answer of a step, computed. Raises InputError where the data cannot be read."""
    found = _find(data, plan)
    naive = plan.naive or found.naive or found.key
    return StepAnswer(key=found.key, naive=naive, why=_told(data, plan)[2], kind=plan.kind, figures=found.figures,
                      reps=found.reps, after=plan.after)  # fmt: skip


def holds(data: LessonData, plan: LessonPlan) -> bool:
    """Whether every computed answer is among its choices and is the one that the truth file gives."""
    for step in plan.steps:
        keys = {choice.key: choice.text for choice in build_step(data, step).choices}
        key = _find(data, step).key
        if key not in keys or (step.truth is not None and keys[key] != data.truth.questions[step.truth].answer):
            return False
    return True


def _told(data: LessonData, plan: StepPlan) -> tuple[str, tuple[str, ...], str]:
    """Question, choices and reason of a step."""
    if plan.truth is None:
        return plan.ask, plan.choices, plan.why
    question = data.truth.questions[plan.truth]
    return question.ask, question.choices, question.because


def _find(data: LessonData, plan: StepPlan) -> FoundAnswer:
    return KINDS[plan.kind](data, plan)
