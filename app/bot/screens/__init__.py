"""Buyers' screens and what their buttons do, one file a topic.

A screen is `name(person, *args) -> Screen`: it reads. An action is `verb(turn, *numbers) -> Reply`: it calls
one service. Both are listed in app/bot/routes.py.
"""
