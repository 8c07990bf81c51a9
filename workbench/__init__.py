"""KPI Design Workbench: from the top goal backwards to the few KPIs that serve it."""

__version__ = "0.1.0"
