"""What relief is: anatomy, doses, the session. Standard library only, no clock, no disk, no screen."""
