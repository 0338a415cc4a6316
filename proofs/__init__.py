"""Claims about the battery, the evidence for them, and verdicts. Uses symqb; symqb never imports it."""
