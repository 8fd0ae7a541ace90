"""What several tests share: the tidy checks and the sample bank."""
