"""Tools for developers: set-up, figures, demonstration, pictures."""
