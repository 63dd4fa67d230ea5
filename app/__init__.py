"""From a question to an answer. Read `engine` first: it is the one way through.

Steps, one module each: triage, understand, retrieve, decide, compose, verify, contrast, show.
"""
