"""The same jobs without a terminal: a file for each command, with `run(options) -> exit status`.

Begin with `options`, which has all the words, read by `safe_parser`; `output` prints, `gate` keeps keys out of
whatever is printed, `questions` asks where the wizard has a dialog, `inputs` loads what most commands begin with.
"""
