"""An account of a set-up that can be shown to anybody: no key, no name, no address or path of one's own.

Begin with `account`. What is told is chosen, field by field, from what is known to be public; sentences of the doctor
pass `anonymity`, which takes out whatever the user's own files and environment say.
"""
