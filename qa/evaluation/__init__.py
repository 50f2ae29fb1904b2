"""What an evaluation is made of: figures, differences, curves, files, pieces of HTML."""
