"""The Bot API's methods, one file a topic. Each takes a call's parameters, acts on the state, may refuse."""
