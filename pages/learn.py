"""Learn: would you have seen it coming? Predict, then see."""

from workbench.ui.learn.page import show_learn

show_learn()
