"""What stands in for the engine, a language model and official servers in tests."""
