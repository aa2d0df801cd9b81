"""What topic librarians do: merge, rename, pin, report; and the suggestions beside the story's form.

`admin.py` is the topic's own form, `screens.py` what stands beside the story's.
"""
