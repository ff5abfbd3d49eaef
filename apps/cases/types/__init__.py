"""Case types as data: what a service asks for, its states, its steps and its terms, read from the city package."""
