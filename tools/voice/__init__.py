"""Renders what the voice says into clips: `python -m tools.voice`, see README.md beside this file."""
