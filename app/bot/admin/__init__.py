"""Staff's commands, one file a topic, of the same shape as screens/. Listed in app/bot/routes.py.

A wrong format raises WrongFormat("command.problem"), both named in texts/formats.py.
"""
