"""What we know: records as data, and the small package that types, loads and checks them.

Doors: `library.load_library` (all records), `check.check_corpus` (every refusal), `render`
(a finding as a clinical line). This package imports neither `ingest` nor `app`.
"""
