"""How good the answers are, measured on question sets in `tests/evaluation/suites/`."""
