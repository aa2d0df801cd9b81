"""The site: pages for readers, each made of Editions live at one moment.

A view finds, asks and shows. `at.py` says which moment a request is about,
`shell.py` what stands around every page, `paging.py` how lists are cut. Nothing
here, nor in `feeds`, may know a Story.
"""
