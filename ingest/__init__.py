"""How records become findable: passages, embeddings, BM25, and the index that serves.

Doors: `index.build_index` and `index.open_index`. This package imports `corpus`, never `app`.
"""
