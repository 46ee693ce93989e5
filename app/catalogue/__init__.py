"""What can be bought: products, prices, their stock, and who waits for it."""
