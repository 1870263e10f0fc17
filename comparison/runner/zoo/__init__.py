"""Small language models of known relation, on which every method is held to what it claims."""
