"""The guide on a machine without a screen."""
