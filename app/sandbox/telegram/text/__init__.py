"""Texts as Telegram reads them: HTML, Markdown, entities."""
