"""What OpenHands is: its settings, its releases, its files, and how it reads them.

Begin with `fields`, the one table of settings; `groups` are the tables of a file, `effective` what OpenHands ends up
with, `routes` whose model a name stands for, `loader` what becomes of the tables beside `[llm]`. What is said of
OpenHands here was seen in a release, which is named beside it.
"""
