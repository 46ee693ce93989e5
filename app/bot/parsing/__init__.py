"""What people type and send, read: fields of commands, answers, pasted goods and files of them."""
