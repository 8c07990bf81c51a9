"""Files that open without the app: the scorecard for reps and its backtest for the leadership."""
