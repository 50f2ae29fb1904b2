"""What is measured, what it is measured on, and what is trained: nothing of it is installed."""
