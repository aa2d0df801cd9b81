"""Checks by others, assignment, rights to moves, mails, and follow-up work that failed.

`screens.py` is what stands beside the story's form.
"""
