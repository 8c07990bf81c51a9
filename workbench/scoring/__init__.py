"""Panel × design → points → scorecard → backtest."""
