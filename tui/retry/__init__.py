"""The retry policy: which waits it produces, ready-made ones, and what is retried at all.

`policy.RetryPolicy` is the four settings, and makes the tenacity objects; `schedule` is what a person sees of it.
"""
