"""All that makes any terminal over any line bearable: what comes from it, what goes to it, and how it is left.

Begin with `appearance`, from which both apps are made: it puts the others in. `keyboard`, `sieve` and `sequences`
read; `shown_cells` with its `picture` and `pen`, `scrolling` and `style_changes` write less; `gate` lets nothing else
through; `signals`, `suspension` and `safe_crash` end well. A patch of something private in Textual says here what it
buys, and a test names it.
"""
