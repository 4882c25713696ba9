"""The live test: one prompt sent as OpenHands would send it, every attempt visible.

Begin with `runner` (the attempts, retried by tenacity, in this process) and `probe` (one request an order, in a child
that imports litellm); `plan` makes the order from a draft, `wire` and `own_origins` say where it may go, `failure`
and `recognition` what came back, `diagnosis` and `reasons` what is said of it. `rehearsal` is a provider of our own.
"""
