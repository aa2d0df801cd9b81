"""Preview links: the desk's page about them, and the page people outside see.

`screens.py` is the desk's side, `outside.py` the other.
"""
