"""Commands: each reads its arguments, calls a room below and prints what happened."""
