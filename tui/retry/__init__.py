"""The retry policy: which waits it produces, ready-made ones, and what is retried at all."""
