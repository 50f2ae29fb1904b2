"""What an evaluation is made of: figures, differences between runs, curves, files, pieces of the report."""
