"""Paper and files of a workshop: maps with a grid, cards, forms, the way back from paper, and the protocol."""
