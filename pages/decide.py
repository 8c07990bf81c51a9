"""Decide: choose a design with its figures beside the others', record why and who disagreed, and review it later."""

from workbench.ui.decide import choose, pivots, records
from workbench.ui.session import decision_log
from workbench.ui.widgets.parts import page_title, require_design
from workbench.words.decisions import QUESTION

page_title(QUESTION)
panel, design = require_design()
log = decision_log.shown_log(panel)
pivots.show_handed_pivot(panel, design, log)
records.show_standing(panel, log)
pivots.show_due_pivots(panel, log)
choose.show_choice(panel, design, log)
records.show_course(panel, log)
records.show_log(panel, log)
pivots.show_pivots(panel, design, log)
