"""Preview: how would these KPIs and weights have scored our reps against what they sold?"""

from workbench.ui.preview.page import show_preview

show_preview()
