"""What makes any terminal over any line bearable: what comes from it, what goes to it, and how it is left.

Others use `keyboard.attended`, a driver that reads keys so that no byte ends the program; `gate.close`, which lets no
foreign control character through; `last_words.restore`, for a program that ends while its terminal takes nothing; and
`hesitation.Hesitation`, for an Esc that may be half an arrow key. Begin reading with `sieve`.
"""
