"""What is wrong with the shop as a whole, judged by rules and told once an incident.

`rules` is the table of what is watched, the files of `measures` say how it is counted; `incidents` moves the
row of a rule and promises its messages, `digest` is the word of every morning. Sends nothing itself.
"""
