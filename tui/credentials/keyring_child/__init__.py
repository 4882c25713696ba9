"""The keyring in a process of its own: the only place that imports keyring or speaks D-Bus.

A locked keyring waits for a dialog that nobody sees, a wedged one waits for ever, and a thread that waits cannot be
ended; a process can. `tui.credentials.keyring_client` starts it, sets the limits and kills it.
"""
