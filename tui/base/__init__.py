"""Small things that every room uses: secrets, errors with a hint, redaction, child processes, files, translation.

Nothing here knows what OpenHands or a setting is; of providers only what their keys look like. Begin with `errors`
(`SetupError`, what everybody raises), `secret` (`Secret`, what a key travels in) and `child` (a process of its own for
a library that may hang).
"""
