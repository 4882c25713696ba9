"""How settings and key reach OpenHands: the environment, a program started with it, a line to copy.

Begin with `environment`. It says as well what does not reach OpenHands so; `start` which line starts it, `farewell`
what stays on the terminal when the wizard is left.
"""
