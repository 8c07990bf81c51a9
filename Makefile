# The same tasks without make: python workbench/bootstrap.py TASK
PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3 python,\
	$(if $(shell $(name) -c "import sys; print(sys.version_info >= (3, 11) or '')" 2>/dev/null),$(name))) python3)

.PHONY: help setup run serve test test-long mutants fuzz lint bench lock
help:
	@$(PYTHON) workbench/bootstrap.py

setup run serve test test-long mutants fuzz lint bench lock:
	@$(PYTHON) workbench/bootstrap.py $@ $(ARGS)
