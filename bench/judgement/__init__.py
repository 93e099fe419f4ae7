"""How often each way of judging cries wolf on healthy measures, and how much it sees of those that changed."""
