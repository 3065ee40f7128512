"""What an installer makes of the machines: one module for each, and the same questions answered by both."""
