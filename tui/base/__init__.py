"""Small things that every room uses: secrets, errors with a hint, redaction, child processes, files, translation.

Nothing here knows what OpenHands, a provider or a setting is. Begin with `errors` (`SetupError`, what everybody
raises), `secret` (`Secret`, what a key travels in) and `child` (a process of its own for a library that may hang).
"""
