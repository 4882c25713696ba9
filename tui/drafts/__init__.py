"""What the user is about to save, and its life on the disk after a lost connection.

Begin with `draft`: one group as typed; `draft_set` holds one for each group of the same file.
"""
