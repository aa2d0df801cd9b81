"""Notes on stories and on passages: the panel, its pages, what the scripts ask.

`screens.py` is where to start.
"""
