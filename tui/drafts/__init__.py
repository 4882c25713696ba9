"""What the user is about to save, and its life on the disk after a lost connection.

Begin with `draft`: one group as typed; `draft_set` holds one for each group of the same file, `removals` tells which
keys leave the file with a save, `repairs` puts right what OpenHands would not read, `unfinished` is what is kept on
the disk until then.
"""
