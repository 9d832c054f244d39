"""The starter: makes a machine with nothing but Python ready, and runs the whole application on servers out of wheels.

Standard library only, and relative imports only, because manage.py loads it before any package is installed. The two
exceptions, `mailbox` and `prepare`, are run as programs of their own inside the prepared environment.
"""
