"""The ops page: what an operator sees and repairs in a browser. Its screens read, its acts call the services
that chat and command line call too. Knows no server: `router.answer` turns an Ask into an Answer."""
