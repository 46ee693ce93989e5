"""The whole shop on one machine: embedded servers, and a supervisor for the processes of the Procfile."""
