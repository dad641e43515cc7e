"""How like a frame is to its references, measured in its pixels: the face, the people, the product and its label."""
