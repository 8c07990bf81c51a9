"""Coaching: whom to coach, on which phase, in which order?"""

from workbench.ui.coaching.page import show_coaching

show_coaching()
