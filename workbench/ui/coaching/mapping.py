"""Say which phase each outcome proves, within what rates are compared, and to what the last phase leads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.dataset import ADDITIVE, Source, parse_json
from workbench.data.model.panel import Panel
from workbench.errors import InputError
from workbench.phases import phase_edits
from workbench.phases.first_phases import guess_phase_file, usual_strata
from workbench.phases.outcome_counts import HOUR, OutcomeCounts
from workbench.phases.phase_file import PhaseFile, check_phases, parse_phases, phase_numbers, phases_json
from workbench.phases.phase_library import ENDING
from workbench.phases.phase_presets import PHASE_PRESETS
from workbench.ui.coaching.phase_draft import PhaseDraft, change_phases, undo_phases
from workbench.ui.coaching.seen import log_of
from workbench.ui.session import state
from workbench.ui.session.cached_phases import cached_outcome_rows
from workbench.ui.session.noted_download import noted
from workbench.ui.widgets.bound import bound_multiselect, bound_selectbox, bound_text_area
from workbench.ui.widgets.parts import show_issues
from workbench.words import coaching as words
from workbench.words.markdown import plain
from workbench.words.numbers import percent

FEW = 20
_KEY, _ALL, _BAD_FILE = "coaching.outcome", "coaching.all_outcomes", "coaching.bad_file"


def show_mapping(
    entry: DataSetEntry, panel: Panel, logs: tuple[Source, ...], draft: PhaseDraft, counted: OutcomeCounts
) -> None:
    """The phases in their order, and a row of buttons per outcome."""
    file = draft.file
    source = log_of(logs, file)
    _show_tools(entry, draft, counted, source)
    left, right = st.columns([1, 5], gap="medium")
    with left:
        _show_phases(entry, panel, logs, file)
    with right:
        _show_outcomes(entry, panel, file, source, counted)


def _show_tools(entry: DataSetEntry, draft: PhaseDraft, counted: OutcomeCounts, source: Source) -> None:
    file = draft.file
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for preset in PHASE_PRESETS:
            st.button(
                preset.name, key=f"coaching.preset.{preset.name}", icon=":material/start:", on_click=change_phases,
                args=(entry, _always(guess_phase_file(counted.outcomes, source, preset, unproved=True))),
                help="Start again with these phases: " + " → ".join(preset.phases),
            )  # fmt: skip
        st.button("Undo", icon=":material/undo:", key="coaching.undo", on_click=undo_phases, args=(entry,),
                  disabled=len(draft.steps) < 2)  # fmt: skip
        content, name = json.dumps(phases_json(file), ensure_ascii=False, indent=1), f"{entry.id}{ENDING}"
        st.download_button("Download", noted(content, name), name, "application/json",
                           icon=":material/download:", on_click="ignore", key="coaching.download")  # fmt: skip
        with st.popover("Open a phase file", icon=":material/upload_file:"):
            st.file_uploader("Phase file", type="json", key="coaching.upload", on_change=_open_file, args=(entry,))
    show_issues(st.session_state.pop(_BAD_FILE, ()))


def _open_file(entry: DataSetEntry) -> None:
    """Callback: the uploaded phase file becomes the one at hand, unless something is wrong with it."""
    given = st.session_state["coaching.upload"]
    if given is None:
        return
    try:
        file = parse_phases(parse_json(given.getvalue(), given.name), given.name)
        found = check_phases(file, entry.load(), given.name)
        if bad := [issue for issue in found if issue.level == "error"]:
            raise InputError(bad)
    except InputError as error:
        st.session_state[_BAD_FILE] = error.issues
        return
    change_phases(entry, _always(file))


def _always(file: PhaseFile) -> Callable[[PhaseFile], PhaseFile]:
    """The change that puts a file in place of any other."""
    return lambda _: file


def _show_phases(entry: DataSetEntry, panel: Panel, logs: tuple[Source, ...], file: PhaseFile) -> None:
    def change(**fields: object) -> None:
        change_phases(entry, lambda now: now.model_copy(update=fields))

    if len(logs) > 1:
        bound_selectbox(
            "Log", [log.name for log in logs], file.source, lambda name: _change_log(entry, logs, name),
            "coaching.log", clearable=False,
        )  # fmt: skip
    bound_text_area(
        "Phases, one per line", "\n".join(file.phases),
        lambda text: change_phases(entry, lambda now: phase_edits.with_phases(now, text.splitlines())),
        "coaching.phases",
        height=26 * (len(file.phases) + 2),
        help="Rename, add, remove or reorder the lines. A phase that is typed twice counts once.",
    )  # fmt: skip
    source = log_of(logs, file)
    choices = tuple(dict.fromkeys((*usual_strata(source), *_attributes(entry), HOUR, *file.strata)))
    bound_multiselect(
        "Compare within the same", choices, file.strata, lambda chosen: change(strata=tuple(chosen)),
        "coaching.strata", help=words.STRATA_HELP,
    )  # fmt: skip
    sums = [info for info in panel.measures if info.aggregate in ADDITIVE]
    labels = {info.name: info.label or info.name for info in sums}
    bound_selectbox(
        "The last phase leads to", list(labels), file.value, lambda name: change(value=name), "coaching.value",
        labels.__getitem__, placeholder="Nothing chosen", help=words.VALUE_HELP,
    )  # fmt: skip


def _attributes(entry: DataSetEntry) -> tuple[str, ...]:
    roster = entry.load().roster
    return roster.attributes if roster else ()


def _change_log(entry: DataSetEntry, logs: tuple[Source, ...], name: str) -> None:
    source = next(log for log in logs if log.name == name)
    change_phases(entry, lambda now: now.model_copy(update={"source": name, "strata": usual_strata(source)}))


def _show_outcomes(entry: DataSetEntry, panel: Panel, file: PhaseFile, source: Source, counted: OutcomeCounts) -> None:
    st.markdown("**Which phase does each outcome prove?**", help=words.OUTCOMES_HELP)
    numbers, total = phase_numbers(file), max(counted.n_rows, 1)
    every = counted.outcomes
    shown = every if st.session_state.get(_ALL) else every.head(FEW)
    with st.container(gap="xsmall"):
        for place, row in enumerate(shown.itertuples()):
            text, buttons, rows = st.columns([4, 15, 2], vertical_alignment="center", gap="small")
            size = f":small[{int(row.n):,} · {percent(row.n / total)}]"
            text.markdown(f"{plain(row.written or words.BLANK)}  \n{size}{_open_mark(numbers, str(row.code))}")
            with buttons:
                _show_choice(entry, file, str(row.code), str(row.written), numbers.get(str(row.code)), place)
            if rows.button("Rows", key=f"coaching.rows.{place}",
                           type="tertiary", help="Show the last calls with this outcome."):  # fmt: skip
                _rows_dialog(entry, panel, source, str(row.code), str(row.written))
    if len(every) > FEW:
        st.toggle(f"Show all {len(every)} outcomes", key=_ALL)


def _open_mark(numbers: Mapping[str, int], code: str) -> str:
    return "" if code in numbers else f" :orange-badge[{words.OPEN}]"


def _show_choice(entry: DataSetEntry, file: PhaseFile, code: str, written: str, number: int | None, place: int) -> None:
    key = f"{_KEY}.{place}"
    names = (words.NO_PHASE, *file.phases)
    st.session_state[key] = number

    def choose() -> None:
        change_phases(entry, lambda now: phase_edits.with_outcome(now, code, written, st.session_state[key]))

    st.segmented_control(
        f"Phase of {_spoken(written)}", range(len(names)), key=key, format_func=lambda i: plain(names[i]), wrap=True,
        label_visibility="collapsed", on_change=choose,
    )  # fmt: skip


def _spoken(written: str) -> str:
    """An outcome as a screen reader says it, without signs that markdown would act on."""
    return " ".join(re.sub(r"\W+", " ", written).split()) or words.BLANK


@st.dialog("Calls with this outcome", width="large", icon=":material/table_rows:")
def _rows_dialog(entry: DataSetEntry, panel: Panel, source: Source, code: str, written: str) -> None:
    names = state.display_names(panel)
    rows = cached_outcome_rows(entry, panel, source, code)
    st.markdown(plain(f"{written or words.BLANK}: the last {len(rows)} calls."))
    shown = rows[rows["rep"].isin(list(names))]
    st.dataframe(shown.assign(rep=shown["rep"].map(names)), hide_index=True, height=400, column_config={
        "row": st.column_config.NumberColumn("Row in the file", format="%d"), "rep": "Rep",
        "at": st.column_config.DatetimeColumn("When", format="YYYY-MM-DD HH:mm:ss"),
    })  # fmt: skip
