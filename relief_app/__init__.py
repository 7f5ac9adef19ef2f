"""Relief: guided relief of a calf cramp."""

__version__ = "0.1.0"
APPLICATION_ID = "io.github.relief_app.Relief"
