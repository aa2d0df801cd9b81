"""Writing a live blog: the panel beside the story's form, and the page where entries are posted one after another.

The verbs are `press/live.py`'s; `screens.py` are the pages, `form.py` what is typed there.
"""
