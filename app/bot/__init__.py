"""The conversation: updates come in, one service is called, a screen goes out. Nothing here sends."""
