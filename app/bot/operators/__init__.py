"""What admins mend: failed jobs, contradicting and stray payments, alerts; and take home: exports."""
