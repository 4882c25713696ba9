"""What is wrong with settings, as OpenHands would see them: in a file, in the environment, in a draft.

Begin with `check`, which asks all the others; `finding` is what each of them returns; `problems` are those of a
draft, field by field.
"""
