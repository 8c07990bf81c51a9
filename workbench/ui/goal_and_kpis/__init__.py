"""The parts of Goal and KPIs: editors of goal, KPI and target, the driver tree, necessity."""
