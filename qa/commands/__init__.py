"""The commands of ``faju``, one function each: from parsed options to what is printed."""
