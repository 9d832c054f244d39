"""A list of members on its way from a file into the register: read, understood, checked. Recording is for services.

`reading` turns bytes into cells, `columns` knows what a column may be called, `values` what a cell may say, `rows` puts
them together, and `checking` holds them against the register.
"""
