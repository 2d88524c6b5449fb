"""What a network looks like from outside: landscapes, regions, fits; and records drawn as figures."""
