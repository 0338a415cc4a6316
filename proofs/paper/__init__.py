"""The paper's equations as printed, one file a section. Nothing is repaired here."""
