"""The commands behind the Makefile: install what is missing, run the private services, supervise, test.

Standard library only: this package runs on a bare Python 3.11 before anything is installed.
"""
