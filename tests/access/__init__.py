"""Who sees what and who does what, over every address; and what an attacker tries."""
