"""Reusable parts of screens: rows, lists, bars, the frame above a step and the keys below it.

Begin with `tone`, by which all text is put together, and `field_row`, one setting in one row.
"""
