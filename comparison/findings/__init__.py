"""What a comparison found, as its page shows it: from the stored result and its details alone."""
