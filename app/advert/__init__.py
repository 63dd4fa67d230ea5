"""Takes an advert apart: what it claims, what the evidence says of it, and what it leaves out."""
