"""The preflight beside the story's form, and the levels of its rules by section.

`screens.py` is where to start.
"""
