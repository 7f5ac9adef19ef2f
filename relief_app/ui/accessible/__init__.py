"""What a screen reader is told of our own widgets: role, name, description, shortcut, action.

Imported when a screen reader first asks: nobody else pays for it.
"""
