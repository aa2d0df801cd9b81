"""Pure functions on text: slugs, ids, HTML, names of topics, wall times, languages.

Nothing here knows a model, a request or a setting beyond the time zone it is
handed. Start with `html.py` (what may stand in a body) and `walltime.py` (what
a time typed by an editor means).
"""
