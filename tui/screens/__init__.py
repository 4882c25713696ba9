"""One file a step of the wizard, and its dialogs.

Begin with `step`, what all steps have in common; `factory` makes the screen of a step. A screen shows a draft and the
desk, and posts messages: it changes no file and starts no process. Words that need thought stand in `*_words`.
"""
