"""What a save does, in order, and back again: keys to their store, settings to their file.

Begin with `transaction`, the save of a draft, or `assignments`, what `set` asks for; `key_stores` asks each place for
keys in the same way, `file_update` changes a file that others change at the same time.
"""
