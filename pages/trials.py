"""Trials: did the change help, and is it time to pivot?"""

from workbench.ui.trials.page import show_trials

show_trials()
