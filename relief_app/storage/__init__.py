"""Everything on disk. No Qt; errors carry codes and values, never sentences made for a screen."""
