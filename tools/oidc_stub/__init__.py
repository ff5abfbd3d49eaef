"""A stand-in for the state's sign-in service, for the demo and the tests: loopback only, invented people only."""
