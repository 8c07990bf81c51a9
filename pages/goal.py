"""Goal: what must happen for the goal to happen?"""

from workbench.ui.parts import need_panel, title

title("What must happen for the goal to happen?")
panel, design = need_panel()
