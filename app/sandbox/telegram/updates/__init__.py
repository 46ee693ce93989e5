"""Updates on their way to the bot: waiting, pushed to its webhook, or fetched by long polling."""
