"""Words to vectors, on this machine, with a model whose checksum is known."""
