"""Customers and staff: who they are, what they are told, what they write."""
