"""What is wanted: seeds, exact shares and draws, and the plan made of them."""
