"""Code generation: one printer a language, one arithmetic a back end."""
