"""Fronts at the desk: which there are, the board on which stories are placed, preview, launch, history.

`screens.py` has the addresses, `board.py` what the board shows, `deeds.py` what can be done on it,
`remarks.py` what the desk is warned of. Start with `screens.py`.
"""
