"""KPIs: which KPIs are candidates, and is each absolutely necessary?"""

from workbench.ui.parts import need_panel, title

title("Which KPIs are candidates, and is each absolutely necessary?")
panel, design = need_panel()
