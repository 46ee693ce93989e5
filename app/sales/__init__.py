"""An order from the tap to its end: placed, paid, delivered, or its money given back."""
