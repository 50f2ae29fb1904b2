"""What training leaves in the packages, and what it is trained on."""
