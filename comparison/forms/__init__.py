"""What people type about models and comparisons."""
