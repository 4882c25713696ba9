"""One run of the wizard: the way over the steps, and a part for each job that takes more than one screen."""
