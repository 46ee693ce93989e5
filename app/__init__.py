"""What the shop decides: services that own the database, clients that own the wire, screens that read."""
