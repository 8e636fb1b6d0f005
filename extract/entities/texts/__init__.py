"""What texts may say: slots, claims, names, and what is mended instead of refused."""
