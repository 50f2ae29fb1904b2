"""Figures: accuracy, checking, finding, speed, documents, pictures of the page."""
