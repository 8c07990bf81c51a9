"""Present: a page, or a step of a sample's story, as one sentence and one picture on a wall."""

from workbench.ui.present.wall import show_wall

show_wall()
