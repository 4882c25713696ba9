"""Reading and rewriting a file that is not ours alone, without disturbing a byte that is not ours.

Others use `document.read_config` (the text and what it says), `rewrite.rewrite` (the text with other values),
`save.save` (put it there: whole, private where needed, never over somebody else's), `diff`, `mask`, `backups` and
`undo`. Begin with `document`; `content` is what is on the disk, `splices` one change of a text, `file_exchange` how a
new file takes the place of the old one. Nothing else in the program knows tomlkit.
"""
