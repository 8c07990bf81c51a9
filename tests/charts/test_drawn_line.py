"""The drawn line beside the true one."""

from __future__ import annotations

from workbench.charts.drawn_line import drawn_line_alt, drawn_line_chart
from workbench.charts.palette import INK

BOTH = ("your line", "what happened")


def test_both_lines_are_drawn_and_told() -> None:
    chart = drawn_line_chart(["few", "many"], [1000, 2000], [3000, 500], "Sales", BOTH, INK["light"])
    assert chart.to_dict()["layer"][0]["mark"]["type"] == "line"
    drawn = chart.data
    assert drawn.loc[drawn["line"] == "your line", "amount"].tolist() == [1000, 2000]
    assert drawn.loc[drawn["line"] == "what happened", "amount"].tolist() == [3000, 500]
    said = drawn_line_alt(["few", "many"], [1000, 2000], [3000, 500], "Sales", BOTH)
    assert said == "Sales. few: your line 1,000 and what happened 3,000; many: your line 2,000 and what happened 500."
