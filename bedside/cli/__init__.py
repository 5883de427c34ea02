"""The command line: every command that needs no window, with PySide6 absent."""
