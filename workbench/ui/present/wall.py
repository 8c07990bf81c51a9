"""Draw a slide on the wall, and move on by keys or buttons."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from workbench.charts.wall import wall_scale
from workbench.data.model.panel import Panel
from workbench.slides.slide import Slide
from workbench.slides.story import Story, load_story
from workbench.ui.present.deck import page_slide, step_slide
from workbench.ui.present.stage import show_stage
from workbench.ui.session import presenting, state
from workbench.ui.session.navigation import PAGES
from workbench.ui.session.sharing_lines import limited_line, no_sign_in_line
from workbench.ui.widgets.picture import show_on_wall
from workbench.words import slides as words

STAGE = "present.stage"
TAKEN = 0.15  # of the window's height, by the frame of the slide (stage.css)
EDGE = 60  # pixels that the page keeps free above and below the picture
PAGE_DECK = tuple(PAGES)


@dataclass(frozen=True)
class Place:
    """Where the presentation stands: in a story or among the pages, at which slide."""

    story: Story | None
    told: bool
    at: int

    @classmethod
    def of_link(cls) -> Place:
        opened = state.current_entry()
        story = load_story(opened.id) if opened else None
        step, page = presenting.story_step(), presenting.presented()
        if story is not None and step is not None:
            return cls(story, True, min(step, len(story.steps) - 1))
        return cls(story, False, PAGE_DECK.index(page) if page in PAGE_DECK else -1)

    @property
    def n(self) -> int:
        return len(self.story.steps) if self.told and self.story else len(PAGE_DECK)

    def move(self, by: int) -> None:
        """Present the slide that many places on; the first and the last are the ends."""
        at = min(max(self.at + by, 0), self.n - 1)
        presenting.present_step(at) if self.told else presenting.present(PAGE_DECK[at])

    def switch(self) -> None:
        """From the pages to the story's first step, or from a step to the page that shows more of it."""
        if self.told and self.story:
            presenting.present(self.story.steps[self.at].page)
        elif self.story:
            presenting.present_step(0)


def show_wall() -> None:
    """Show what the link asks to present."""
    place, panel = Place.of_link(), state.current_panel()
    slide = Slide(words.NO_DATA) if panel is None else _slide(place, panel)
    step = place.story.steps[place.at] if place.told and place.story else None
    other = "" if place.story is None else words.TO_PAGES if place.told else words.TO_STORY
    where = words.slide_place(max(place.at, 0), place.n)
    shared = " ".join(filter(None, (no_sign_in_line(), limited_line())))
    width, height = show_stage(slide.sentence, where, step.notes if step else "", other, shared, _move, STAGE)
    if slide.chart is not None:
        free = round(height * (1 - TAKEN)) - EDGE
        show_on_wall(slide.chart, slide.alt, free, slide.n_rows, wall_scale(width, height))


def _slide(place: Place, panel: Panel) -> Slide:
    names = state.display_names(panel)
    if place.told and place.story:
        return step_slide(place.story.steps[place.at], panel, names)
    return page_slide(presenting.presented(), panel, state.current_design(), names)


def _move() -> None:
    """Callback of the frame: to the next slide, back, to the other deck, or out."""
    to, place = st.session_state[STAGE]["move"], Place.of_link()
    if to == "close":
        presenting.stop_presenting()
    elif to == "other":
        place.switch()
    else:
        place.move(1 if to == "next" else -1)
