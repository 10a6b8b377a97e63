"""Archives that networks give their users, read as histories: one module for each network.

What an archive does not give is unknown. Nothing in it is run, unpacked or fetched.
"""
