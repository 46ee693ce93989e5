"""Is all that the shop leans on there: asked by `/health`, the alerts, doctor and `/version`."""
