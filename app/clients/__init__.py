"""The wire to other systems: no database here, and errors of one small tree."""
