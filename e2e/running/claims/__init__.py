"""What is claimed of each cluster: one file a cluster."""
