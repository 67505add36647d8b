"""Rules of citizens' panels: plain Python, no clock of its own and no database."""
