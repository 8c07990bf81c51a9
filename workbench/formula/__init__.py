"""The formula language: lexer, parser, checked tree, evaluation in memory or in the engine."""
