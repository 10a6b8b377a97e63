"""A publishing desk on cmcore: pages by FastAPI, a store by SQLAlchemy, no rule of its own."""
