"""What is sent back, as HTTP has it: JSON, streams of events, files, and how answers are described."""
