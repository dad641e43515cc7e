"""The ten steps as one table, and the pure rules that say what a job's units make ready."""
