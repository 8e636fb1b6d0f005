"""What has been pulled: the files under data/raw."""
