"""How long a test waits for what must come: long enough for a machine that is ten times slower than a developer's.

No test says that something is quick: the benchmark does. A test that waits this long in vain has found a hang.
"""

LIMIT = 120.0
"""Seconds."""
