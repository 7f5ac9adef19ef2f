"""The operating system, nothing visible: clock, driver, sound, single instance."""
