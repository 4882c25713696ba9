"""What a save does, in order, and back again: keys to their store, settings to their file.

Begin with `transaction`.
"""
