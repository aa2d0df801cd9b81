"""The project: settings, addresses, the web server's entry points.

Nothing of the newsroom's own trade lives here; that is `articles`. Start with
`settings.py` for what can be configured and `urls.py` for what answers where.
"""
