"""Ways of deciding a claim, one file each."""
