"""The story's screens: list, form, acts, and what happens while two people write.

`admin.py` is where to start; `features.py` says how the other parts add to the form.
"""
