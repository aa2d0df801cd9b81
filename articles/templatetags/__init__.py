"""Template filters for dates, pictures and JSON-LD."""
