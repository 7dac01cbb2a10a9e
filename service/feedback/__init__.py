"""What people say of the answers they got, kept in a SQLite file with those answers."""
