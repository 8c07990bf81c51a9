"""Weights: Preview with the ways to find weights open, at the address of before."""

from workbench.ui.preview.page import show_preview
from workbench.ui.preview.weights_place import FIND

show_preview(opens_with=FIND)
