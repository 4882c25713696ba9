"""What OpenHands reads from `[llm]`, the user's draft of it, and where each value comes from."""
