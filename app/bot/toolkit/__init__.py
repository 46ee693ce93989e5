"""What every screen and handler is made of: what came in, what goes out, HTML, buttons. Knows no sentence."""
